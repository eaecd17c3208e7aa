"""Writes of the figures: counts that follow the reviews, and snapshots of what a month showed."""

from insights.operations.months import mark_differences, refresh_counts
from insights.operations.snapshots import take_missing_snapshots, take_snapshots

__all__ = ["mark_differences", "refresh_counts", "take_missing_snapshots", "take_snapshots"]
