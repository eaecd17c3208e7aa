"""Taking other people out of words: their names, addresses, numbers and references.

Known are the people of the portal. A name of one word is no name here: it may be any word.
"""

import re
from collections.abc import Iterable, Iterator

from accounts.models import User
from organisation.models import ServiceContact, StaffMember
from reviewers.models import Reviewer
from reviews.models import Review

SOMEBODY = "[somebody else]"
WORD = re.compile(r"\w+")


def named_in(
    words: Iterable[str], *, person: Reviewer | None, own: Iterable[str]
) -> frozenset[str]:
    """Whatever of other people is in the words. Five queries, however many people there are.

    ``person``: whose words they are, if they are a person here; ``own``: their own name, address
    and numbers.
    """
    text = "\n".join(words).casefold()
    if not text:
        return frozenset()
    written = set(WORD.findall(text))  # most people share no word with it, and are passed over
    theirs = {each.casefold() for each in own}

    def is_there(folded: str) -> bool:
        return written.issuperset(WORD.findall(folded)) and folded in text

    return frozenset(
        each
        for each in _others(person)
        if (folded := each.casefold()) not in theirs and is_there(folded)
    )


def without(words: str, others: frozenset[str]) -> str:
    """The words with each of these replaced, the longest first."""
    if not others:
        return words
    either = "|".join(re.escape(each) for each in sorted(others, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", SOMEBODY, words, flags=re.IGNORECASE)


def own_words(person: Reviewer) -> Iterator[str]:
    """Their name, reference, addresses and numbers."""
    yield from (str(person), person.reference, person.email, person.phone)
    yield from (person.emergency_name, person.emergency_phone)
    if person.user is not None:
        yield from (person.user.name, person.user.email)


def _others(person: Reviewer | None) -> Iterator[str]:
    people = Reviewer.objects.exclude(pk=person.pk if person else 0).order_by()
    columns = ("first_name", "last_name", "email", "phone", "reference")
    for first, last, *rest in people.values_list(*columns).iterator():
        yield from _long_enough(f"{first} {last}", *rest)
    for model in (StaffMember, ServiceContact, User):
        rows = model._default_manager.order_by().values_list("name", "email")
        for name, email in rows.iterator():
            if " " in name.strip():
                yield from _long_enough(name)
            yield from _long_enough(email)
    to_ring = Review.objects.filter(team__reviewer=person).order_by()
    for (number,) in to_ring.values_list("ring_on_the_day"):
        yield from _long_enough(number)


def _long_enough(*found: str) -> Iterator[str]:
    """What is no everyday word or number by chance."""
    return (each.strip() for each in found if len(each.strip()) > 3)
