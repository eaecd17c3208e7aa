"""Home's lines about feedback."""

from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission
from feedback.concern_queries import open_concerns
from feedback.queries import visits_without_feedback
from feedback.reading_queries import to_read
from nhsuk.words import nhs_date
from programme.home.work import MOST, Line, Work, work
from reviews.queries import in_brief


def concerns(user: User, now: datetime) -> Work:
    """People whose feedback says that somebody should get in touch."""
    return work(
        "People to get in touch with after their feedback",
        open_concerns().only(
            "raised_at",
            "answer__author__first_name",
            "answer__author__last_name",
            "answer__review__service__name",
        )[:MOST],
        lambda concern: Line(
            f"{concern.answer.author}",
            reverse("feedback:concern", args=[concern.pk]),
            f"{concern.answer.review.service}, since {nhs_date(concern.raised_at)}",
        ),
        all_href=reverse("feedback:concerns"),
        done="Nobody is waiting to hear from us after their feedback.",
    )


def comments_to_read(user: User, now: datetime) -> Work:
    """Comments that nobody has read yet, for whoever reads them."""
    may = user.may(Permission.MODERATE_FEEDBACK)
    rows = to_read().select_related(None).select_related("answer__review__service")
    rows = rows.only("answer__audience", "answer__received_on", "answer__review__service__name")
    return work(
        "Comments to read",
        rows[:MOST] if may else [],
        lambda remark: Line(
            f"{remark.answer.review.service}",
            reverse("feedback:comment", args=[remark.pk]),
            f"{remark.answer.get_audience_display()}, {nhs_date(remark.answer.received_on)}",
        ),
        all_href=reverse("feedback:comments"),
        done="Every comment has been read." if may else "",
    )


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
