"""People: who came to training, how many are trained, how long it is to a first visit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from insights.charts import Bar, bars
from insights.figures import ATTENDEES, FIRST_VISIT, SAID, TRAINED_OVER_TIME
from insights.numbers import Share
from insights.presenting.charted import Chart
from insights.suppression import NOT_SHOWN, shows_share
from insights.tables import HIDDEN, Column, Day, Means, Number, Shares, Table
from insights.training import FirstVisits, VersionSaid
from training.models import Session
from training.queries.said import Rated

LATEST = 12  # bars that a chart shows; its table has them all


def session_rows(sessions: Iterable[Session], hidden: set[int]) -> Iterator[tuple[Any, ...]]:
    """Of sessions annotated with ``attendees``, made as they are asked for."""
    for each in sessions:
        attended = HIDDEN if each.pk in hidden else _attendees(each)
        yield f"{each.code}, {each.title}{_pilot(each)}", each.held_on, attended


def session_table(rows: Iterable[tuple[Any, ...]]) -> Table:
    """The table of these rows."""
    columns = (Column("Session"), Day("Held on"), Number("Attended"))
    return Table("attendees-per-session", ATTENDEES.name, columns, rows)


def _attendees(session: Session) -> int | None:
    return ATTENDEES.value_of(session.attendees).number  # type: ignore[attr-defined]  # annotated


def _pilot(session: Session) -> str:
    is_said = "pilot" in session.title.lower()
    return " (pilot)" if session.kind == Session.Kind.PILOT and not is_said else ""


def session_chart(sessions: Sequence[Session], hidden: set[int]) -> Chart:
    """Attendees of each session, the earliest first."""
    counts = {each.pk: _attendees(each) or 0 for each in sessions if each.pk not in hidden}
    finding = "No session yet"
    if sessions and len(counts) == len(sessions):
        average = Decimal(sum(counts.values())) / len(counts)
        finding = (
            f"{sum(counts.values()):,} attended {len(counts)} sessions, "
            f"{average:.1f} at each on average"
        )
        if len(sessions) == 1:
            finding = f"{counts[sessions[0].pk]:,} attended the one session"
    elif sessions:
        finding = "Attendees of each session; small numbers are not shown"
    marks = [
        Bar(
            f"{each.code}, {each.held_on.day} {each.held_on:%b %Y}"
            f"{' (pilot)' if each.kind == Session.Kind.PILOT else ''}",
            counts.get(each.pk),
            NOT_SHOWN if each.pk in hidden else f"{counts[each.pk]:,}",
        )
        for each in sessions
    ]
    svg = bars("sessions", finding, marks, max([*counts.values(), 1]))
    return Chart(finding, svg, session_table(list(session_rows(sessions, hidden))))


def trained_chart(steps: Sequence[tuple[date, int]]) -> Chart:
    """How many were trained by each day."""
    finding = "Nobody is trained yet"
    if steps:
        _, most = steps[-1]
        people = "person has" if most == 1 else "people have"
        finding = f"{most:,} {people} been trained since {steps[0][0]:%B %Y}"
    rows = [(day, TRAINED_OVER_TIME.value_of(total).number) for day, total in steps]
    marks = [Bar(f"{day:%-d %B %Y}", total, f"{total:,}") for day, total in steps[-LATEST:]]
    most = max([total for _, total in steps] + [1])
    table = Table(
        "trained-over-time",
        "People trained by each day",
        (Day("Day"), Number("Trained by then")),
        rows,
    )
    return Chart(finding, bars("trained", finding, marks, most), table)


def first_visit_finding(first: FirstVisits, *, hides_small: bool) -> str:
    """What the days to a first visit say, with those who wait counted."""
    if not first.been.denominator:
        return "Nobody is trained yet."
    if hides_small and not shows_share(first.been):
        return "Small numbers are not shown."
    days = FIRST_VISIT.value_of(first)
    if days.number is None:
        return f"Fewer than half of trained people have been on a visit: {first.been.counted}."
    return (
        f"Half of trained people had been on a visit {days} days after their training. "
        "This counts those who still wait for as long as they have waited."
    )


def first_visit_table(first: FirstVisits, *, hides_small: bool) -> Table:
    """What became of everybody who is trained. Who waits or left shows to none but the team."""
    everybody = first.been.denominator
    rest = [
        ("Still waiting for a first visit", Share(first.waiting, everybody)),
        ("Left without a visit", Share(first.left, everybody)),
    ]
    been = HIDDEN if hides_small and not shows_share(first.been) else first.been
    return Table(
        "days-to-a-first-visit",
        "Trained people",
        (
            Column("Since their training"),
            Shares("People", part="how many", whole="of all trained people"),
        ),
        [("Been on a visit", been), *([] if hides_small else rest)],
    )


def said_table(versions: Iterable[VersionSaid]) -> Table:
    """What attendees said of each version."""
    return Table(
        "what-attendees-said",
        "What attendees said of each version, 0 to 10",
        (
            Column("Version"),
            *(
                Means(name, empty="too few", with_n=True)
                for name in ("Support", "Pace: 5 is right", "Useful")
            ),
        ),
        [
            (str(each.version), *map(_rating, (each.support, each.pace, each.usefulness)))
            for each in versions
        ],
    )


def _rating(rated: Rated | None) -> object:
    return None if rated is None else SAID.value_of(rated)
