from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Load each app's ``reminders.py``, where it registers its kinds of messages."""
        autodiscover_modules("reminders")
