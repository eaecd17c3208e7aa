"""Legal holds: placed with a reason, listed, lifted."""

import pytest
from django.utils import timezone

from audit.models import Event
from programme.models import LegalHold
from programme.retention import holds
from rules import RuleBroken
from tests.factories import NOW, ReviewerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def governance(client_as):
    return client_as("governance")


def place(client, reference="LXR-1", reason="A claim of June"):
    return client.post(
        "/retention/holds/place/", {"reference": reference, "reason": reason}, follow=True
    )


def test_a_hold_is_placed_with_its_reason_and_lifted(governance):
    person = ReviewerFactory(reference="LXR-1")
    page = place(governance, reference=" lxr-1 ")

    hold = LegalHold.objects.get()
    assert (hold.reviewer, hold.reason, hold.placed_by) == (
        person, "A claim of June", governance.user,
    )  # fmt: skip
    assert holds.is_held(person)
    assert "A claim of June" in page.content.decode()

    governance.post(f"/retention/holds/{hold.pk}/lift/")
    hold.refresh_from_db()
    assert hold.lifted_by == governance.user
    assert not holds.is_held(person)


def test_the_events_say_who_was_held_and_not_why(governance):
    person = ReviewerFactory(reference="LXR-1")
    place(governance)
    governance.post(f"/retention/holds/{LegalHold.objects.get().pk}/lift/")

    events = Event.objects.filter(object_type="programme.legalhold").order_by("pk")
    assert [(each.action, each.person_id, each.fields, each.why) for each in events] == [
        ("placed a legal hold", person.pk, ["reason"], ""),
        ("lifted a legal hold", person.pk, [], ""),
    ]


def test_the_same_form_twice_is_one_hold(governance):
    ReviewerFactory(reference="LXR-1", first_name="Ada", last_name="Moss")
    place(governance)
    again = place(governance).content.decode()

    assert LegalHold.objects.count() == 1
    assert "There is a hold on Ada Moss already." in again


def test_lifting_twice_is_once(governance):
    ReviewerFactory(reference="LXR-1")
    place(governance)
    hold = LegalHold.objects.get()
    other = UserFactory()
    holds.lift(hold=hold, by=other, now=timezone.now())
    governance.post(f"/retention/holds/{hold.pk}/lift/")

    assert LegalHold.objects.get().lifted_by == other


def test_a_lifted_one_may_be_followed_by_another():
    person, by = ReviewerFactory(), UserFactory()
    holds.lift(hold=holds.place(reviewer=person, reason="1", by=by, now=NOW), by=by, now=NOW)
    holds.place(reviewer=person, reason="2", by=by, now=NOW)

    assert holds.is_held(person)
    with pytest.raises(RuleBroken, match="already"):
        holds.place(reviewer=person, reason="3", by=by, now=NOW)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"reference": "LXR-9"}, "There is nobody with this reference"),
        ({"reason": " "}, "Enter an answer|Enter why"),
    ],
)
def test_what_is_missing_is_said(governance, given, says):
    ReviewerFactory(reference="LXR-1")
    page = place(governance, **given)

    assert not LegalHold.objects.exists()
    assert any(each in page.content.decode() for each in says.split("|"))


def test_nobody_held_says_what_to_do(governance):
    page = governance.get("/retention/holds/").content.decode()
    assert "Nobody’s data are held. Place a hold when somebody asks for it in law" in page


class TestTheOverview:
    def test_counts_what_would_go_on_a_day(self, governance, trust, time_machine):
        time_machine.move_to(NOW)
        person = ReviewerFactory()
        person.times_away.create(starts_on="2026-06-01", ends_on="2026-06-02")

        def due(**asked):
            rows = governance.get("/retention/", asked).context["due"]
            return {row.label: row.count for row in rows}["reviewers.timeaway"]

        assert due() == 0
        assert due(as_at="2027-06-01") == 0
        assert due(as_at="2027-06-02") == 1
        assert due(as_at="nonsense") == 0
        holds.place(reviewer=person, reason="A claim", by=UserFactory(), now=NOW)
        assert due(as_at="2027-06-02") == 0
