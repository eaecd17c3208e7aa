"""Which services a person knows, as user or carer: kept as long as they agree."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from organisation.models import Directorate
from reviewers import policies
from reviewers.how import How
from reviewers.models import Experience, Reviewer
from reviewers.operations.recording import locked, record_on

_BOTH = Reviewer.Experience.BOTH.value


@transaction.atomic
def add_experience(
    *,
    reviewer: Reviewer,
    directorate: Directorate,
    kind: str,
    by: User,
    now: datetime,
    how: How | None = None,
) -> Experience:
    """They know this directorate's services, and agreed that we keep it.

    Saying it again changes it. Raises RuleBroken unless the person themselves agreed.
    """
    held = locked(reviewer)
    agreed = _agreed(held, by, how)
    experience, is_new = Experience.objects.get_or_create(
        reviewer=held,
        directorate=directorate,
        defaults={"kind": kind, "consented_at": now, "consent_how": agreed},
    )
    if is_new or experience.kind != kind or experience.consented_at is None:
        experience.kind, experience.consented_at, experience.consent_how = kind, now, agreed
        experience.save()
        _sum_up(held)
        record_on(held, "added experience", by=by, now=now, fields=["experience"], how=how)
    return experience


@transaction.atomic
def keep_experience(
    *,
    reviewer: Reviewer,
    experience_id: int,
    by: User,
    now: datetime,
    how: How | None = None,
) -> None:
    """They agree that we keep what we were told before. What is gone stays gone.

    Raises RuleBroken unless the person themselves agreed.
    """
    held = locked(reviewer)
    agreed = _agreed(held, by, how)
    asked = held.experiences.filter(pk=experience_id, consented_at__isnull=True)
    if asked.update(consented_at=now, consent_how=agreed):
        record_on(held, "agreed to experience", by=by, now=now, fields=["experience"], how=how)


@transaction.atomic
def withdraw_experience(
    *,
    reviewer: Reviewer,
    by: User,
    now: datetime,
    experience_id: int | None = None,
    how: How | None = None,
) -> None:
    """They no longer want us to keep one of them, or (without an id) any: it is deleted."""
    held = locked(reviewer)
    rows = held.experiences.all()
    gone, _ = (rows if experience_id is None else rows.filter(pk=experience_id)).delete()
    if _sum_up(held) or gone:
        record_on(held, "withdrew experience", by=by, now=now, fields=["experience"], how=how)


def _agreed(reviewer: Reviewer, by: User, how: How | None) -> How:
    """How the person agreed. Raises RuleBroken where nobody says that they did."""
    policies.check_person_agreed(reviewer, by_pk=by.pk, how=how)
    return how or How.ONLINE


def _sum_up(reviewer: Reviewer) -> bool:
    """Make what they are overall (user, carer, both) say what the rows say; whether it changed.

    A row of which we were not told as what leaves what was told overall as it is.
    """
    kinds = set(reviewer.experiences.values_list("kind", flat=True))
    if "" in kinds:
        kinds = (kinds | {reviewer.experience}) - {""}
    overall = _BOTH if len(kinds) > 1 else next(iter(kinds), "")
    if overall == reviewer.experience:
        return False
    reviewer.experience = overall
    reviewer.save(update_fields=["experience"])
    return True
