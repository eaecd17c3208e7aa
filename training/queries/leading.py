"""Training sessions that Lived Experience Reviewers help to lead: taking part, as a visit is."""

from django.db.models import QuerySet

from accounts.models import User
from training.models import Session


def sessions_led(user: User) -> QuerySet[Session]:
    """Sessions that the person who is signed in helps or helped to lead, earliest first."""
    return Session.objects.filter(co_facilitators__user=user, is_cancelled=False).order_by(
        "held_on", "pk"
    )
