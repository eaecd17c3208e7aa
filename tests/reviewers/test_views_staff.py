"""People, for staff: who sees what, and what is recorded for a person."""

import pytest
from django.urls import reverse

from audit.models import Event
from organisation.models import TrustSettings
from reviewers.models import Exclusion, Reviewer
from tests.factories import ReviewerFactory, ServiceFactory


@pytest.fixture
def ada(db):
    """Somebody with everything that must not leak."""
    TrustSettings.objects.get_or_create(pk=1)
    reviewer = ReviewerFactory(
        reference="LXR-007",
        first_name="Ada",
        last_name="Okoro",
        access_needs="Needs a quiet room",
        experience="carer",
    )
    Exclusion.objects.create(reviewer=reviewer, service=ServiceFactory(name="Willow Ward"))
    return reviewer


PRIVATE = ("quiet room", "Willow Ward", "Carer")


@pytest.mark.parametrize(
    ("role", "sees"), [("coordinator", True), ("quality_lead", True),
                       ("checks_officer", False), ("administrator", False)],
)  # fmt: skip
def test_only_those_who_plan_see_what_people_told_us(client_as, ada, role, sees):
    response = client_as(role).get(reverse("reviewers:detail", args=[ada.pk]))
    assert ada.phone in response.text
    assert [words in response.text for words in PRIVATE] == [sees] * 3


@pytest.mark.parametrize(
    ("role", "sees"), [("coordinator", True), ("checks_officer", True), ("administrator", False)]
)
def test_readiness_is_shown_to_those_who_may_know(client_as, ada, role, sees):
    response = client_as(role).get(reverse("reviewers:detail", args=[ada.pk]))
    assert ("Checks under way" in response.text) is sees


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("oko", ["Ada Okoro"]),
        ("ADA", ["Ada Okoro"]),
        ("ada oko", ["Ada Okoro"]),
        ("lxr-007", ["Ada Okoro"]),
        ("koro", []),
        ("%", []),
        ("", ["Ben Ford", "Ada Okoro"]),
    ],
)
def test_people_are_found_by_the_start_of_their_name(client_as, ada, words, found):
    ReviewerFactory(first_name="Ben", last_name="Ford")
    response = client_as("coordinator").get(reverse("reviewers:list"), {"q": words})
    assert [str(person) for person in response.context["page"]] == found


def test_list_is_narrowed_by_stage(client_as, ada):
    ReviewerFactory(first_name="Ben", last_name="Ford", stage="enquiry")
    response = client_as("coordinator").get(reverse("reviewers:list"), {"stage": "enquiry"})
    assert [str(person) for person in response.context["page"]] == ["Ben Ford"]


def test_list_without_a_hit_says_what_to_do(client_as, ada):
    response = client_as("coordinator").get(reverse("reviewers:list"), {"q": "zz"})
    assert "Nobody is found." in response.text


@pytest.mark.parametrize(("told", "why"), [("phone", "phone"), ("paper", "paper"),
                                           ("correction", "")])  # fmt: skip
def test_coordinator_records_how_they_were_told(client_as, ada, told, why):
    response = client_as("coordinator").post(
        reverse("reviewers:access-needs", args=[ada.pk]), {"words": "Large print", "how": told}
    )
    assert response.status_code == 302
    ada.refresh_from_db()
    assert ada.access_needs == "Large print"
    event = Event.objects.get(person_id=ada.pk, action="changed access needs")
    assert event.why == why


@pytest.mark.parametrize("how", ["", "online", "pigeon"])
def test_coordinator_must_say_how_they_were_told(client_as, ada, how):
    response = client_as("coordinator").post(
        reverse("reviewers:access-needs", args=[ada.pk]), {"words": "Large print", "how": how}
    )
    assert response.status_code == 200
    ada.refresh_from_db()
    assert ada.access_needs == "Needs a quiet room"


def test_added_person_opens_on_their_page(client_as, db):
    client = client_as("coordinator")
    response = client.post(
        reverse("reviewers:add"),
        {"first_name": "Cal", "last_name": "Price", "phone": "1", "preferred_contact": "phone",
         "source": "service"},
    )  # fmt: skip
    person = Reviewer.objects.get()
    assert response["Location"] == reverse("reviewers:detail", args=[person.pk])
    assert (str(person), person.reference, person.stage) == ("Cal Price", "LXR-001", "enquiry")
    assert person.source == "service"


def test_reference_that_is_taken_is_a_form_error(client_as, ada):
    response = client_as("coordinator").post(
        reverse("reviewers:add"),
        {"first_name": "Cal", "last_name": "Price", "phone": "1", "preferred_contact": "phone",
         "reference": "LXR-007", "source": "service"},
    )  # fmt: skip
    assert "Somebody else has this reference." in response.text


def test_stage_is_moved_and_a_step_back_asks_why(client_as, ada):
    client, url = client_as("coordinator"), reverse("reviewers:stage", args=[ada.pk])
    response = client.post(url, {"to": "training"})
    assert "A step back needs a reason." in response.text
    client.post(url, {"to": "training", "reason": "Wants more practice"})
    ada.refresh_from_db()
    assert ada.stage == "training"


@pytest.mark.parametrize("to", ["", "paused", "enquiry", "nonsense"])
def test_stage_without_a_way_is_a_form_error(client_as, ada, to):
    url = reverse("reviewers:stage", args=[ada.pk])
    response = client_as("coordinator").post(url, {"to": to, "reason": "x"})
    assert response.status_code == 200
    ada.refresh_from_db()
    assert ada.stage == "active"


def test_refused_account_says_who_acts_for_them(client_as, ada):
    person = ReviewerFactory(user=None, email="", preferred_contact="post")
    response = client_as("coordinator").post(
        reverse("reviewers:account", args=[person.pk]), follow=True
    )
    assert "has no email address, so they cannot sign in." in response.text


def test_person_can_sign_in_after_one_press(client_as, ada):
    person = ReviewerFactory(user=None, email="cal@example.org")
    client_as("coordinator").post(reverse("reviewers:account", args=[person.pk]))
    person.refresh_from_db()
    assert person.user.email == "cal@example.org"
