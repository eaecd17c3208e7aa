"""What was changed about a person, in plain words, from the audit.

Only what stands in the tables here is told: whatever else is recorded about a person, checks
above all, is not for this page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from audit.models import Event, EventQuerySet
from nhsuk.words import in_words as in_a_row
from reviewers.how import How
from reviewers.models import Reviewer

ACTIONS = {
    "added reviewer": "Added to the programme",
    "person imported": "Added from a spreadsheet",
    "person changed by import": "Changed from a spreadsheet",
    "gave account": "Sign-in set up",
    "changed details": "Contact details",
    "changed emergency contact": "Emergency contact",
    "changed availability": "When you can come",
    "added time away": "Days away added",
    "removed time away": "Days away removed",
    "changed exclusions": "Places you would rather not go",
    "changed access needs": "What you need",
    "changed who may know": "Who may know what you need",
    "added experience": "Experience added",
    "agreed to experience": "Agreed that we keep your experience",
    "withdrew experience": "Experience removed",
    "paused": "Pause started",
    "changed pause": "Last day of the pause",
    "came back": "Pause ended",
}
FOR_THEM = {
    "changed availability": "When they can come",
    "changed exclusions": "Places they would rather not go",
    "changed access needs": "What they need",
    "changed who may know": "Who may know what they need",
    "agreed to experience": "Agreed that we keep their experience",
}
FIELDS = {
    "available_weekdays": "days of the week",
    "first_visit_anywhere": "where a first visit can be",
    "phone": "phone number",
    "email": "email address",
    "preferred_contact": "best way to reach",
    "address": "postal address",
}
# Where the fields say more than the action.
_WITH_FIELDS = frozenset({"changed details", "changed availability", "person changed by import"})
_HOW = {How.PHONE.value: "by phone", How.PAPER.value: "on paper"}


@dataclass(frozen=True)
class Change:
    """One change: when, what, by whom and how they were told."""

    at: datetime
    what: str
    fields: str
    by: str


def events_of(reviewer: Reviewer) -> EventQuerySet:
    """What was changed about this person and may be told, for a page to show."""
    return Event.objects.about_person(reviewer.pk).filter(kind=Event.Kind.DONE, action__in=ACTIONS)


def in_words(events: Sequence[Event], reviewer: Reviewer, *, names_staff: bool) -> list[Change]:
    """The events in words: to the person themselves, or with ``names_staff`` to the team."""
    ids = {each.actor_id for each in events if each.actor_id} - {reviewer.user_id}
    users = User.objects.in_bulk(ids) if names_staff and ids else {}
    names = {pk: str(user) for pk, user in users.items()}
    actions = ACTIONS | FOR_THEM if names_staff else ACTIONS
    return [
        Change(
            at=each.at,
            what=actions[each.action],
            fields=_fields(each) if each.action in _WITH_FIELDS else "",
            by=_by(each, reviewer, names, names_staff=names_staff),
        )
        for each in events
    ]


def _fields(event: Event) -> str:
    return in_a_row([FIELDS.get(name, name.replace("_", " ").lower()) for name in event.fields])


def _by(event: Event, reviewer: Reviewer, names: dict[int, str], *, names_staff: bool) -> str:
    if event.actor_id is None:
        return "by itself"
    if event.actor_id == reviewer.user_id:
        return f"by {reviewer}" if names_staff else "by you"
    by = f"by {names.get(event.actor_id, 'the team')}" if names_staff else "by the team"
    told = _HOW.get(event.why)
    if told is None:
        return by
    return f"{by}: {'they' if names_staff else 'you'} told us {told}"
