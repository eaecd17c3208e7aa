"""Home's lines about feedback."""

from datetime import datetime

from django.urls import reverse

from accounts.models import User
from feedback.queries import visits_without_feedback
from nhsuk.words import nhs_date
from programme.home.work import MOST, Line, Work, work
from reviews.queries import in_brief


def without_feedback(user: User, now: datetime) -> Work:
    """Visits of which the service has not said what they were worth."""
    return work(
        "Visits without feedback from the service",
        in_brief(visits_without_feedback(now=now))[:MOST],
        lambda review: Line(
            review.service.name,
            reverse("feedback:waiting"),
            f"visited {nhs_date(review.visit_on)}",
        ),
        all_href=reverse("feedback:waiting"),
        done="No feedback from a service is missing.",
    )
