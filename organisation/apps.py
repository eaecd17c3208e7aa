from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self) -> None:
        """Load what each app does when a service moves, and adds to its page."""
        autodiscover_modules("moving", "service_page")
