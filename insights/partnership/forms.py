"""Forms about partners: which months, whose key, which file."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from insights.partnership.files import LARGEST
from insights.partnership.queries import Span
from insights.partnership.signing import tidied
from insights.periods import add_months, month_of
from nhsuk.filters import FilterForm
from nhsuk.forms import Form
from organisation.models import Service


def _as_month(value: str) -> date:
    return date.fromisoformat(f"{value}-01")


class MonthsForm(FilterForm):
    """Which months go into a file; the last 12 that have ended, unless others are chosen."""

    submit = "Show what goes into the file"
    submit_variant = "secondary"

    since = forms.TypedChoiceField(label="From", coerce=_as_month)
    until = forms.TypedChoiceField(label="To", coerce=_as_month)

    def __init__(self, asked: Any, *, months: Sequence[date], today: date) -> None:
        last = add_months(month_of(today), -1)
        usual = {"since": f"{add_months(last, -11):%Y-%m}", "until": f"{last:%Y-%m}"}
        super().__init__({**usual, **{k: v for k, v in asked.dict().items() if v}})
        choices = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in reversed(months)]
        for name in ("since", "until"):
            cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """From must not come after to."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "“To” must be the same month as “From” or a later one")
        return cleaned


class CompareForm(FilterForm):
    """Which months and which kind of service to compare."""

    period = forms.ChoiceField(label="Months", required=False)
    setting = forms.ChoiceField(
        label="Kind of service",
        required=False,
        choices=[("", "All kinds"), *Service.Setting.choices],
    )

    def __init__(self, asked: Any, *, spans: Iterable[Span]) -> None:
        super().__init__(asked)
        self.spans = {span.key: span for span in spans}
        choices = [(key, str(span)) for key, span in self.spans.items()]
        cast("forms.ChoiceField", self.fields["period"]).choices = choices

    @property
    def span(self) -> Span:
        """The months chosen; the first that are offered where none are."""
        usual = next(iter(self.spans.values()))
        return self.spans.get(self.cleaned_data["period"], usual) if self.is_valid() else usual

    @property
    def chosen_setting(self) -> str:
        """The setting chosen; empty for all."""
        return str(self.cleaned_data["setting"]) if self.is_valid() else ""


class PartnerForm(Form):
    """Another trust and its key."""

    submit = "Save partner"

    name = forms.CharField(label="Name of the trust", max_length=100)
    public_key = forms.CharField(
        label="Its public key",
        max_length=200,
        help_text="44 letters and numbers. The trust sends it to you, or shows it on its own "
        "“Partners” page.",
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_public_key(self) -> str:
        """The key in one line."""
        try:
            return tidied(self.cleaned_data["public_key"])
        except ValueError as error:
            message = "Enter the public key exactly as the other portal shows it"
            raise ValidationError(message) from error


class ReceiveForm(Form):
    """A file that a partner sent."""

    submit = "Bring it in"

    file = forms.FileField(
        label="The file",
        max_length=200,
        help_text="Its name ends in .json",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def document(self) -> bytes:
        """The bytes of the file; of one that is too large no more than shows that."""
        return bytes(self.cleaned_data["file"].read(LARGEST + 1))
