"""Who answers: the response of each audience, overall and by directorate."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback.models import Audience
from insights.figures import RESPONSE_LXR, RESPONSE_QUALITY, RESPONSE_TEAM, AnyFigure
from insights.numbers import Share
from insights.presenting.charted import share_column
from insights.queries import Figures
from insights.responses import Asked
from insights.tables import Column, Number, Table

RESPONSES: dict[Audience, AnyFigure] = {
    Audience.TEAM: RESPONSE_TEAM,
    Audience.LXR: RESPONSE_LXR,
    Audience.QUALITY: RESPONSE_QUALITY,
}


@dataclass(frozen=True)
class Response:
    """How many of one audience answered, and each directorate in which somebody was asked."""

    name: str
    whole: Share
    table: Table


def response(
    audience: Audience, figures: Figures, asked: Mapping[tuple[str, int], Asked]
) -> Response:
    """What became of asking that audience."""
    figure = RESPONSES[audience]
    rows = []
    for each, counts in figures.by_directorate:
        share = figure.value_of(counts)
        if share.denominator:
            beside = asked.get((audience, each.pk), Asked())
            rows.append((each.name, share, beside.reminded, beside.declined))
    table = Table(
        response_key(audience),
        f"{audience.label}: who answered",
        (
            Column("Directorate"),
            share_column(figure, name="Response rate"),
            Number("Reminded once"),
            Number("Declined"),
        ),
        rows,
    )
    return Response(str(audience.label), figure.value_of(figures.overall), table)


def response_key(audience: Audience) -> str:
    """The key of its table."""
    return f"responses-{audience.value}"
