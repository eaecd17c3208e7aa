"""A chart as its page shows it, whatever it is of."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from insights.figures import AnyFigure
from insights.tables import Shares, Table


@dataclass(frozen=True)
class Chart:
    """A chart: its finding as a heading, its picture, its table, and how to read it."""

    finding: str
    svg: SafeString
    table: Table
    note: str = ""


def share_column(figure: AnyFigure, **given: Any) -> Shares:
    """A column of a figure's shares, under the figure's own words."""
    return Shares(
        **{"name": figure.name, "part": figure.numerator, "whole": figure.denominator, **given}
    )
