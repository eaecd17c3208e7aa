"""Training sessions that Lived Experience Reviewers help to lead: taking part, as a visit is."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from training.models import Session


def sessions_led(user: User, *, today: date) -> QuerySet[Session]:
    """Sessions to come that the person who is signed in helps to lead, soonest first."""
    return Session.objects.filter(
        co_facilitators__user=user, is_cancelled=False, held_on__gte=today
    ).order_by("held_on", "pk")


def count_own_led(user: User, *, today: date) -> int:
    """How many sessions before today the person who is signed in helped to lead."""
    return Session.objects.filter(
        co_facilitators__user=user, is_cancelled=False, held_on__lt=today
    ).count()
