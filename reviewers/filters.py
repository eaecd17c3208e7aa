"""What the list of people can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from nhsuk.filters import FilterSet
from reviewers.models import Enquiry, Reviewer, Stage
from reviewers.queries import named


class PeopleFilter(FilterSet):
    """By name or reference, and by stage."""

    q = django_filters.CharFilter(label="Name or reference", method="filter_named")
    stage = django_filters.ChoiceFilter(
        label="Stage", choices=Stage.choices, empty_label="All stages"
    )

    def filter_named(self, rows: QuerySet[Reviewer], name: str, value: Any) -> QuerySet[Reviewer]:
        """See queries.named."""
        return named(rows, str(value))


class EnquiryFilter(FilterSet):
    """Those who wait for us, unless others are asked for."""

    outcome = django_filters.ChoiceFilter(
        label="Show",
        choices=[(each.value, each.label) for each in Enquiry.Outcome if each != "open"],
        empty_label=Enquiry.Outcome.OPEN.label,
    )

    def filter_queryset(self, queryset: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
        """Open ones where nothing is chosen."""
        outcome = self.form.cleaned_data.get("outcome") or Enquiry.Outcome.OPEN.value
        return queryset.filter(outcome=outcome)
