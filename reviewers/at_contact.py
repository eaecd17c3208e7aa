"""What people need, as every page says it on which somebody has contact with them."""

from collections.abc import Collection

from accounts.models import User
from accounts.permissions import Permission
from notifications.at_contact import Needs, register
from notifications.models import Message
from reviewers.models import AccessNeed, Reviewer

OTHER = AccessNeed.Kind.OTHER
# Who leads visits or trains people is told what these agreed to share, and no more.
TOLD = (Permission.RECORD_OWN_VISITS, Permission.RUN_TRAINING)


def needs_of(ids: Collection[int], user: User) -> dict[int, Needs]:
    """By person, of those who need something that this user may know. One query, or none.

    The ids are of people whom this user may see: this says only how much of their needs.
    """
    sees_all = user.may(Permission.SEE_LIVED_EXPERIENCE)
    if not sees_all and not any(user.may(each) for each in TOLD):
        return {}
    return _found(ids, shared_only=not sees_all)


def shared_needs_of(ids: Collection[int]) -> dict[int, Needs]:
    """What these people agreed to share, for a list on paper that goes from hand to hand."""
    return _found(ids, shared_only=True)


def _found(ids: Collection[int], *, shared_only: bool) -> dict[int, Needs]:
    people = Reviewer.objects.filter(pk__in=ids)
    if shared_only:
        people = people.filter(needs__is_shared=True)
    kinds: dict[int, list[str | None]] = {}
    words: dict[int, str] = {}
    rows = people.order_by("pk", "needs__id").values_list("pk", "needs__kind", "access_needs")
    for pk, kind, text in rows:
        kinds.setdefault(pk, []).append(kind)
        if kind == OTHER or not shared_only:
            words[pk] = text
    needs = {pk: _needs(theirs, words.get(pk, "")) for pk, theirs in kinds.items()}
    return {pk: each for pk, each in needs.items() if each.words}


def needs_of_one(pk: int | None, user: User) -> Needs | None:
    """What this person needs, if anything that this user may know."""
    return None if pk is None else needs_of({pk}, user).get(pk)


def _needs(kinds: Collection[str | None], words: str) -> Needs:
    """What was ticked, then the person's own words; these stand alone after an import."""
    ticked = [str(AccessNeed.Kind(kind).label) for kind in kinds if kind and kind != OTHER]
    said = [*ticked, words] if words else ticked
    return Needs(". ".join(said), is_large_print=AccessNeed.Kind.LARGE_PRINT in kinds)


register(Message.Recipient.REVIEWER, needs_of)
