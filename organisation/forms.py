"""The forms and filters of the trust's pages."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from nhsuk import forms as nhs
from nhsuk.filters import FilterSet
from nhsuk.forms import LONGEST_LINE
from organisation.models import (
    DBSLevel,
    Directorate,
    RoleVariant,
    Service,
    Site,
    TrustSettings,
    Workforce,
)
from organisation.policies import check_escort_is_arranged
from organisation.queries import without_contact
from rules import RuleBroken


class SettingsForm(nhs.ModelForm):
    """How this trust runs its programme. Sending is switched on and off on a page of its own."""

    submit = "Save settings"
    renewal_months = forms.IntegerField(
        label="DBS renewal interval, in months", min_value=1, max_value=120
    )
    status_check_months = forms.IntegerField(
        label="Months between status checks with the Update Service", min_value=1, max_value=36
    )
    answer_days = forms.IntegerField(
        label="Days to answer an invitation to a visit",
        min_value=1,
        max_value=60,
        help_text="After that it runs out, and the next person is asked.",
    )
    reserve_answer_hours = forms.IntegerField(
        label="Hours a reserve has to answer",
        min_value=1,
        max_value=48,
        help_text="Counted between the times at which messages go out.",
    )
    rest_days = forms.IntegerField(
        label="Days of rest between visits",
        min_value=0,
        max_value=14,
        help_text="Two visits on one day are one day out. Write 0 for no rest.",
    )
    feedback_link_days = forms.IntegerField(
        label="A feedback link works for, in days", min_value=1, max_value=365
    )
    review_every_months = forms.IntegerField(
        label="Each service is reviewed again after, in months", min_value=1, max_value=120
    )
    most_visits_a_week = forms.IntegerField(
        label="Warn when a week has more visits than", min_value=1, max_value=100
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
            "answer_days",
            "reserve_answer_hours",
            "rest_days",
            "review_every_months",
            "most_visits_a_week",
            "feedback_link_days",
            "renewal_months",
            "renewal_blocks_from",
            "status_check_months",
            "outcome_kept_months",
            "checks_before_training",
            "enquiries_open",
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
            "checks_before_training": "Checks must be ready before training",
            "enquiries_open": "Show the page “I’m interested”",
        }
        help_texts = {
            "team_name": "The way you would write it in a sentence: “ring the quality team”.",
            "mailbox": "Replies to messages arrive here.",
            "renewal_blocks_from": "Leave empty to let it count.",
            "checks_before_training": (
                "Then only people whose checks are ready are offered a place. Who has a place "
                "already keeps it, and a refresher does not ask for it."
            ),
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


class VariantForm(nhs.Form):
    """What an LXR does at a kind of service, and the check that goes with it."""

    submit = "Save this role"
    name = forms.CharField(max_length=120)
    activity = forms.CharField(
        label="What they do, and whom they meet",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="The level follows from this: what they do, and how they meet patients.",
    )
    is_regulated_activity = forms.BooleanField(
        label="This is regulated activity",
        help_text="Only then may the check look at the barred lists.",
        required=False,
    )
    level = forms.ChoiceField(
        label="Level of the DBS check", choices=DBSLevel.choices, widget=forms.RadioSelect
    )
    workforce = forms.ChoiceField(
        choices=Workforce.choices,
        widget=forms.RadioSelect,
        help_text="Whom they meet. It counts from an enhanced check upwards.",
    )
    legal_basis = forms.CharField(
        label="Legal basis for a check of this level",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class ServiceVariantForm(nhs.Form):
    """What an LXR does at one service."""

    submit = "Save"
    variant = forms.ModelChoiceField(
        label="What a Lived Experience Reviewer does here",
        queryset=RoleVariant.objects.order_by("name"),
        empty_label=None,
        help_text="The check that people need for a visit here follows from this.",
    )


class SiteForm(nhs.Form):
    """What a site asks of people who visit."""

    submit = "Save this site"
    address = forms.CharField(max_length=300, required=False)
    asks = forms.ChoiceField(
        label="What it asks beyond DBS", choices=Site.Asks.choices, widget=forms.RadioSelect
    )
    takes_escorted = forms.BooleanField(
        label="It takes escorted visits",
        help_text="Somebody from the site goes with people who are not cleared in full.",
        required=False,
    )
    escort_arranged_by = forms.CharField(
        label="Who arranges the escort", max_length=120, required=False
    )
    notice_days = forms.IntegerField(
        label="Days of notice for the gate list", min_value=0, max_value=365
    )
    identity_needed = forms.CharField(
        label="What people must bring to show who they are", max_length=200, required=False
    )
    phones_allowed = forms.BooleanField(label="Phones are allowed inside", required=False)
    form_lines = forms.CharField(
        label="The site’s form, as a list to tick off",
        help_text="One thing on each line, in the order it is done. For example: two references.",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )

    def clean_form_lines(self) -> list[str]:
        """Each line once, in order."""
        lines = [each.strip() for each in self.cleaned_data["form_lines"].splitlines()]
        long = [each for each in lines if len(each) > LONGEST_LINE]
        if long:
            message = f"Each line of the form must be {LONGEST_LINE} characters or less"
            raise forms.ValidationError(message)
        return list(dict.fromkeys(filter(None, lines)))

    def clean(self) -> dict[str, Any]:
        """Whoever arranges escorts does so where the site takes them."""
        given = super().clean() or {}
        try:
            check_escort_is_arranged(
                takes_escorted=bool(given.get("takes_escorted")),
                arranged_by=given.get("escort_arranged_by", ""),
            )
        except RuleBroken as broken:
            self.add_error("escort_arranged_by", str(broken))
        return given
