"""Filters above a list. A value that is none narrows nothing and is named as an error."""

from typing import Any

import django_filters
from django.http import QueryDict

from nhsuk.forms import Form


class FilterForm(Form):
    """Sent by GET, so that a filtered list has an address."""

    method = "get"
    submit = "Show"


class FilterSet(django_filters.FilterSet):
    """The base of our filters: ``FilterSet(request.GET, queryset=…).qs`` then ``paginate``."""

    class Meta:
        form = FilterForm

    def get_form_class(self) -> Any:
        """Our form, whatever a subclass's Meta says about models and fields."""
        fields = {name: each.field for name, each in self.filters.items()}
        return type(f"{type(self).__name__}Form", (FilterForm,), fields)


def narrowed_by(params: QueryDict, filterset: FilterSet) -> bool:
    """Whether anything narrows the list now."""
    return any(params.get(name) for name in filterset.filters)
