"""Reads of the outbox, for pages."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.timezone import get_default_timezone, localdate

from notifications.falling_due import latest_of_each_series
from notifications.models import Channel, Message
from notifications.registry import KINDS, Due, confined, label_of
from organisation.models import TrustSettings

LOOK_AHEAD = timedelta(days=7)
MORNING = time(8)
MOST_SHOWN = 50


def outbox() -> QuerySet[Message]:
    """Every message that pages may list, for those who send them; who did it comes along."""
    return Message.objects.exclude(kind__in=confined()).select_related("sent_by")


def calls(now: datetime) -> QuerySet[Message]:
    """Calls to make now."""
    return Message.objects.filter(
        channel=Channel.PHONE, state=Message.State.WAITING, due_at__lte=now
    )


def letters(now: datetime) -> QuerySet[Message]:
    """Letters to print and post now."""
    return Message.objects.filter(
        channel=Channel.POST, state=Message.State.WAITING, due_at__lte=now
    )


def failed() -> QuerySet[Message]:
    """Messages that could not be sent and wait for somebody's decision."""
    failed = Message.objects.filter(state=Message.State.FAILED)
    return failed.exclude(kind__in=confined())


@dataclass(frozen=True)
class Todo:
    """How many messages wait for a person."""

    calls: int
    letters: int
    failed: int


def todo(now: datetime) -> Todo:
    """How many calls, letters and failed messages wait, in one query."""
    waiting = Message.objects.by_hand().filter(state=Message.State.WAITING, due_at__lte=now)
    counts = (waiting | failed()).values("channel", "state").annotate(count=Count("pk")).order_by()
    found = {(each["channel"], each["state"]): each["count"] for each in counts}
    waits, has_failed = Message.State.WAITING, Message.State.FAILED
    return Todo(
        calls=found.get((Channel.PHONE, waits), 0),
        letters=found.get((Channel.POST, waits), 0),
        failed=sum(count for (_, state), count in found.items() if state == has_failed),
    )


@dataclass(frozen=True)
class Coming:
    """One message that would go: of what kind, to whom, what it is called, and when."""

    kind: str
    name: str
    channel: str
    subject: str
    at: datetime


@dataclass(frozen=True)
class Preview:
    """What would go if sending were switched on now."""

    waiting: int
    counts: list[tuple[str, int]]
    first: list[Coming]


def preview(*, trust: TrustSettings, now: datetime) -> Preview:
    """What waits already, and what would fall due in the next seven days. It changes nothing.

    Asked as the tick would ask: at the end of the seven days a reminder of a visit in three is too
    late, and was sent.
    """
    pretended = TrustSettings(sending_on_since=now, team_name=trust.team_name)
    would_go: dict[str, Coming] = {}
    for moment in _moments(now):
        with transaction.atomic():
            for kind in list(KINDS.values()):
                dues = kind.due(moment) if kind.due and not kind.is_confined else []
                for due in latest_of_each_series(dues, trust=pretended, now=moment):
                    would_go.setdefault(due.key, _coming(kind.name, due))
            transaction.set_rollback(True)  # a kind may write while it tells what is due
    coming = sorted(would_go.values(), key=lambda each: each.at)
    counts: dict[str, int] = {}
    for each in coming:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    return Preview(
        waiting=outbox().filter(state=Message.State.WAITING, is_urgent=False).count(),
        counts=sorted(counts.items()),
        first=coming[:MOST_SHOWN],
    )


def _moments(now: datetime) -> list[datetime]:
    """Now, each of the next seven mornings at 08:00, when reminders fall due, and the end."""
    days = [localdate(now) + timedelta(days=number) for number in range(1, LOOK_AHEAD.days + 1)]
    mornings = [datetime.combine(day, MORNING, get_default_timezone()) for day in days]
    return sorted([now, *mornings, now + LOOK_AHEAD])


def _coming(kind: str, due: Due) -> Coming:
    channel = Channel(due.to.channel).label
    return Coming(label_of(kind), due.to.name, str(channel), due.subject, due.due_at)
