"""What the access log can be narrowed by. The page and the export share it."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.timezone import make_aware

from audit.models import Event
from nhsuk.fields import SplitDateField
from nhsuk.filters import FilterSet
from programme.access_log import queries


class DayFilter(django_filters.DateFilter):
    """A day in three boxes."""

    field_class = SplitDateField


class LooksFilter(FilterSet):
    """By whose data it was, by who looked, and by day."""

    whose = django_filters.CharFilter(label="Whose: name or reference", method="filter_whose")
    who = django_filters.CharFilter(label="Who looked: name or email address", method="filter_who")
    since = DayFilter(label="From", method="filter_since")
    until = DayFilter(label="To", method="filter_until")

    def filter_whose(self, rows: QuerySet[Event], name: str, value: Any) -> QuerySet[Event]:
        """See queries.at_person."""
        return queries.at_person(rows, str(value))

    def filter_who(self, rows: QuerySet[Event], name: str, value: Any) -> QuerySet[Event]:
        """See queries.by_user."""
        return queries.by_user(rows, str(value))

    def filter_since(self, rows: QuerySet[Event], name: str, value: date) -> QuerySet[Event]:
        """From the first moment of the day, local time."""
        return rows.filter(at__gte=_midnight(value))

    def filter_until(self, rows: QuerySet[Event], name: str, value: date) -> QuerySet[Event]:
        """To the last moment of the day, local time."""
        return rows.filter(at__lt=_midnight(value + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
