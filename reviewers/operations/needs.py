"""What a person needs so that they can take part, and who else may know it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from reviewers import policies
from reviewers.how import How
from reviewers.models import AccessNeed, Reviewer
from reviewers.operations.recording import locked, record_on

OTHER = AccessNeed.Kind.OTHER.value


@transaction.atomic
def set_access_needs(
    *,
    reviewer: Reviewer,
    kinds: Collection[str],
    words: str,
    by: User,
    now: datetime,
    how: How | None = None,
) -> None:
    """Exactly these are their needs, with what they say of them in their own words.

    The words are the need "something else". Nothing new is shared; words that changed are shared
    no longer, because it was not these that the person agreed to. Raises RuleBroken.
    """
    words = words.strip()
    policies.check_need_is_said(kinds, words)
    held = locked(reviewer)
    wanted = {*kinds, OTHER} if words else {*kinds}
    there = set(held.needs.values_list("kind", flat=True))
    changed = []
    if held.access_needs != words:
        held.access_needs = words
        held.save(update_fields=["access_needs"])
        held.needs.filter(kind=OTHER).update(is_shared=False)
        changed.append("access_needs")
    if wanted != there:
        held.needs.exclude(kind__in=wanted).delete()
        _add(held, wanted - there)
        if wanted - {OTHER} != there - {OTHER}:
            changed.append("needs")
    if changed:
        record_on(held, "changed access needs", by=by, now=now, fields=changed, how=how)


@transaction.atomic
def share_needs(
    *,
    reviewer: Reviewer,
    kinds: Collection[str],
    by: User,
    now: datetime,
    how: How | None = None,
) -> None:
    """Exactly these needs may be told to visit leads and trainers. Others than theirs are none."""
    held = locked(reviewer)
    if held.access_needs and OTHER in kinds:  # words that came with an import
        held.needs.get_or_create(kind=OTHER)
    before = set(held.needs.filter(is_shared=True).values_list("kind", flat=True))
    held.needs.filter(kind__in=kinds).update(is_shared=True)
    held.needs.exclude(kind__in=kinds).update(is_shared=False)
    if set(held.needs.filter(is_shared=True).values_list("kind", flat=True)) != before:
        record_on(held, "changed who may know", by=by, now=now, fields=["needs"], how=how)


def _add(reviewer: Reviewer, kinds: Collection[str]) -> None:
    """In the order in which they are asked."""
    AccessNeed.objects.bulk_create(
        AccessNeed(reviewer=reviewer, kind=kind) for kind in AccessNeed.Kind if kind in kinds
    )
