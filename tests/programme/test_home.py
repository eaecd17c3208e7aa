from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from insights.reports.models import BoardReport
from notifications.models import Message
from programme.home.queries import work_of
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    ContactFactory,
    LXROnTeamFactory,
    PlaceFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    StaffFactory,
    StaffOnTeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def lines(user, heading, now=NOW):
    work = {each.heading: each for each in work_of(user, now)}[heading]
    return [(line.text, line.note, line.tag) for line in work.lines]


def at_service(**service):
    place = ServiceFactory(**service)
    ContactFactory(service=place)
    return place


def test_coming_visits_without_an_lxr_stand_soonest_first_and_harder_ones_are_marked(
    coordinator, trust
):
    later = at_service(name="Larch Ward")
    sooner = at_service(name="Medium Secure Unit", setting="secure")
    ReviewFactory(service=later, visit_on=TODAY + timedelta(days=9))
    asked = ReviewFactory(service=sooner, visit_on=TODAY + timedelta(days=1))
    LXROnTeamFactory(review=asked)
    LXROnTeamFactory(
        review=ReviewFactory(service=later, visit_on=TODAY + timedelta(days=2)),
        response="accepted",
    )

    assert lines(coordinator, "Coming visits without a Lived Experience Reviewer") == [
        (
            "Medium Secure Unit",
            "11 June 2026, tomorrow. 1 asked, no answer yet",
            "Harder to reach",
        ),
        ("Larch Ward", "19 June 2026, in 9 days. Nobody has been asked yet", ""),
    ]


def test_a_visit_soon_that_somebody_can_no_longer_come_to_stands_until_it_is_covered_again(
    coordinator, trust
):
    def dropped_out(days, **more):
        review = ReviewFactory(
            service=at_service(name=f"Ward {days}"), visit_on=TODAY + timedelta(days=days)
        )
        LXROnTeamFactory(review=review, **{"response": "withdrawn"} | more)
        return review

    LXROnTeamFactory(review=dropped_out(2))
    LXROnTeamFactory(review=dropped_out(3), response="accepted")
    dropped_out(4, taken_back="plans")
    dropped_out(5, asked_for=TODAY)
    dropped_out(14)
    dropped_out(15)

    assert lines(coordinator, "Visits soon that somebody can no longer come to") == [
        ("Ward 2", "12 June 2026, in 2 days. 1 asked, no answer yet", ""),
        ("Ward 14", "24 June 2026, in 14 days. Nobody has been asked yet", ""),
    ]


def test_a_pause_that_leaves_a_visit_open_is_told_without_its_reason(coordinator, trust):
    member = LXROnTeamFactory(response="accepted")
    member.reviewer.stage = "paused"
    member.reviewer.save()

    told = lines(coordinator, "People on a visit who may not be able to go any more")

    assert told == [
        (str(member.reviewer), f"{member.review.service}, 8 July 2026: taking a break", "")
    ]


def test_a_board_report_waits_for_whoever_approves_it_once_it_is_written(coordinator, trust):
    lead = UserFactory(roles=["quality_lead"])
    month = {"since": TODAY.replace(day=1), "made_at": NOW, "made_by": coordinator}
    report = BoardReport.objects.create(title="Board report", until=month["since"], **month)
    heading = "Board reports to read and approve"
    assert lines(lead, heading) == []

    report.headline, report.counted_at, report.figures = "All went well.", NOW, {}
    report.save()

    assert lines(lead, heading) == [
        ("Board report, June 2026", f"started on 10 June 2026 by {coordinator}", "")
    ]
    assert lines(coordinator, heading) == []


def test_people_who_cannot_be_reached_the_way_they_like_are_told(coordinator, trust):
    ReviewerFactory(first_name="Ada", last_name="Lane", preferred_contact="post", address="")
    ReviewerFactory(preferred_contact="phone", phone="", stage="left")
    ReviewerFactory(preferred_contact="text", phone="0770")

    assert lines(coordinator, "People we cannot reach the way they like") == [
        ("Ada Lane", "They like post, but no postal address is recorded.", "")
    ]


def test_a_service_without_an_address_is_told(coordinator, trust):
    ServiceFactory(name="Podiatry")
    at_service(name="Larch Ward")

    assert lines(coordinator, "Services without a contact") == [
        ("Podiatry", "Nobody can be asked for feedback.", "")
    ]


def test_a_visit_that_is_over_is_recorded_by_its_lead(trust):
    lead = UserFactory(roles=["visit_lead"])
    over = ReviewFactory(visit_on=TODAY - timedelta(days=1))
    StaffOnTeamFactory(review=over, staff=StaffFactory(user=lead))
    StaffOnTeamFactory(review=ReviewFactory(visit_on=TODAY - timedelta(days=1)))

    assert lines(lead, "Visits to record") == [
        (f"Record who came to {over.service}", "9 June 2026", "")
    ]


