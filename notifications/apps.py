from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Load what each app registers: its kinds of messages, and what people need."""
        autodiscover_modules("reminders", "at_contact")
