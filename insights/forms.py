"""Which figures to show: from a month to a month, of a directorate, of a setting, or of all."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.choices import BaseChoiceIterator

from insights.figures import AnyFigure
from insights.periods import Period, whole_months
from insights.queries import Chosen
from nhsuk.fields import SplitDateField
from nhsuk.filters import FilterForm
from organisation.models import Directorate, Service


class _Offered(BaseChoiceIterator):
    """Choices that are in order already: Django looks through hundreds of months four times."""

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        self.choices = choices

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.choices)


def _as_month(value: str) -> date:
    return date.fromisoformat(f"{value}-01")


class FiguresForm(FilterForm):
    """Blank is the default: the last 12 months, every directorate and setting."""

    since = forms.TypedChoiceField(label="From", coerce=_as_month, required=False, empty_value=None)
    until = forms.TypedChoiceField(label="To", coerce=_as_month, required=False, empty_value=None)
    directorate = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    setting = forms.ChoiceField(required=False)

    def __init__(
        self,
        asked: QueryDict,
        *,
        default: Period,
        months: Sequence[date],
        directorates: Sequence[Directorate],
        today: date,
    ) -> None:
        self.default = default
        self.directorates = directorates
        self.today = today
        usual = {"since": f"{default.since:%Y-%m}", "until": f"{default.until:%Y-%m}"}
        self.asked: dict[str, str] = {k: str(v) for k, v in asked.dict().items() if v}
        super().__init__({**usual, **self.asked})
        choices = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in reversed(months)]
        names = [(str(each.pk), each.name) for each in directorates]
        for name, offered in (
            ("since", choices),
            ("until", choices),
            ("directorate", [("", "All directorates"), *names]),
            ("setting", [("", "All settings"), *Service.Setting.choices]),
        ):
            cast("forms.ChoiceField", self.fields[name]).choices = _Offered(offered)

    def clean(self) -> dict[str, Any]:
        """From must not come after to."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "“To” must be the same month as “From” or a later one")
        return cleaned

    @cached_property
    def period(self) -> Period:
        """The period asked for; the default where that is none."""
        if not self.is_valid():
            return self.default
        return whole_months(self.cleaned_data["since"], self.cleaned_data["until"], self.today)

    @cached_property
    def chosen(self) -> Chosen:
        """The reviews asked for; all of them where that is nonsense."""
        if not self.is_valid():
            return Chosen()
        asked = self.cleaned_data["directorate"]
        directorate = next((each for each in self.directorates if each.pk == asked), None)
        return Chosen(directorate, self.cleaned_data.get("setting", ""))

    @property
    def asked_values(self) -> list[str]:
        """What was asked for, in the order of the fields; nothing where it is nonsense."""
        return [self.asked[name] for name in self.fields if name in self.asked and self.is_valid()]

    def address_of(self, period: Period | None = None) -> str:
        """What a link adds to the address, to show the same of ``period``, else of this one."""
        asked = self._values(period or self.period)
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def _values(self, period: Period) -> dict[str, Any]:
        return {
            "since": f"{period.since:%Y-%m}",
            "until": f"{period.until:%Y-%m}",
            "directorate": self.chosen.directorate and self.chosen.directorate.pk,
            "setting": self.chosen.setting,
        }


class ChangeForm(FiguresForm):
    """Which reviews: of a directorate, of a setting. The months are always the same."""

    def __init__(self, asked: QueryDict, **given: Any) -> None:
        super().__init__(asked, **given)
        del self.fields["since"], self.fields["until"]

    @property
    def period(self) -> Period:
        """The months shown."""
        return self.default

    def _values(self, period: Period) -> dict[str, Any]:
        values = super()._values(period)
        return {name: values[name] for name in self.fields}


class ReportedForm(FiguresForm):
    """Which figure to look up as first reported, of which months and directorate."""

    figure = forms.ChoiceField(required=False)
    field_order = ("figure", "since", "until", "directorate")

    def __init__(self, asked: QueryDict, *, figures: Sequence[AnyFigure], **given: Any) -> None:
        self.figures = {each.key: each for each in figures}
        super().__init__(asked, **given)
        del self.fields["setting"]
        cast("forms.ChoiceField", self.fields["figure"]).choices = _Offered(
            [(each.key, each.name) for each in figures]
        )

    @property
    def chosen_figure(self) -> AnyFigure:
        """The figure asked for, else the first."""
        key = self.cleaned_data["figure"] if self.is_valid() else ""
        return self.figures.get(key) or next(iter(self.figures.values()))

    def _values(self, period: Period) -> dict[str, Any]:
        return {**super()._values(period), "figure": self.chosen_figure.key}


class AsAtForm(FilterForm):
    """The day that figures about people are counted at; blank is today."""

    as_at = SplitDateField(label="As at", required=False)

    def __init__(self, asked: QueryDict, *, today: date) -> None:
        self.today = today
        super().__init__(asked)

    def clean_as_at(self) -> date | None:
        """A day that has come."""
        day: date | None = self.cleaned_data["as_at"]
        if day is not None and day > self.today:
            message = "As at must be today or an earlier day"
            raise forms.ValidationError(message)
        return day

    @property
    def chosen(self) -> date | None:
        """The day asked for; None for none, and for nonsense."""
        return self.cleaned_data["as_at"] if self.is_valid() else None
