"""Counting reviews and answers by month, directorate and setting: what is counted, and how."""

from insights.counting.cells import (
    Cell,
    Counted,
    FirstOfMonth,
    count_all,
    count_cells,
    count_coverage,
)
from insights.counting.counts import NAMES, Counts, Question, Spread, total
from insights.counting.reasons import REASONS, Reason, missed_by_reason, told_by_reason
from insights.counting.sites import count_sites

__all__ = [
    "NAMES",
    "REASONS",
    "Cell",
    "Counted",
    "Counts",
    "FirstOfMonth",
    "Question",
    "Reason",
    "Spread",
    "count_all",
    "count_cells",
    "count_coverage",
    "count_sites",
    "missed_by_reason",
    "told_by_reason",
    "total",
]
