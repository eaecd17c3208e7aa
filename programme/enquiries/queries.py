"""What somebody sent on the public page, whether or not they became a person here."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission
from programme.models import Erasure
from reviewers.models import Enquiry, Reviewer

WAITING = Erasure.State.WAITING


@dataclass(frozen=True)
class ToErase:
    """An erasure that waits for a second person, and what it is about."""

    erasure: Erasure
    enquiry: Enquiry


def get_enquiry(user: User, pk: int) -> Enquiry | None:
    """One enquiry of somebody who is no person here, for those who deal with them."""
    if not user.may(Permission.EDIT_PEOPLE):
        return None
    return Enquiry.objects.filter(pk=pk, reviewer__isnull=True).first()


def all_of(enquiry: Enquiry) -> list[Enquiry]:
    """This and every other enquiry with the same name and the same way to reach them.

    One query. What they wrote is encrypted, so that it is compared here.
    """
    asked = _who(enquiry)
    others = Enquiry.objects.filter(reviewer__isnull=True).order_by("received_at", "pk")
    return [each for each in others if _who(each) == asked]


def of_person(person: Reviewer) -> list[Enquiry]:
    """What a person sent: what somebody said was theirs, and what nobody linked to them.

    Theirs is what has their name with their email address or telephone number, or the name and
    the way to reach them of one that was linked. One query.
    """
    found = Enquiry.objects.filter(Q(reviewer=person) | Q(reviewer__isnull=True))
    rows = list(found.order_by("received_at", "pk"))
    ways = [way for way in (person.email, person.phone) if way]
    theirs = {(_folded(str(person)), _folded(way)) for way in ways}
    theirs |= {_who(each) for each in rows if each.reviewer_id == person.pk}
    return [each for each in rows if each.reviewer_id == person.pk or _who(each) in theirs]


def _who(enquiry: Enquiry) -> tuple[str, str]:
    return _folded(enquiry.name), _folded(enquiry.contact)


def _folded(words: str) -> str:
    """Without blanks and capitals.

    >>> _folded(" 07700 900123") == _folded("07700900123"), _folded("Ada  MOSS")
    (True, 'adamoss')
    """
    return "".join(words.split()).casefold()


def waiting_for(enquiry: Enquiry) -> Erasure | None:
    """The erasure of this enquiry that waits for a second person."""
    found = Erasure.objects.filter(enquiry=enquiry.pk, state=WAITING)
    return found.select_related("asked_by").first()


def to_erase() -> list[ToErase]:
    """All that wait for a second person, longest waiting first. Two queries."""
    waiting = list(
        Erasure.objects.filter(enquiry__isnull=False, state=WAITING)
        .select_related("asked_by")
        .order_by("asked_at", "pk")
    )
    found = Enquiry.objects.in_bulk([each.enquiry for each in waiting])
    return [ToErase(each, found[each.enquiry]) for each in waiting if each.enquiry in found]


def get_erasure(pk: int) -> ToErase | None:
    """One erasure that waits for a second person, with its enquiry."""
    erasure = Erasure.objects.filter(pk=pk).first()
    if erasure is None or erasure.enquiry is None:
        return None
    enquiry = Enquiry.objects.filter(pk=erasure.enquiry).first()
    return ToErase(erasure, enquiry) if enquiry is not None else None
