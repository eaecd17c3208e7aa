"""Who answers, by audience and directorate."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from feedback.rates import rates
from nhsuk.fields import SplitDateField
from nhsuk.forms import Form


class DaysForm(Form):
    """The first and the last day of the visits that are counted."""

    method = "get"
    submit = "Show"

    since = SplitDateField(label="Visits from")
    until = SplitDateField(label="Visits until")

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            raise forms.ValidationError("The last day must be on or after the first")
        return cleaned


@require_safe
@requires(Permission.SEE_FEEDBACK)
def response_rates(request: SignedInRequest) -> HttpResponse:
    """Asked, reminded, received and declined; over the last year unless other days are asked."""
    until = timezone.localdate()
    days: dict[str, date] = {"since": until - relativedelta(years=1), "until": until}
    is_asked = any(name.startswith(("since", "until")) for name in request.GET)
    form = DaysForm(request.GET if is_asked else None, initial=days)
    if form.is_valid():
        days = {"since": form.cleaned_data["since"], "until": form.cleaned_data["until"]}
    context = {"form": form, "days": days, "rates": rates(**days)}
    return render(request, "feedback/rates.html", context)
