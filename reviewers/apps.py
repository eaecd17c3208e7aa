from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ReviewersConfig(AppConfig):
    name = "reviewers"

    def ready(self) -> None:
        """Load what each app adds to a person's page: its sections, facts and story."""
        autodiscover_modules("person_page", "person_sections", "stage_facts", "timeline")
