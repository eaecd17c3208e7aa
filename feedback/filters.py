"""What quotes, and the comments that are counted, can be narrowed by."""

from typing import Any

import django_filters
from django import forms

from feedback.models import Audience, Theme
from nhsuk import forms as nhs
from nhsuk.fields import SplitDateField
from nhsuk.filters import FilterSet
from organisation.models import Directorate, Service


class QuoteFilter(FilterSet):
    """Narrows quotes by their words, who said them, where, when and about what."""

    words = django_filters.CharFilter(label="Words", lookup_expr="icontains")
    audience = django_filters.ChoiceFilter(
        label="Who said it",
        field_name="answer__audience",
        choices=Audience.choices,
        empty_label="Anyone",
    )
    setting = django_filters.ChoiceFilter(
        label="Kind of service",
        field_name="answer__review__service__setting",
        choices=Service.Setting.choices,
        empty_label="All",
    )
    year = django_filters.NumberFilter(
        label="Year of the visit",
        field_name="answer__review__visit_on__year",
        min_value=1900,
        max_value=2100,
    )
    theme = django_filters.ModelChoiceFilter(
        label="Theme",
        field_name="themes",
        queryset=Theme.objects.order_by("name"),
        empty_label="All",
    )


class CountForm(nhs.Form):
    """Which comments to count."""

    method = "get"
    submit = "Show"
    audience = forms.ChoiceField(
        label="From", choices=[("", "Everyone"), *Audience.choices], required=False
    )
    directorate = forms.ModelChoiceField(
        queryset=Directorate.objects.order_by("name"), required=False, empty_label="All"
    )
    since = SplitDateField(label="Visits from", required=False)
    until = SplitDateField(label="Visits until", required=False)

    @property
    def chosen(self) -> dict[str, Any]:
        """What to count; everything where that is nonsense."""
        given = self.cleaned_data if self.is_valid() else {}
        directorate = given.get("directorate")
        return {
            "audience": given.get("audience", ""),
            "directorate": directorate.pk if directorate else None,
            "since": given.get("since"),
            "until": given.get("until"),
        }
