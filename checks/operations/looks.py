"""Looking: whoever reads check detail is on record, with what for, in the reading's transaction.

On SQLite that transaction holds the one write lock: read no more in it than a page shows.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from audit.models import Event
from audit.operations import record, record_rows
from checks.refusals import Reason
from checks.whose import About, person_of
from reviewers.models import Reviewer

Thing = TypeVar("Thing", bound=Reviewer | About)
Shown = TypeVar("Shown")


@transaction.atomic
def look(
    *, read: Callable[[], Thing | None], by: User, now: datetime, purpose: str
) -> Thing | None:
    """What ``read`` finds of one person, with the look at it recorded; None where there is nothing.

    Nobody is shown their own: what was decided about them is told by somebody else. That they
    tried is recorded.
    """
    thing = read()
    if thing is None:
        return None
    person = person_of(thing)
    if person.user_id == by.pk:
        why = str(Reason.ABOUT_THEMSELVES)
        record("refused: look", on=person, by=by, now=now, about=person.pk, why=why)
        return None
    record(
        "looked at checks",
        on=person,
        by=by,
        now=now,
        about=person.pk,
        why=purpose,
        kind=Event.Kind.LOOKED,
    )
    return thing


@transaction.atomic
def look_at_list(
    *,
    read: Callable[[], Shown],
    people: Callable[[Shown], Iterable[int]],
    what: str,
    by: User,
    now: datetime,
    purpose: str,
) -> Shown:
    """What ``read`` finds of many, with one look at each of these ``people``, by id, recorded.

    ``what`` says which list it is. A list of nobody is one look at nobody.
    """
    shown = read()
    whose = sorted(set(people(shown)))
    action = f"looked at {what}"
    if whose:
        record_rows(
            action,
            model=Reviewer,
            people={pk: pk for pk in whose},
            by=by,
            now=now,
            why=purpose,
            kind=Event.Kind.LOOKED,
        )
    else:
        record(action, on=by, by=by, now=now, why=purpose, kind=Event.Kind.LOOKED)
    return shown
