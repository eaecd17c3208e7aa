from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ReviewersConfig(AppConfig):
    name = "reviewers"

    def ready(self) -> None:
        """Load each app's ``person_page.py``, where it registers its part of a person's page."""
        autodiscover_modules("person_page")
