"""Reads about people who are not active yet: enquiries, who they may be, and interviews."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Lower, Replace

from accounts.models import User
from reviewers import queries
from reviewers.models import Enquiry, Interview, Reviewer, Stage
from reviewers.policies import check_can_have_account
from reviewers.recruitment_policies import check_can_be_reminded, check_can_move_on
from reviewers.role_descriptions import asked_to_sign_on, has_signed, newest_number
from rules import RuleBroken

MOST_ALIKE = 10
# Of those who were ticked, what their names and the rules about them need.
OF_CHOSEN = (
    "reference", "first_name", "last_name", "email", "stage", "role_description_signed_on",
    "signed_version", "user__is_active",
)  # fmt: skip


def chosen(user: User, ids: Collection[int]) -> list[Reviewer]:
    """Those of these people whom this user may see, with their accounts, by name."""
    return list(queries.people(user).select_related("user").filter(pk__in=ids).only(*OF_CHOSEN))


def why_not_moved(people: Iterable[Reviewer], start: Stage, to: Stage) -> dict[int, str]:
    """Who cannot move on from one stage to the other, by id, with the reason."""
    return _refused(people, lambda person: check_can_move_on(person, start=start, to=to))


def why_no_account(people: Sequence[Reviewer]) -> dict[int, str]:
    """Who cannot be let sign in, by id, with the reason. One query."""
    addresses = {person.email.lower() for person in people if person.email}
    emails = Reviewer.objects.annotate(in_small=Lower("email")).filter(in_small__in=addresses)
    held = Counter(emails.values_list("in_small", flat=True))

    def check(person: Reviewer) -> None:
        if person.user is not None and person.user.is_active:
            message = f"{person} can sign in already."
            raise RuleBroken(message)
        check_can_have_account(person, is_shared=held[person.email.lower()] > 1)

    return _refused(people, check)


def why_not_reminded(people: Sequence[Reviewer], today: date) -> dict[int, str]:
    """Who is not reminded of the role description, by id, with the reason. Two queries."""
    asked_on = asked_to_sign_on([person.pk for person in people])
    number = newest_number()

    def check(person: Reviewer) -> None:
        check_can_be_reminded(
            person,
            is_signed=has_signed(person, number),
            asked_on=asked_on.get(person.pk),
            today=today,
        )

    return _refused(people, check)


def _refused(people: Iterable[Reviewer], check: Callable[[Reviewer], None]) -> dict[int, str]:
    refused = {}
    for person in people:
        try:
            check(person)
        except RuleBroken as broken:
            refused[person.pk] = str(broken)
    return refused


def enquiries() -> QuerySet[Enquiry]:
    """Everybody who told us they are interested, with the person they became."""
    return Enquiry.objects.select_related("reviewer", "closed_by").order_by("received_at", "pk")


def waiting() -> QuerySet[Enquiry]:
    """Those that nobody has dealt with yet, the longest waiting first."""
    return Enquiry.objects.filter(outcome=Enquiry.Outcome.OPEN).order_by("received_at", "pk")


def get_enquiry(pk: int) -> Enquiry | None:
    """One enquiry."""
    return enquiries().filter(pk=pk).first()


def alike(*, name: str, email: str = "", phone: str = "") -> list[Reviewer]:
    """People who may be the same person: the same name, email address or phone number."""
    first, _, last = name.strip().partition(" ")
    same = Q(first_name__iexact=first, last_name__iexact=last.strip())
    if email.strip():
        same |= Q(email__iexact=email.strip())
    number = _digits(phone)
    rows = Reviewer.objects.all()
    if number:
        plain = Replace(Replace("phone", Value(" "), Value("")), Value("-"), Value(""))
        rows = rows.annotate(plain_phone=plain)
        same |= Q(plain_phone=number)
    return list(rows.filter(same).order_by("last_name", "first_name", "pk")[:MOST_ALIKE])


def interviews_of(reviewer: Reviewer) -> list[Interview]:
    """Their interviews, the latest first. Read once for one person's page."""
    prefetch_related_objects([reviewer], "interviews")
    return sorted(reviewer.interviews.all(), key=lambda each: (each.held_on, each.pk), reverse=True)


def get_interview(reviewer: Reviewer, pk: int) -> Interview | None:
    """One interview of this person."""
    return reviewer.interviews.filter(pk=pk).first()


def _digits(phone: str) -> str:
    return phone.replace(" ", "").replace("-", "")
