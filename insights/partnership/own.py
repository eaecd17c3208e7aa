"""What this trust shares of its own figures: the same numbers on its page and in its file."""

from datetime import date, datetime

from insights.operations import refresh_counts
from insights.partnership.content import Content
from insights.periods import month_of, whole_months
from insights.queries import people_as_at, read_figures
from insights.suppression import shown_people


def own_content(since: date, until: date, *, today: date, now: datetime) -> Content:
    """The figures of whole months, small numbers of people left out.

    People are those of today, over everything before: a day of each period would give away by how
    many they have grown.
    """
    refresh_counts()
    figures = read_figures(whole_months(since, until, today), [])
    people = shown_people(people_as_at(today), hides_small=True)
    return Content(
        since=month_of(since),
        until=month_of(until),
        as_at=today,
        written_at=now.replace(microsecond=0),
        by_setting={setting: counts.coverage for setting, counts in figures.by_setting},
        activation=people.activation,
    )
