from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self) -> None:
        autodiscover_modules("elsewhere")
