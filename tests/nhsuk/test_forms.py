"""What forms refuse, in which words, and that nothing sent breaks them."""

from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from nhsuk.fields import SplitDateField, TimeField
from nhsuk.forms import Form, IdField, ModelForm
from organisation.models import Site
from tests.factories import SiteFactory


class VisitForm(Form):
    name = forms.CharField(label="Full name", help_text="As on the badge")
    visit_on = SplitDateField(label="Visit date")
    starts_at = TimeField(label="Start", required=False)
    rating = forms.IntegerField(label="Impact", min_value=0, max_value=10, required=False)
    size = forms.IntegerField(label="Size", required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    answer = forms.ChoiceField(
        label="Can you come?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        required=False,
    )
    thing = IdField(required=False)


def sent(**values: Any) -> VisitForm:
    return VisitForm({"name": "Ada", "visit_on": "2026-06-10"} | values)


def error(field: str, **values: Any) -> list[str]:
    return list(sent(**values).errors.get(field, []))


def test_good_values_come_through() -> None:
    form = sent(starts_at="9.30am", rating="8", answer="yes", thing="7")
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "name": "Ada", "visit_on": date(2026, 6, 10), "starts_at": time(9, 30), "rating": 8,
        "size": None, "note": "", "answer": "yes", "thing": 7,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "\udfff"])
def test_unusable_characters_are_an_error(text: str) -> None:
    for field in ("name", "note"):
        assert error(field, **{field: text}) == ["This contains a character that cannot be used"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Enter full name"),
        ("name", "x" * 201, "Full name must be 200 characters or less"),
        ("note", "x" * 5001, "Note must be 5,000 characters or less"),
        ("rating", "11", "Impact must be 10 or less"),
        ("rating", "-1", "Impact must be 0 or more"),
        ("rating", "9" * 5000, "Impact must be a whole number, like 8"),
        ("rating", "8.5", "Impact must be a whole number, like 8"),
        ("size", "9" * 30, "Size must be 2,147,483,647 or less"),
        ("answer", "maybe", "Select one of the options"),
        ("starts_at", "25:00", "Start must be a time, like 9:30am or 14:00"),
        ("starts_at", "²:30", "Start must be a time, like 9:30am or 14:00"),
        ("visit_on", "2026-02-29", "Visit date must be a real date, like 27 3 2026"),
        ("visit_on", "\x00", "Visit date must be a real date, like 27 3 2026"),
    ],
)
def test_words_of_errors(field: str, value: str, message: str) -> None:
    assert error(field, **{field: value}) == [message]


@pytest.mark.parametrize(
    ("day", "month", "year", "message"),
    [
        ("", "", "", "Enter visit date"),
        ("3", "", "2026", "Visit date must include a month"),
        ("3", "", "", "Visit date must include a month and year"),
        ("29", "2", "2026", "Visit date must be a real date, like 27 3 2026"),
        ("1", "1", "26", "Visit date must have a year between 1900 and 2100"),
        ("1", "1", "9" * 50, "Visit date must be a real date, like 27 3 2026"),
        ("x", "1", "2026", "Visit date must be a real date, like 27 3 2026"),
    ],
)
def test_date_says_which_part_is_wrong(day: str, month: str, year: str, message: str) -> None:
    form = VisitForm(
        {"name": "Ada", "visit_on_day": day, "visit_on_month": month, "visit_on_year": year}
    )
    assert form.errors["visit_on"] == [message]


def test_month_may_be_a_word_and_leap_days_are_real() -> None:
    form = VisitForm(
        {"name": "Ada", "visit_on_day": "29", "visit_on_month": "Feb", "visit_on_year": "2028"}
    )
    assert form.is_valid()
    assert form.cleaned_data["visit_on"] == date(2028, 2, 29)


@pytest.mark.parametrize("value", ["0", "-1", str(2**63), "x", "9" * 400])
def test_id_out_of_bounds_is_an_error(value: str) -> None:
    assert not sent(thing=value).is_valid()


def test_field_added_later_is_bounded_too() -> None:
    form = sent(extra="a\x00")
    form.fields["extra"] = forms.CharField()
    assert form.errors["extra"] == ["This contains a character that cannot be used"]


@pytest.mark.django_db
def test_choices_from_the_database_refuse_what_no_id_can_be() -> None:
    site = SiteFactory()

    class SitesForm(Form):
        sites = forms.ModelMultipleChoiceField(Site.objects.all())
        site = forms.ModelChoiceField(Site.objects.all())

    for value in (str(2**70), "x", "\x00", "-1"):
        data = QueryDict(mutable=True)
        data.setlist("sites", [str(site.pk), value])
        data["site"] = value
        assert set(SitesForm(data).errors) == {"sites", "site"}


def test_model_form_asks_for_dates_in_three_boxes() -> None:
    class PlainForm(ModelForm):
        class Meta:
            model = Site
            fields = ("name",)

    assert PlainForm.base_fields["name"].__class__ is forms.CharField


def drawn(form: Form) -> str:
    context = Context({"form": form, "request": RequestFactory().get("/")})
    return Template("{% error_prefix %}{% error_summary %}{% crispy form %}").render(context)


def test_errors_are_counted_listed_and_linked() -> None:
    page = drawn(
        VisitForm({"visit_on_day": "3", "visit_on_year": "2026", "note": "</textarea><script>"})
    )
    assert page.startswith("Error: 2 problems – ")
    assert '<a href="#id_name">Enter full name</a>' in page
    assert '<a href="#id_visit_on_month">Visit date must include a month</a>' in page
    assert 'id="id_visit_on_month"' in page
    assert "<script" not in page


def test_form_without_errors_has_no_summary() -> None:
    page = drawn(VisitForm())
    assert page.lstrip().startswith("<form")
    assert "error" not in page
    assert "Note (optional)" in page
    assert "As on the badge" in page