def test_a_lead_finds_the_visits_to_come(trust):
    lead = UserFactory(roles=["visit_lead"])
    soon = ReviewFactory(visit_on=TODAY + timedelta(days=3))
    StaffOnTeamFactory(review=soon, staff=StaffFactory(user=lead))
    StaffOnTeamFactory(review=ReviewFactory(visit_on=TODAY + timedelta(days=3)))

    assert lines(lead, "Visits you lead") == [(soon.service.name, "13 June 2026, in 3 days", "")]


def test_a_message_that_could_not_be_sent_is_not_taken_for_one_without_an_answer(
    coordinator, trust
):
    for name, state in (("Asha Bell", "failed"), ("Somebody else", "waiting")):
        Message.objects.create(
            key=name, kind="invitation", recipient_kind="reviewer", recipient_id=1,
            recipient_name=name, channel="email", address="a@example.org", state=state,
            subject="Can you come?", body="Please say.", queued_at=NOW, due_at=NOW,
        )  # fmt: skip

    assert lines(coordinator, "Messages that could not be sent") == [
        ("Asha Bell", "Can you come?, 10 June 2026", "")
    ]


def test_trained_people_without_a_visit_stand_with_the_reason_and_the_next_step(
    coordinator, trust, time_machine
):
    time_machine.move_to(NOW)
    ReviewFactory(service=at_service())
    person = ReadyReviewerFactory(first_name="Cal")

    assert lines(coordinator, "Trained people who have not been on a visit") == [
        (
            str(person),
            "Never asked, trained on 22 November 2025. Ask Cal how they would like to start.",
            "Waiting long",
        )
    ]


def test_first_visits_to_talk_about_and_people_who_were_missed(coordinator, trust):
    been = LXROnTeamFactory(
        review=ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=90)),
        response="accepted",
        attended=True,
    ).reviewer
    missed = PlaceFactory(outcome="did not attend", session__held_on=TODAY).reviewer

    assert lines(coordinator, "First visits to talk about") == [
        (f"Talk with {been}", "first visit on 12 March 2026", "")
    ]
    assert lines(coordinator, "People who did not come to training") == [
        (f"Get in touch with {missed}", "LXR workshop, 10 June 2026", "")
    ]


def test_activation_stands_beside_coverage(client_as, trust):
    for _ in range(2):
        ReadyReviewerFactory()
    been = LXROnTeamFactory(
        review=ReviewFactory(status="completed", visit_on=timezone.localdate()),
        response="accepted",
        attended=True,
    ).reviewer
    assert been.places.exists()

    seen = client_as("coordinator").get(reverse("home")).content.decode()
    observed = client_as("observer").get(reverse("home")).content.decode()

    assert "Of all trained people, <strong>1 of 3 (33.3%)</strong> have been" in seen
    assert "Of all trained people" not in observed  # fewer than five


def test_a_long_home_says_in_short_what_there_is(coordinator, trust, client_as, time_machine):
    time_machine.move_to(NOW, tick=False)
    for _ in range(6):
        LXROnTeamFactory()
    ReadyReviewerFactory(stage="training")

    page = " ".join(client_as(coordinator).get(reverse("home")).content.decode().split())

    assert "Invitations without an answer</a>: more than 5" in page
    assert 'href="#work-1">Coming visits without a Lived Experience Reviewer</a>: more' in page
    assert "People on their way to their first visit</a>: 1" in page


def test_an_lxr_arrives_at_their_next_visit(client_as):
    person = ReviewerFactory()

    assert client_as(person.user).get(reverse("home")).headers["Location"] == reverse(
        "own-reviews:next"
    )


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("checks_officer", "Open the checks team’s work list"),
        ("second_approver", "No decision is waiting for you to approve."),
        ("visit_lead", "See the visits you lead"),
        ("administrator", "Users, roles and lists"),
        ("governance", "Read the access log"),
        ("observer", "See all figures"),
    ],
)
def test_every_role_finds_its_way_from_home(role, words, client_as, trust):
    assert words in client_as(role).get(reverse("home")).content.decode()


@pytest.mark.parametrize(
    ("decided", "words"), [(1, "Approve 1 decision<"), (2, "Approve 2 decisions<")]
)
def test_a_second_approver_reads_how_many_decisions_wait(decided, words, client_as, trust):
    for _ in range(decided):
        AssessmentFactory(decision="approved", decided_on=TODAY, decided_by=UserFactory())

    page = client_as("second_approver").get(reverse("home")).content.decode()

    assert words in page
    assert reverse("checks:approvals") in page


def test_the_access_log_names_who_looked_at_whom_and_why(client_as):
    officer, person = UserFactory(name="Olu Officer"), ReviewerFactory()
    Event.objects.create(
        at=NOW, kind="looked", action="looked at checks", actor_id=officer.pk,
        object_type="reviewers.reviewer", object_id=str(person.pk), person_id=person.pk,
        why="renewal",
    )  # fmt: skip

    page = client_as("governance").get(reverse("programme:access_log")).content.decode()

    assert "Olu Officer" in page
    assert str(person) in page
    assert "To renew a check" in page
