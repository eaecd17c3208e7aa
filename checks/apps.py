from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ChecksConfig(AppConfig):
    name = "checks"

    def ready(self) -> None:
        """Load each app's ``checks_work.py``, where it registers a link on the work list."""
        autodiscover_modules("checks_work")
