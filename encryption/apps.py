from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EncryptionConfig(AppConfig):
    name = "encryption"

    def ready(self) -> None:
        """Load what apps encrypt otherwise than by a field."""
        autodiscover_modules("rotation")
