"""Feedback in a person's story: that they gave it. What they said stands with the feedback."""

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission
from feedback.models import Answer
from reviewers.models import Reviewer
from reviewers.story import Before, Entry, Source, register, start_of


def _given(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    answers = (
        Answer.objects.filter(before.days("received_on", by="review"), author=reviewer)
        .order_by("-received_on", "-review_id")
        .values_list("received_on", "review_id", "review__service__name")
    )
    return [
        Entry(
            start_of(received_on),
            review,  # of one person there is one answer to a visit
            "Gave feedback on the visit to",
            link=service,
            href=reverse("reviews:detail", args=[review]),
        )
        for received_on, review, service in answers[:limit]
    ]


register(Source("feedback", Permission.SEE_FEEDBACK, _given))
