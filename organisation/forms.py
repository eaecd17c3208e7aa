"""The forms and filters of the trust's pages."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from nhsuk import forms as nhs
from nhsuk.filters import FilterSet
from organisation.models import Directorate, Service, TrustSettings
from organisation.queries import without_contact


class SettingsForm(nhs.ModelForm):
    """How this trust runs its programme. Sending is switched on and off on a page of its own."""

    submit = "Save settings"
    renewal_months = forms.IntegerField(
        label="DBS renewal interval, in months", min_value=1, max_value=120
    )
    refresher_months = forms.IntegerField(
        label="Training counts for, in months",
        help_text="Leave empty if it always counts.",
        min_value=1,
        max_value=120,
        required=False,
    )
    feedback_link_days = forms.IntegerField(
        label="A feedback link works for, in days", min_value=1, max_value=365
    )
    outcome_kept_months = forms.IntegerField(
        label="A check's number and outcome are kept for, in months after the decision",
        min_value=0,
        max_value=120,
    )

    class Meta:
        model = TrustSettings
        fields = [
            "team_name",
            "telephone",
            "mailbox",
            "send_from",
            "send_until",
            "safeguarding_line",
            "crisis_line",
            "feedback_link_days",
            "refresher_months",
            "renewal_months",
            "renewal_blocks_from",
            "outcome_kept_months",
        ]
        labels = {
            "team_name": "Name of the team",
            "telephone": "Team's telephone number",
            "mailbox": "Team's mailbox",
            "send_from": "Messages to Lived Experience Reviewers go out from",
            "send_until": "Messages to Lived Experience Reviewers go out until",
            "safeguarding_line": "If someone is at risk, ring",
            "crisis_line": "Help for the person themselves",
            "renewal_blocks_from": "A check past its renewal day stops counting from",
        }
        help_texts = {
            "team_name": "The way you would write it in a sentence: “ring the quality team”.",
            "mailbox": "Replies to messages arrive here.",
            "renewal_blocks_from": "Leave empty to let it count.",
            "safeguarding_line": "Shown on every form in which people write in their own words.",
            "crisis_line": "Shown on the same forms, for the person who writes.",
        }

    def clean(self) -> dict[str, Any]:
        """The end of the sending hours is after their start."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("send_from"), cleaned.get("send_until")
        if start and end and start >= end:
            self.add_error("send_until", "Enter a time after the one messages go out from")
        return cleaned


class ContactForm(nhs.Form):
    """Somebody to ask at a service."""

    submit = "Save contact"
    name = forms.CharField(max_length=150)
    email = forms.EmailField(
        label="Email address",
        required=False,
        help_text="Without one, a coordinator rings instead.",
    )


class ChangeContactForm(ContactForm):
    """A contact who is there already."""

    is_active = forms.BooleanField(
        label="Ask this person for feedback",
        help_text="Take this away when they have left the service.",
        required=False,
    )


class ServiceFilter(FilterSet):
    """Narrows the list of services."""

    name = django_filters.CharFilter(label="Name", lookup_expr="icontains")
    directorate = django_filters.ModelChoiceFilter(
        label="Directorate", queryset=Directorate.objects.order_by("name"), empty_label="All"
    )
    contact = django_filters.ChoiceFilter(
        label="Contact",
        choices=[("none", "Nobody to ask yet")],
        empty_label="All",
        method="only_without_contact",
    )

    def only_without_contact(
        self, services: QuerySet[Service], name: str, value: str
    ) -> QuerySet[Service]:
        """Services at which nobody with an address could be asked."""
        return without_contact(services)
