"""A forecast in sentences. An even chance is 5 of 10 simulated years, nearly sure is 9 of 10."""

from collections.abc import Sequence
from datetime import date, timedelta

from insights.forecast.findings import Lead, Usual
from insights.forecast.needs import MOST, Need
from insights.forecast.outlook import Range
from insights.suppression import FEWEST
from nhsuk.words import nhs_date

NOT_BY_NUMBERS = "more people alone do not do it"


def middle_of(numbers: Range) -> str:
    """Such as ``3 (2 to 4)``.

    >>> middle_of(Range(2, 3, 4)), middle_of(Range(3, 3, 3))
    ('3 (2 to 4)', '3')
    """
    if numbers.low == numbers.high:
        return f"{numbers.middle:,}"
    return f"{numbers.middle:,} ({numbers.low:,} to {numbers.high:,})"


def takes(name: str, ready: int | None, likely: Need, sure: Need) -> str:
    """What 9 of 10 visits take in one directorate, and who is ready; None: that is not said."""
    if likely.people is None:
        return (
            f"More people alone do not bring somebody to 9 of 10 visits in {name}: "
            "too often nobody comes on the day"
        )
    number = between(likely, sure)
    people = "person" if number == "1" else "people"
    sentence = (
        f"To have somebody on 9 of 10 visits in {name} you need about {number} ready {people}"
    )
    if ready is None:
        return sentence
    there = {0: "there are none", 1: "there is 1"}.get(ready, f"there are {ready:,}")
    return f"{sentence}; {there}"


def _each(need: Need) -> str:
    return "" if need.each == 1 else f" (with {need.each} on each visit)"


def needed(likely: Need, sure: Need) -> str:
    """Such as ``2 for an even chance, 5 to be nearly sure``."""
    if likely.people is None:
        return NOT_BY_NUMBERS
    even = f"{likely.people:,}{_each(likely)} for an even chance"
    if sure.people is None:
        return f"{even}; {MOST} are not enough to be nearly sure"
    return f"{even}, {sure.people:,}{_each(sure)} to be nearly sure"


def between(likely: Need, sure: Need) -> str:
    """Such as ``2 to 5``; ``2 or more`` where no number makes it nearly sure."""
    if likely.people is None:
        return NOT_BY_NUMBERS
    if sure.people is None:
        return f"{likely.people:,} or more"
    low, high = sorted((likely.people, sure.people))
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def needed_for_every(every: Need) -> str:
    """Such as ``6 (with 2 on each visit)``."""
    return NOT_BY_NUMBERS if every.people is None else f"{every.people:,}{_each(every)}"


def more(likely: Need, sure: Need) -> str:
    """Such as ``none for an even chance, 3 to be nearly sure``."""
    if sure.more == 0:
        return "none"
    if likely.more is None:
        return NOT_BY_NUMBERS
    even = f"{likely.more or 'none'} for an even chance"
    return even if sure.more is None else f"{even}, {sure.more:,} to be nearly sure"


def where_from(likely: Need, sure: Need, one_away: int, steps: str) -> str:
    """Whom a step would make ready, in numbers; and how many more have to be found and trained."""
    wanted = likely.more if sure.more is None else sure.more
    said = [f"One step away: {steps}."] if one_away else []
    left = (wanted or 0) - one_away
    if left > 0:
        people = "1 person" if left == 1 else f"{left:,} people"
        said.append(f"At least {people} to find and train.")
    return " ".join(said)


def by_when(visit_days: Sequence[date], lead: Lead, as_at: date) -> str:
    """By which day somebody new has to join for the first visit, by how long it usually takes."""
    usual, until = usual_way(lead)
    if usual is None or usual.days is None:
        return f"New people join before {nhs_date(visit_days[0])}, the first visit."
    start = visit_days[0] - timedelta(days=usual.days)
    if start >= as_at:
        return f"New people join by {nhs_date(start)} to be {until} by the first visit."
    return (
        f"New people join now: {nhs_date(start)} has passed. Who joins today may be {until} by "
        f"{_arrive(usual.days, visit_days, as_at)}."
    )


def clear_by(visit_days: Sequence[date], lead: Lead, as_at: date) -> str:
    """By which day checks have to begin for the first visit; empty where that is not known."""
    if lead.checks.days is None or lead.checks.people < FEWEST:
        return ""
    start = visit_days[0] - timedelta(days=lead.checks.days)
    if start >= as_at:
        return f"Checks begin by {nhs_date(start)} to be done by the first visit."
    return f"Checks begun today may be done by {_arrive(lead.checks.days, visit_days, as_at)}."


def _arrive(days: int, visit_days: Sequence[date], as_at: date) -> str:
    arrives = as_at + timedelta(days=days)
    after = sum(day > arrives for day in visit_days)
    return f"{nhs_date(arrives)}: {after:,} of {len(visit_days):,} visits come after that"


def usual_way(lead: Lead) -> tuple[Usual | None, str]:
    """The way that enough people have gone here: to ready, else as far as training."""
    for usual, until in ((lead.joining_to_ready, "ready"), (lead.joining_to_trained, "trained")):
        if usual.days is not None and usual.people >= FEWEST:
            return usual, until
    return None, ""
