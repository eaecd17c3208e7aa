"""What is done to several people who were ticked: each on their own, with a reason for the rest."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Event
from notifications.models import Message
from organisation.models import TrustSettings
from reviewers import operations
from reviewers.models import RoleDescription, Stage
from rules import RuleBroken
from tests.factories import NOW, TODAY, ReviewerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any, trust: Any) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def coordinator(client_as: Any) -> Any:
    return client_as("coordinator")


@pytest.fixture
def version() -> RoleDescription:
    return RoleDescription.objects.create(
        number=2, words="New", published_at=NOW - timedelta(days=40), needed_from=TODAY
    )


def press(client: Any, name: str, *people: Any, **more: Any) -> Any:
    sent = {"person": [person.pk for person in people], **more}
    return client.post(reverse(f"reviewers:{name}"), sent, follow=True)


class TestMovingOn:
    def test_the_same_note_stands_in_the_history_of_each(self, coordinator: Any) -> None:
        people = [ReviewerFactory(stage="interview") for _ in range(2)]
        chosen = {"start": "interview", "to": "checks", "person": [each.pk for each in people]}

        asked = coordinator.get(reverse("reviewers:move-on"), chosen)
        assert "Is there anything to note?" in asked.text
        done = press(
            coordinator, "move-on", *people, start="interview", to="checks",
            note=" Met at the open day ",
        )  # fmt: skip

        assert "2 people are now at the stage “Checks”." in done.text
        notes = [each.stage_changes.get().note for each in people]
        assert notes == ["Met at the open day"] * 2

    def test_a_note_has_an_end(self, coordinator: Any) -> None:
        person = ReviewerFactory(stage="interview")

        press(coordinator, "move-on", person, start="interview", to="checks", note="x" * 301)

        person.refresh_from_db()
        assert person.stage == "interview"


class TestSigningIn:
    def test_each_gets_an_account_and_is_told_how(self, coordinator: Any) -> None:
        one, two = ReviewerFactory(user=None), ReviewerFactory(user=None, first_name="Bo")
        has_one = ReviewerFactory(first_name="Cy", last_name="Hart")
        without = ReviewerFactory(
            user=None, email="", preferred_contact="phone", first_name="Di", last_name="Lee"
        )
        left = ReviewerFactory(user=None, stage="left", first_name="Ed", last_name="Fox")
        shared = [ReviewerFactory(user=None, email=each) for each in ("A@b.org", "a@b.org")]
        people = [one, two, has_one, without, left, shared[0]]

        asked = coordinator.get(
            reverse("reviewers:sign-in-together"), {"person": [each.pk for each in people]}
        )
        assert {each.pk for each in asked.context["going"]} == {one.pk, two.pk}
        assert "Cy Hart can sign in already." in asked.text
        assert "Di Lee has no email address" in asked.text
        assert "Ed Fox has left the programme." in asked.text
        assert "shares their email address" in asked.text
        done = press(coordinator, "sign-in-together", *people)

        assert "2 people are able to sign in now. We tell them how." in done.text
        assert "Di Lee has no email address" in done.text
        for person in (one, two):
            person.refresh_from_db()
            assert person.user is not None
            assert person.user.roles == ["lxr"]
        told = Message.objects.filter(kind="can-sign-in").values_list("about_id", flat=True)
        assert set(told) == {one.pk, two.pk}

        again = press(coordinator, "sign-in-together", one, two)
        assert "They are able to sign in already." in again.text
        assert Message.objects.filter(kind="can-sign-in").count() == 2


class TestReminding:
    def test_who_has_not_signed_is_asked_once_a_day(self, coordinator: Any, version: Any) -> None:
        waiting = ReviewerFactory(stage="checks", first_name="Ada", last_name="Okoro")
        signed = ReviewerFactory(signed_version=2, first_name="Bo", last_name="Hall")
        early = ReviewerFactory(stage="enquiry", first_name="Cy", last_name="Hart")

        asked = coordinator.get(
            reverse("reviewers:remind-together"),
            {"person": [waiting.pk, signed.pk, early.pk]},
        )
        assert asked.context["going"] == [waiting]
        assert "Bo Hall has signed the role description." in asked.text
        assert "Cy Hart is at the stage “Enquiry”: nobody signs" in asked.text
        done = press(coordinator, "remind-together", waiting, signed, early)

        assert "1 person is reminded to read and sign the role description." in done.text
        message = Message.objects.get(kind="role-description")
        assert (message.about_id, message.recipient_id) == (waiting.pk, waiting.pk)
        assert "The role description for Lived Experience Reviewers has changed." in message.body
        event = Event.objects.get(action="reminded of the role description")
        assert event.person_id == waiting.pk

        again = press(coordinator, "remind-together", waiting)
        assert "They are reminded today already." in again.text
        assert Message.objects.filter(kind="role-description").count() == 1

    def test_who_was_asked_is_left_in_peace_for_a_week(
        self, coordinator: Any, version: Any, time_machine: Any
    ) -> None:
        person = ReviewerFactory(stage="checks", first_name="Ada", last_name="Okoro")
        press(coordinator, "remind-together", person)

        time_machine.move_to(NOW + timedelta(days=6))
        early = press(coordinator, "remind-together", person)
        time_machine.move_to(NOW + timedelta(days=7))
        done = press(coordinator, "remind-together", person)

        assert "Ada Okoro was asked on 10 June 2026. Give them a week." in early.text
        assert "1 person is reminded" in done.text

    def test_a_page_of_theirs_leads_to_it(self, coordinator: Any, version: Any) -> None:
        person = ReviewerFactory()
        page = coordinator.get(reverse("reviewers:detail", args=[person.pk])).text
        assert f"{reverse('reviewers:remind-together')}?person={person.pk}" in page

        person.signed_version = 2
        person.save()
        page = coordinator.get(reverse("reviewers:detail", args=[person.pk])).text
        assert "Remind them to read and sign it" not in page

    def test_nobody_is_reminded_of_nothing_or_while_nothing_is_sent(self) -> None:
        person, by = ReviewerFactory(stage="checks", role_description_signed_on=None), UserFactory()
        with pytest.raises(RuleBroken, match="No role description is published"):
            operations.remind_to_sign(reviewer=person, by=by, now=NOW)

        RoleDescription.objects.create(
            number=1, words="You visit.", published_at=NOW, needed_from=TODAY
        )
        TrustSettings.objects.update(sending_on_since=None)
        with pytest.raises(RuleBroken, match="Sending is not switched on"):
            operations.remind_to_sign(reviewer=person, by=by, now=NOW)


@pytest.mark.parametrize("name", ["sign-in-together", "remind-together"])
def test_nobody_ticked_is_said(name: str, coordinator: Any) -> None:
    assert "Tick at least one person" in press(coordinator, name).text


def test_one_who_cannot_holds_nobody_else_up(coordinator: Any) -> None:
    gone, going = ReviewerFactory(stage="left"), ReviewerFactory(stage="checks")

    outcomes = operations.move_on_together(
        reviewers=[gone, going], start=Stage.CHECKS, to=Stage.TRAINING, by=UserFactory(), now=NOW
    )

    assert [each.is_done for each in outcomes] == [False, True]


@pytest.mark.parametrize("stage", ["active", "checks"])
def test_people_are_ticked_on_the_list_too(stage: str, coordinator: Any, client_as: Any) -> None:
    for each in ("checks", "active"):
        ReviewerFactory(stage=each)
    address = reverse("reviewers:list") + f"?stage={stage}"

    page = coordinator.get(address).text

    assert "Let those I ticked sign in" in page
    assert "Remind those I ticked of the role description" in page
    assert ("Move those I ticked" in page) is (stage == "checks")
    assert "Let those I ticked" not in client_as("checks_officer").get(address).text
