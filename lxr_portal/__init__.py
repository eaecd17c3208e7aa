"""The roof: settings, URLs, Celery. It may import every floor; no floor imports it."""

from lxr_portal.celery import app as celery_app

__all__ = ["celery_app"]
