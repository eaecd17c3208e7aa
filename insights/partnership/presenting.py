"""What the pages of partners show: funnels with their tables, and what a file will say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from insights.figures import ACTIVATION, COVERAGE, AnyFigure
from insights.funnel_charts import Mark, funnel_chart
from insights.numbers import Share
from insights.partnership.comparing import OWN, Funnel, Says, Trust, funnel
from insights.partnership.content import Content
from insights.partnership.models import Partner
from insights.presenting.charted import share_column
from insights.suppression import NOT_SHOWN
from insights.tables import HIDDEN, Column, Table
from organisation.models import Service

Found = Sequence[tuple[Partner, Content | None]]


@dataclass(frozen=True)
class ShownFunnel:
    """A funnel with its drawing; without one where there is nothing to compare."""

    funnel: Funnel
    svg: SafeString | None
    sentence: str
    table: Table


def coverage_funnel(own: Content, found: Found, setting: str) -> ShownFunnel:
    """Coverage of each trust, of one setting or of all."""

    def share(content: Content) -> Share:
        return content.by_setting[setting] if setting else content.coverage

    return _shown("coverage", own, found, share, COVERAGE, "completed reviews")


def activation_funnel(own: Content, found: Found) -> ShownFunnel:
    """Trained people who have been on a review, of each trust."""
    return _shown(
        "activation",
        own,
        found,
        lambda content: content.activation,
        ACTIVATION,
        "trained people",
    )


def _shown(
    key: str,
    own: Content,
    found: Found,
    share: Callable[[Content], Share | None],
    figure: AnyFigure,
    sizes: str,
) -> ShownFunnel:
    others = [
        Trust(partner.name, share(content)) for partner, content in found if content is not None
    ]
    side_by_side = funnel([Trust(OWN, share(own), is_own=True), *others])
    table = Table(
        f"trusts-by-{key}",
        f"{figure.name}: trusts by name",
        (
            Column("Trust"),
            share_column(figure, name=sizes.capitalize(), empty="none"),
            Column("What the limits say"),
        ),
        [
            (
                f"{row.letter}. {row.trust.name}",
                HIDDEN if row.trust.share is None else row.trust.share,
                row.says,
            )
            for row in side_by_side.rows
        ],
    )
    if side_by_side.mean is None:
        return ShownFunnel(side_by_side, None, figure.sentence, table)
    marks = [
        Mark(row.letter, row.trust.name, row.trust.share, row.trust.is_own)
        for row in side_by_side.rows
        if row.trust.share is not None and row.says != Says.NOTHING
    ]
    svg = funnel_chart(
        key,
        side_by_side.finding,
        marks,
        mean=side_by_side.mean,
        limits=side_by_side.limits,
        sizes=sizes,
    )
    return ShownFunnel(side_by_side, svg, figure.sentence, table)


def counted_on(own: Content, found: Found) -> list[tuple[date, list[str]]]:
    """The days on which the trusts counted, the latest first, each with its trusts."""
    days: dict[date, list[str]] = {own.as_at: [OWN]}
    for partner, content in found:
        if content is not None:
            days.setdefault(content.as_at, []).append(partner.name)
    return sorted(days.items(), reverse=True)


def setting_in_words(setting: str) -> str:
    """The name of a setting; empty for all."""
    return str(Service.Setting(setting).label) if setting else ""


def shared_rows(content: Content) -> list[tuple[str, str]]:
    """Every number that a file says, in words."""
    people = content.activation
    return [
        (f"{COVERAGE.name}, all kinds of service", str(content.coverage)),
        *(
            (f"{COVERAGE.name}, {setting_in_words(name).lower()}", str(share))
            for name, share in content.by_setting.items()
        ),
        (f"{ACTIVATION.name}, as at today", NOT_SHOWN if people is None else str(people)),
    ]
