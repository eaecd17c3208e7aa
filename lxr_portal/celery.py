"""The Celery application and its beat schedule.

The broker carries wake-ups only: every task looks in the database for what is due, so an empty
broker after a restart loses nothing.
"""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lxr_portal.settings.local")

app = Celery("lxr_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "messages": {
        "task": "notifications.tasks.tick",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "feedback": {
        "task": "feedback.tasks.ask",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "feedback-links": {
        "task": "feedback.tasks.forget_nonces",
        "schedule": crontab(hour=3, minute=25),
    },
    "invitations": {
        "task": "reviews.tasks.expire_invitations",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "jobs": {
        "task": "jobs.tasks.tick",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "pauses": {
        "task": "reviewers.tasks.end_pauses",
        "schedule": 3600.0,
        "options": {"expires": 3500},
    },
    "training-invitations": {
        "task": "training.tasks.release_unanswered",
        "schedule": 3600.0,
        "options": {"expires": 3500},
    },
    "training-forms": {
        "task": "training.tasks.close_old_forms",
        "schedule": 3600.0,
        "options": {"expires": 3500},
    },
    "figures": {
        "task": "insights.tasks.refresh",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "figures-nightly": {
        "task": "insights.tasks.nightly",
        "schedule": crontab(hour=2, minute=30),
    },
    "retention": {
        "task": "programme.tasks.carry_out_retention",
        "schedule": crontab(hour=3, minute=10),
    },
    "settled-places": {
        "task": "programme.tasks.forget_settled_places",
        "schedule": crontab(hour=3, minute=40),
    },
    "uploads": {
        "task": "programme.tasks.forget_uploads",
        "schedule": crontab(minute=17),
    },
    "copies": {
        "task": "programme.tasks.forget_copies",
        "schedule": crontab(minute=27),
    },
}
app.conf.beat_schedule = BEAT_SCHEDULE
