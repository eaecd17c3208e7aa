"""How many gave each rating from 0 to 10. A mean alone would hide who was let down."""

from collections.abc import Mapping

from insights.charts import Bar, histogram
from insights.counting import Question, Spread
from insights.figures import (
    IMPACT_QUALITY,
    IMPACT_TEAM,
    SUPPORT_AFTER_VISIT,
    SUPPORT_IN_TRAINING,
    SUPPORT_ON_VISIT,
    AnyFigure,
)
from insights.numbers import Share, mean
from insights.presenting.charted import Chart
from insights.suppression import FEWEST, is_small
from insights.tables import Column, Number, Shares, Table

IMPACT: dict[Question, AnyFigure] = {
    Question.TEAM: IMPACT_TEAM,
    Question.QUALITY: IMPACT_QUALITY,
}
SUPPORT: dict[Question, AnyFigure] = {
    Question.IN_TRAINING: SUPPORT_IN_TRAINING,
    Question.ON_VISIT: SUPPORT_ON_VISIT,
    Question.AFTER_VISIT: SUPPORT_AFTER_VISIT,
}
QUESTIONS = IMPACT | SUPPORT
SO_FAR = "In the whole programme, over everything so far."
NOT_SHOWN = "Small numbers are not shown"
NOT_PARTED = "However they are parted, one part would be fewer than 5 people: they stand together."


def ratings_chart(question: Question, found: Mapping[str, Spread], *, hides_small: bool) -> Chart:
    """One question's ratings. Where small numbers are hidden, neighbours are put together."""
    figure = QUESTIONS[question]
    spread = found.get(question, Spread())
    is_hidden = hides_small and spread.n > 0 and is_small(spread.n)
    finding = f"{figure.name}: {_finding(spread, hides_small=hides_small, is_hidden=is_hidden)}"
    groups = [] if is_hidden or not spread.n else together(spread, hides_small=hides_small)
    marks = [Bar(label, number, f"{number:,}") for label, number in groups]
    key = table_key(question)
    table = Table(
        key,
        f"{figure.name}: how many gave each rating",
        (Column("Rating"), Number("Gave it"), Shares("Share", part="gave it", whole="rated")),
        [(label, number, Share(number, spread.n)) for label, number in groups],
    )
    note = f"{figure.sentence} {SO_FAR}" if hides_small else figure.sentence
    if len(groups) == 1:
        note = f"{note} {NOT_PARTED}"
    return Chart(finding, histogram(key, finding, marks), table, note)


def table_key(question: Question) -> str:
    """The key of its table."""
    return f"ratings-{question.replace('_', '-')}"


def together(spread: Spread, *, hides_small: bool) -> list[tuple[str, int]]:
    """Each rating and how many gave it; small ones with their neighbours where those are hidden.

    >>> together(Spread((0, 0, 1, 0, 0, 2, 0, 0, 6, 3, 2)), hides_small=True)
    [('0 to 8', 9), ('9 to 10', 5)]
    """
    if not hides_small:
        return [(str(rating), number) for rating, number in enumerate(spread.gave)]
    groups: list[tuple[int, int, int]] = []
    first = number = 0
    for rating, gave in enumerate(spread.gave):
        number += gave
        if number >= FEWEST:
            groups.append((first, rating, number))
            first, number = rating + 1, 0
    last = len(spread.gave) - 1
    if first <= last and groups:  # what is left over joins the last group
        start, _, so_far = groups.pop()
        groups.append((start, last, so_far + number))
    return [
        (str(start) if start == end else f"{start} to {end}", gave) for start, end, gave in groups
    ]


def _finding(spread: Spread, *, hides_small: bool, is_hidden: bool) -> str:
    if is_hidden:
        return NOT_SHOWN.lower()
    if not spread.n:
        return "nobody has rated it yet"
    ratings = "rating" if spread.n == 1 else "ratings"
    said = f"{spread.n:,} {ratings}, {mean(spread.total, spread.n)} on average"
    if hides_small:
        return said
    given = [rating for rating, number in enumerate(spread.gave) if number]
    return f"{said}, from {given[0]} to {given[-1]}"
