"""What can be sent about the year's programme."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from nhsuk import forms as nhs
from nhsuk.fields import SplitDateField
from organisation.models import Directorate, Service
from reviews.year.quarters import Quarter, quarter_called
from reviews.year.warning import MayClash


class DueForm(nhs.Form):
    """Which services to look at."""

    method = "get"
    submit = "Show services"

    quarter = forms.ChoiceField(label="Reviews due by the end of", required=False)
    directorate = forms.ModelChoiceField(
        queryset=Directorate.objects.order_by("name"), required=False, empty_label="All"
    )
    setting = forms.ChoiceField(choices=[("", "All"), *Service.Setting.choices], required=False)

    def __init__(self, *args: Any, quarters: Sequence[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(each.key, str(each)) for each in quarters]  # type: ignore[attr-defined]  # a ChoiceField
        self.quarters = quarters

    @property
    def chosen(self) -> Quarter:
        """The chosen one, else the first that is offered."""
        given = self.cleaned_data.get("quarter") if self.is_valid() else ""
        return quarter_called(given or "") or self.quarters[0]


class DaysForm(MayClash, nhs.Form):
    """A day for each service that was ticked."""

    submit = "Plan these reviews"
    meant = "Plan them on these days all the same"

    def __init__(
        self,
        *args: Any,
        services: Sequence[Service],
        proposed: Mapping[int, date | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services = services
        for service in services:
            self.fields[f"day_{service.pk}"] = SplitDateField(
                label=f"{service}", initial=proposed.get(service.pk), help_text=_about(service)
            )

    @property
    def visits(self) -> list[tuple[Service, date]]:
        """Each service with its day, once the form is valid."""
        return [(each, self.cleaned_data[f"day_{each.pk}"]) for each in self.services]


def _about(service: Service) -> str:
    site = service.site
    notice = f". The site asks for {site.notice_days} days of notice" if site.notice_days else ""
    return f"{service.directorate}, at {site}{notice}"
