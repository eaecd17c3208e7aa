from django.apps import AppConfig
from django.urls import register_converter


class NHSUKConfig(AppConfig):
    name = "nhsuk"

    def ready(self) -> None:
        """Make ``<id:pk>`` known to every urls.py."""
        from nhsuk.converters import IdConverter  # noqa: PLC0415 - the registry must be ready

        register_converter(IdConverter, "id")
