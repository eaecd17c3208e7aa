"""What the list of people can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from nhsuk.filters import FilterSet
from reviewers.models import Reviewer, Stage
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
