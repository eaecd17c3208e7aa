from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        """Load what each app adds to the page of a review."""
        autodiscover_modules("review_page")
