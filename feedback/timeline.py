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
        .select_related("review__service")
        .only("received_on", "review__service__name")
    )
    return [
        Entry(
            start_of(each.received_on),
            each.review_id,  # of one person there is one answer to a visit
            "Gave feedback on the visit to",
            link=str(each.review.service),
            href=reverse("reviews:detail", args=[each.review_id]),
        )
        for each in answers.order_by("-received_on", "-review_id")[:limit]
    ]


register(Source("feedback", Permission.SEE_FEEDBACK, _given))
