"""Visits to confirm: nobody comes off one by itself, and all about checks reads alike."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from checks.models import SiteClearance
from notifications.models import Message
from programme.models import Keeping
from programme.releasing import operations
from programme.releasing.queries import to_confirm
from reviewers.models import Exclusion
from reviews.models import TeamMember
from reviews.operations import withdraw_invitation
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DBSCheckFactory,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    SiteFactory,
    UserFactory,
)
from tests.nets.growing import held
from tests.races import race

pytestmark = pytest.mark.django_db


def on_visit(person, **more):
    review = ReviewFactory(**more)
    return LXROnTeamFactory(review=review, reviewer=person, response="accepted", **held(review))


def open_places(user):
    return to_confirm(user, NOW, limit=50)


def reasons(user):
    return [str(each.why) for each in open_places(user)]


def keep(member, user, note="They told us they will come.", seen=None):
    found = {each.member.pk: each.seen for each in open_places(user)}
    return operations.keep(
        member=member, seen=seen or found[member.pk], note=note, by=user, now=NOW
    )


class TestWhoIsInDoubt:
    def test_who_is_ready_is_not(self, coordinator, trust):
        on_visit(ReadyReviewerFactory())

        assert reasons(coordinator) == []

    @pytest.mark.parametrize(
        ("stage", "words"),
        [
            ("paused", "taking a break"),
            ("left", "has left"),
            ("training", "not in the active stage"),
        ],
    )
    def test_who_is_not_active_is(self, stage, words, coordinator, trust):
        on_visit(ReadyReviewerFactory(stage=stage))

        assert reasons(coordinator) == [words]

    def test_every_delay_of_a_check_reads_alike(self, coordinator, trust):
        slow, waiting, refused = (ReviewerFactory() for _ in range(3))
        DBSCheckFactory(reviewer=slow, result="awaiting", issued_on=None, renewal_due_on=None)
        AssessmentFactory(check_made__reviewer=waiting)
        AssessmentFactory(
            check_made__reviewer=refused, decision="not approved", decided_on=TODAY,
            is_in_force=True,
        )  # fmt: skip
        for person in (slow, waiting, refused):
            on_visit(person)

        assert reasons(coordinator) == ["checks under way"] * 3

    def test_the_visits_own_site_is_asked(self, coordinator, trust):
        secure = ServiceFactory(site=SiteFactory(asks="vetting"))
        ready = ReadyReviewerFactory()
        member = on_visit(ready, service=secure)
        on_visit(ready, visit_on=TODAY + timedelta(days=3))

        assert [(each.member, str(each.why)) for each in open_places(coordinator)] == [
            (member, "does not fit this visit")
        ]
        SiteClearance.objects.create(
            reviewer=ready, site=secure.site, rung="cleared", decided_on=TODAY
        )
        assert reasons(coordinator) == []

    def test_shadows_and_reserves_are_asked_about_too(self, coordinator, trust):
        for role in ("shadow", "reserve"):
            member = on_visit(ReadyReviewerFactory(stage="paused"))
            member.role = role
            member.save()

        assert reasons(coordinator) == ["taking a break"] * 2

    def test_a_place_they_would_rather_not_go_to_reads_like_any_other(self, coordinator, trust):
        member = on_visit(ReadyReviewerFactory())
        on_visit(ReadyReviewerFactory())
        Exclusion.objects.create(reviewer=member.reviewer, service=member.review.service)

        [place] = open_places(coordinator)

        assert (place.member, str(place.why)) == (member, "does not fit this visit")

    def test_only_coming_visits_and_live_places_count(self, coordinator, trust):
        paused = ReadyReviewerFactory(stage="paused")
        LXROnTeamFactory(review=ReviewFactory(), reviewer=paused, response="declined")
        LXROnTeamFactory(review=ReviewFactory(status="cancelled"), reviewer=paused)
        LXROnTeamFactory(review=ReviewFactory(visit_on=TODAY - timedelta(days=1)), reviewer=paused)

        assert reasons(coordinator) == []

    def test_costs_as_much_for_many(self, coordinator, trust, django_assert_num_queries):
        for number in range(12):
            on_visit(ReviewerFactory(), visit_on=TODAY + timedelta(days=number))
        with django_assert_num_queries(8):
            assert len(to_confirm(coordinator, NOW, limit=50)) == 12


class TestKeeping:
    def test_nobody_is_kept_where_they_would_rather_not_go(self, coordinator, trust, client_as):
        member = on_visit(ReadyReviewerFactory())
        Exclusion.objects.create(reviewer=member.reviewer, service=member.review.service)

        with time_machine.travel(NOW):
            page = client_as(coordinator).get(reverse("programme:to_confirm")).content.decode()
        assert "Keep them" not in page
        assert "Take them off" in page
        with pytest.raises(RuleBroken, match="would rather not go"):
            keep(member, coordinator)

    def test_what_is_kept_is_asked_about_again_when_they_would_rather_not(self, coordinator, trust):
        service = ServiceFactory(site=SiteFactory(asks="vetting"))
        member = on_visit(ReadyReviewerFactory(), service=service)
        keep(member, coordinator)
        assert reasons(coordinator) == []

        Exclusion.objects.create(reviewer=member.reviewer, service=service)

        assert reasons(coordinator) == ["does not fit this visit"]

    def test_a_kept_place_rests_until_something_changes(self, coordinator, trust):
        paused = ReadyReviewerFactory(stage="paused")
        member = on_visit(paused)

        keep(member, coordinator)

        assert reasons(coordinator) == []
        paused.stage = "left"
        paused.save()
        assert reasons(coordinator) == ["has left"]

    def test_a_moved_visit_is_asked_about_again(self, coordinator, trust):
        member = on_visit(ReadyReviewerFactory(stage="paused"))
        keep(member, coordinator)

        member.review.visit_on += timedelta(days=7)
        member.review.save()

        assert reasons(coordinator) == ["taking a break"]

    @pytest.mark.parametrize("change", ["certificate", "decision"])
    def test_what_cannot_be_seen_wakes_nothing(self, change, coordinator, trust):
        """A disclosure that comes in while a place rests must not show by the place waking."""
        person = ReviewerFactory()
        check = DBSCheckFactory(
            reviewer=person, result="awaiting", issued_on=None, renewal_due_on=None
        )
        keep(on_visit(person), coordinator)

        check.result, check.issued_on = "disclosure", TODAY
        check.save()
        if change == "decision":
            AssessmentFactory(
                check_made=check, decision="not approved", opened_on=TODAY, decided_on=TODAY,
                is_in_force=True,
            )  # fmt: skip
        operations.forget_settled(now=NOW)

        assert reasons(coordinator) == []

    def test_it_is_audited_without_the_note(self, coordinator, trust):
        member = on_visit(ReadyReviewerFactory(stage="paused"))

        keep(member, coordinator, note="Knee is better by then")

        event = Event.objects.get(action="kept on a visit")
        assert (event.person_id, event.actor_id, event.fields) == (
            member.reviewer_id, coordinator.pk, ["note"],
        )  # fmt: skip
        assert Message.objects.count() == 0

    def test_kept_twice_is_kept_once(self, coordinator, trust):
        member = on_visit(ReadyReviewerFactory(stage="paused"))
        seen = open_places(coordinator)[0].seen

        first = keep(member, coordinator, seen=seen)
        second = keep(member, coordinator, note="Again", seen=seen)

        assert (first.pk, second.note) == (second.pk, first.note)
        assert Event.objects.filter(action="kept on a visit").count() == 1

    def test_another_state_than_was_seen_is_refused(self, coordinator, trust):
        member = on_visit(ReadyReviewerFactory(stage="paused"))

        with pytest.raises(RuleBroken, match="Something has changed"):
            keep(member, coordinator, seen="0" * 64)

    def test_who_can_go_again_is_refused(self, coordinator, trust):
        member = on_visit(ReadyReviewerFactory())

        with pytest.raises(RuleBroken, match="they can go"):
            keep(member, coordinator, seen="0" * 64)

    def test_who_is_off_the_visit_is_refused(self, coordinator, trust):
        member = on_visit(ReadyReviewerFactory(stage="paused"))
        seen = open_places(coordinator)[0].seen
        withdraw_invitation(member=member, by=coordinator, now=NOW)

        with pytest.raises(RuleBroken, match="no longer open"):
            keep(member, coordinator, seen=seen)

    def test_settled_decisions_are_forgotten_at_night(self, coordinator, trust):
        stays, back = (ReadyReviewerFactory(stage="paused") for _ in range(2))
        for person in (stays, back):
            keep(on_visit(person), coordinator)
        back.stage = "active"
        back.save()

        assert operations.forget_settled(now=NOW) == 1
        assert operations.forget_settled(now=NOW) == 0

        assert [kept.member.reviewer for kept in Keeping.objects.all()] == [stays]
        back.stage = "paused"
        back.save()
        assert reasons(coordinator) == ["taking a break"]


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_at_once_one_has_an_effect(trust):
    one, two = (UserFactory(roles=["coordinator"]) for _ in range(2))
    member = on_visit(ReadyReviewerFactory(stage="paused"))
    with time_machine.travel(NOW, tick=True):
        seen = open_places(one)[0].seen
        outcomes = race(
            lambda: withdraw_invitation(member=member, by=one, now=NOW),
            lambda: withdraw_invitation(member=member, by=two, now=NOW),
            lambda: operations.keep(member=member, seen=seen, note="Stays", by=two, now=NOW),
        )

    refused = [each for each in outcomes if isinstance(each, RuleBroken)]
    assert len(refused) + Keeping.objects.count() == 2
    assert Message.objects.count() == 1
    assert TeamMember.objects.get(pk=member.pk).response == "withdrawn"


class TestPages:
    def test_taking_off_asks_first_and_tells_the_person(self, coordinator, trust, client_as):
        member = on_visit(ReadyReviewerFactory(stage="paused"))
        client = client_as(coordinator)
        address = reverse("programme:take_off", args=[member.pk])

        with time_machine.travel(NOW):
            question = client.get(address).content.decode()
            assert Message.objects.count() == 0
            after = client.post(address, follow=True).content.decode()

        assert "they do not need to come this time" in question
        assert f"{member.reviewer} is off the visit. We will tell them." in after
        assert "There is nothing to decide." in after
        assert "It is nothing you did." in Message.objects.get().body

    def test_keeping_takes_a_note(self, coordinator, trust, client_as):
        member = on_visit(ReadyReviewerFactory(stage="paused"))
        client = client_as(coordinator)
        address = reverse("programme:keep", args=[member.pk])

        with time_machine.travel(NOW):
            seen = open_places(coordinator)[0].seen
            without = client.post(address, {"seen": seen, "note": ""}).content.decode()
            after = client.post(address, {"seen": seen, "note": "Back by then"}, follow=True)

        assert "Enter what you found out" in without
        assert f"{member.reviewer} stays on the visit." in after.content.decode()
        assert Keeping.objects.get().note == "Back by then"

    def test_a_place_decided_already_leads_back(self, coordinator, trust, client_as):
        member = on_visit(ReadyReviewerFactory())

        with time_machine.travel(NOW):
            page = client_as(coordinator).get(
                reverse("programme:keep", args=[member.pk]), follow=True
            )

        assert "nothing to decide about this any more" in page.content.decode()
