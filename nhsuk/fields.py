"""Form fields for how people write dates and times."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

YEARS = range(1900, 2101)


class DateParts(NamedTuple):
    """What stood in the three boxes, as it was typed."""

    day: str
    month: str
    year: str


class SplitDateWidget(forms.Widget):
    """Boxes for day, month and year; one ISO value under the field's own name does as well."""

    parts = ("day", "month", "year")

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> DateParts | str | None:
        """The parts as typed, an ISO date, or None when nothing was sent."""
        if name in data:
            return str(data.get(name) or "").strip() or None
        typed = DateParts(*(str(data.get(f"{name}_{p}") or "").strip() for p in self.parts))
        return typed if any(typed) else None

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Whether the form that was sent had no such boxes."""
        return name not in data and not any(f"{name}_{part}" in data for part in self.parts)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box."""
        return f"{id_}_day" if id_ else id_

    def shown(self, value: Any) -> DateParts:
        """What to write into the boxes."""
        if isinstance(value, DateParts):
            return value
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return DateParts(value[:20], "", "")
        if isinstance(value, date):
            return DateParts(str(value.day), str(value.month), str(value.year))
        return DateParts("", "", "")

    def wrong_parts(self, field: forms.BoundField) -> tuple[str, ...]:
        """Which boxes the error is about: those left empty, else all of them."""
        if not field.errors:
            return ()
        shown = self.shown(field.value())
        empty = tuple(part for part, typed in zip(self.parts, shown, strict=True) if not typed)
        return empty if 0 < len(empty) < 3 else self.parts

    def first_wrong_part(self, field: forms.BoundField) -> str:
        """The box that a link to the error goes to."""
        return (self.wrong_parts(field) or self.parts)[0]


class RatingField(forms.TypedChoiceField):
    """A whole number from 0 to 10, of which 0, 5 and 10 say in words what they mean."""

    def __init__(self, low: str, middle: str, high: str, **kwargs: Any) -> None:
        meaning = {0: low, 5: middle, 10: high}
        super().__init__(
            choices=[(n, f"{n} – {meaning[n]}" if n in meaning else str(n)) for n in range(11)],
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect({"class": "app-rating"}),
            **kwargs,
        )


class SplitDateField(forms.DateField):
    """A date in three boxes, between 1900 and 2100, with errors that say which part is wrong."""

    widget = SplitDateWidget

    def to_python(self, value: Any) -> date | None:
        """The date; ValidationError in words about the part that is missing or wrong."""
        if value in self.empty_values or isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value or None
        typed = SplitDateWidget().shown(value) if isinstance(value, str) else value
        missing = [p for p, v in zip(SplitDateWidget.parts, typed, strict=True) if not v]
        name = self.label or "The date"
        if missing and not isinstance(value, str):
            raise ValidationError(f"{name} must include a {' and '.join(missing)}", code="missing")
        numbers = [_number(part) for part in typed]
        if numbers[2] is not None and numbers[2] not in YEARS:
            message = f"{name} must have a year between {YEARS[0]} and {YEARS[-1]}"
            raise ValidationError(message, code="year")
        try:
            return date(numbers[2] or 0, numbers[1] or 0, numbers[0] or 0)
        except ValueError:
            raise ValidationError(
                f"{name} must be a real date, like 27 3 2026", code="invalid"
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes hold another date than before."""
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


def _number(typed: str) -> int | None:
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    if typed[:3].lower() in months:
        return months.index(typed[:3].lower()) + 1
    return int(typed) if re.fullmatch(r"[0-9]{1,4}", typed, re.ASCII) else None


_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?\s*([ap])?\.?m?\.?", re.ASCII | re.IGNORECASE)


class TimeField(forms.TimeField):
    """A time as people write it: ``9:30am``, ``9.30``, ``2pm``, ``14:00``, ``midday``."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> time | None:
        """The time; ValidationError with an example for what is none."""
        if value in self.empty_values or isinstance(value, time):
            return value or None
        typed = str(value).strip().lower()
        if typed in {"midday", "noon", "midnight"}:
            return time(0 if typed == "midnight" else 12)
        found = _CLOCK.fullmatch(typed)
        if found:
            hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
            if half and 1 <= hour <= 12:
                hour = hour % 12 + (12 if half == "p" else 0)
            elif half:
                hour = 99
            if hour < 24 and minute < 60:
                return time(hour, minute)
        name = self.label or "The time"
        raise ValidationError(f"{name} must be a time, like 9:30am or 14:00", code="invalid")

    def prepare_value(self, value: Any) -> Any:
        """Stored times are shown on the 24-hour clock."""
        return f"{value:%H:%M}" if isinstance(value, time) else value
