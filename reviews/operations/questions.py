"""What LXRs ask about a visit, and a coordinator's note that it was answered."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from reviews import visit_policies
from reviews.models import Question, TeamMember


@transaction.atomic
def ask_question(*, member: TeamMember, words: str, by: User, now: datetime) -> Question:
    """Put the question on the coordinators' list. The same words twice are one question.

    Raises RuleBroken for a visit that is called off or was recorded.
    """
    visit_policies.check_can_ask(member)
    words = words.strip()
    there = member.questions.filter(words=words, closed_at__isnull=True).first()
    if there is not None:
        return there
    question = Question.objects.create(member=member, words=words, asked_at=now)
    record(
        "asked a question", on=question, by=by, now=now, about=member.reviewer_id, fields=["words"]
    )
    return question


@transaction.atomic
def close_question(*, question: Question, by: User, now: datetime) -> Question:
    """The question has been answered, by phone or email. Closing it again changes nothing."""
    held = (
        Question.objects.select_for_update(of=("self",))
        .select_related("member")
        .get(pk=question.pk)
    )
    if held.closed_at is None:
        held.closed_at, held.closed_by = now, by
        held.save(update_fields=["closed_at", "closed_by"])
        record(
            "answered a question", on=held, by=by, now=now, about=held.member.reviewer_id,
            fields=["closed_at", "closed_by"],
        )  # fmt: skip
    return held
