"""A person's own pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from audit.models import Event
from nhsuk.words import with_phones
from organisation.models import TrustSettings
from tests.factories import ReviewerFactory, ServiceFactory, UserFactory


@pytest.fixture
def me(client_as):
    """A signed-in LXR: their browser, with the person beside it."""
    TrustSettings.objects.get_or_create(pk=1)
    reviewer = ReviewerFactory(first_name="Ada", last_name="Okoro")
    client = client_as(reviewer.user)
    client.reviewer = reviewer
    return client


def test_own_change_says_nothing_about_how(me):
    response = me.post(
        reverse("own-reviewers:details"),
        {"first_name": "Ada", "last_name": "Obi", "phone": "1", "preferred_contact": "phone"},
        follow=True,
    )
    assert "The details are saved." in response.text
    me.reviewer.refresh_from_db()
    assert str(me.reviewer) == "Ada Obi"
    assert Event.objects.get(person_id=me.reviewer.pk, action="changed details").why == ""


def test_nobody_changes_the_address_they_sign_in_with(me):
    before = me.reviewer.email
    me.post(
        reverse("own-reviewers:details"),
        {"first_name": "Ada", "last_name": "Okoro", "preferred_contact": "email",
         "email": "new@example.org"},
    )  # fmt: skip
    me.reviewer.refresh_from_db()
    assert me.reviewer.email == before


def test_way_without_an_address_is_a_form_error(me):
    response = me.post(
        reverse("own-reviewers:details"),
        {"first_name": "Ada", "last_name": "Okoro", "preferred_contact": "post"},
    )
    assert response.status_code == 200
    assert "Enter a postal address, or choose another way to hear from us." in response.text


@pytest.mark.parametrize("words", ["a\x00b", "x" * 2001])
def test_unusable_words_are_a_form_error(me, words):
    response = me.post(reverse("own-reviewers:access-needs"), {"words": words})
    assert response.status_code == 200
    assert "There is a problem" in response.text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"weekdays": ["7"], "visits_a_month": "1"},
        {"weekdays": ["0"], "visits_a_month": "0"},
        {"weekdays": ["0"], "visits_a_month": "9" * 30},
    ],
)
def test_impossible_availability_is_a_form_error(me, sent):
    response = me.post(reverse("own-reviewers:availability"), sent)
    assert response.status_code == 200
    assert "There is a problem" in response.text


@pytest.mark.parametrize(("day", "month", "year"), [("29", "2", "2027"), ("1", "13", "2027")])
def test_day_that_is_none_is_a_form_error(me, day, month, year):
    response = me.post(
        reverse("own-reviewers:away"),
        {"starts_on_day": day, "starts_on_month": month, "starts_on_year": year},
    )
    assert "must be a real date" in response.text
    assert not me.reviewer.times_away.exists()


def test_places_are_chosen_directorate_by_directorate(me):
    first, second, third = ServiceFactory(), ServiceFactory(), ServiceFactory()
    for each in (first, third):
        me.post(
            reverse("own-reviewers:exclusions", args=[each.directorate_id]),
            {"services": [each.pk]},
        )
    held = set(me.reviewer.exclusions.values_list("service_id", flat=True))
    assert held == {first.pk, third.pk}
    page = me.get(reverse("own-reviewers:places")).text
    assert [each.name in page for each in (first, second, third)] == [True, False, True]


def test_place_of_another_directorate_is_a_form_error(me):
    here, there = ServiceFactory(), ServiceFactory()
    response = me.post(
        reverse("own-reviewers:exclusions", args=[here.directorate_id]), {"services": [there.pk]}
    )
    assert "There is a problem" in response.text
    assert not me.reviewer.exclusions.exists()


def test_pause_is_one_press_and_can_get_a_last_day(me):
    response = me.post(reverse("own-reviewers:pause"), follow=True)
    assert "You are on a pause" in response.text
    until = localdate() + timedelta(days=30)
    me.post(reverse("own-reviewers:pause-until"), {"until": until.isoformat()})
    me.reviewer.refresh_from_db()
    assert (me.reviewer.stage, me.reviewer.paused_until) == ("paused", until)


def test_coming_back_twice_says_so(me):
    me.post(reverse("own-reviewers:pause"))
    me.post(reverse("own-reviewers:come-back"))
    response = me.post(reverse("own-reviewers:come-back"), follow=True)
    assert "is not on a pause" in response.text


def test_free_text_says_whom_to_ring(me):
    response = me.get(reverse("own-reviewers:access-needs"))
    assert "This is not read straight away." in response.text
    assert with_phones("the safeguarding team on 020 7946 0111") in response.text
    assert with_phones("NHS 111, and choose option 2") in response.text


def test_lxr_account_without_a_person_finds_nothing(client_as):
    client = client_as(UserFactory(roles=["lxr"]))
    assert client.get(reverse("own-reviewers:menu")).status_code == 404
