"""What the list of reviews can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.timezone import localdate

from nhsuk.fields import SplitDateField
from nhsuk.filters import FilterSet
from organisation.models import Directorate, Service
from reviews.models import Review, ReviewQuerySet
from reviews.year.quarters import quarter_called, quarters_around

COMING = "coming"
WITH_LXR = {
    "can come": "An LXR can come",
    "none yet": "No LXR can come yet",
    "took part": "An LXR took part",
    "missed": "No LXR took part",
}


class DayFilter(django_filters.DateFilter):
    """A day in three boxes."""

    field_class = SplitDateField


def _quarters() -> list[tuple[str, str]]:
    """Two years back and one ahead."""
    found = quarters_around(localdate(), before=8, after=4)
    return [(each.key, str(each)) for each in found]


class ReviewFilter(FilterSet):
    """By status, quarter, directorate, setting, whether an LXR is on it, and period."""

    status = django_filters.ChoiceFilter(
        label="Status",
        choices=[(COMING, "Coming (planned or confirmed)"), *Review.Status.choices],
        empty_label="All",
        method="filter_status",
    )
    quarter = django_filters.ChoiceFilter(
        label="Quarter", choices=_quarters, empty_label="All", method="filter_quarter"
    )
    directorate = django_filters.ModelChoiceFilter(
        label="Directorate",
        field_name="service__directorate",
        queryset=Directorate.objects.order_by("name"),
        empty_label="All",
    )
    setting = django_filters.ChoiceFilter(
        label="Setting",
        field_name="service__setting",
        choices=Service.Setting.choices,
        empty_label="All",
    )
    lxr = django_filters.ChoiceFilter(
        label="Lived Experience Reviewer",
        choices=list(WITH_LXR.items()),
        empty_label="All",
        method="filter_lxr",
    )
    since = DayFilter(label="From", field_name="visit_on", lookup_expr="gte")
    until = DayFilter(label="To", field_name="visit_on", lookup_expr="lte")

    def filter_status(self, rows: QuerySet[Review], name: str, value: Any) -> QuerySet[Review]:
        """One status, or both that are still to come."""
        chosen = Review.COMING if value == COMING else (value,)
        return rows.filter(status__in=chosen)

    def filter_quarter(self, rows: QuerySet[Review], name: str, value: Any) -> QuerySet[Review]:
        """Visits of one quarter of the financial year."""
        quarter = quarter_called(value)
        if quarter is None:
            return rows
        return rows.filter(visit_on__gte=quarter.first, visit_on__lte=quarter.last)

    def filter_lxr(self, rows: ReviewQuerySet, name: str, value: Any) -> ReviewQuerySet:
        """Coming reviews by who accepted, completed ones by who attended."""
        if value == "can come":
            return rows.coming().with_accepted_lxr()
        if value == "none yet":
            return rows.coming().exclude(pk__in=Review.objects.with_accepted_lxr().values("pk"))
        if value == "took part":
            return rows.covered()
        return rows.completed().exclude(pk__in=Review.objects.covered().values("pk"))
