"""Which visits to plan, and where on the page somebody was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django import forms
from django.urls import reverse
from django.utils.http import urlencode

from nhsuk import forms as nhs
from nhsuk.converters import can_be_id
from nhsuk.fields import SplitDateField

USUAL = timedelta(days=60)
LONGEST = timedelta(days=366)


class WindowForm(nhs.Form):
    """From which day until which."""

    submit = "Plan"
    method = "get"
    submit_variant = "secondary"

    first = SplitDateField(label="First day")
    last = SplitDateField(label="Last day", help_text="Up to a year after the first day")

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first, within a year."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "Enter a last day that is not before the first")
        elif first and last and last - first > LONGEST:
            self.add_error("last", "Enter a last day within a year of the first")
        return cleaned


class FindForm(nhs.Form):
    """A person to choose for a visit."""

    submit = "Look"
    method = "get"
    submit_variant = "secondary"

    who = forms.CharField(
        label="Look for somebody", help_text="Enter their name or reference.", max_length=80,
        required=False,
    )  # fmt: skip


@dataclass(frozen=True)
class Where:
    """Which plan, and which page of it: a window worked out as it is opened, or one made before."""

    first: date
    last: date
    page: int = 1
    made: int | None = None

    @classmethod
    def of(cls, sent: Mapping[str, Any], today: date) -> Self:
        """As an address or a form says it; the next 60 days where it says nothing of use."""
        form = WindowForm(sent)
        tomorrow = today + timedelta(days=1)
        first, last = tomorrow, tomorrow + USUAL
        if form.is_valid():
            first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        page, made = str(sent.get("page", "")), str(sent.get("made", ""))
        return cls(
            first,
            last,
            int(page) if can_be_id(page) and int(page) else 1,
            int(made) if can_be_id(made) else None,
        )

    @property
    def sent(self) -> dict[str, str]:
        """What a form sends so that the way back is known."""
        found = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        if self.page > 1:
            found["page"] = str(self.page)
        if self.made is not None:
            found["made"] = str(self.made)
        return found

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return urlencode(self.sent)

    @property
    def url(self) -> str:
        """The page itself."""
        if self.made is None:
            return f"{reverse('reviews:plan')}?{self.query}"
        page = f"?page={self.page}" if self.page > 1 else ""
        return f"{reverse('reviews:plan-made', args=[self.made])}{page}"
