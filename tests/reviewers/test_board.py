"""The board, the next step, and moving several people on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reviewers import operations
from reviewers.board import SHOWN, board
from reviewers.models import Enquiry, Interview, RoleDescription, Stage
from reviewers.next_steps import next_steps
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    DBSCheckFactory,
    PlaceFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    SessionFactory,
)


def days_ago(days):
    return TODAY - timedelta(days=days)


def step(person):
    return next_steps([person], NOW)[person.pk]


def test_longest_at_a_stage_comes_first_and_the_rest_is_counted(user_as):
    people = [
        ReviewerFactory(stage="enquiry", stage_since=days_ago(days), user=None)
        for days in range(SHOWN + 2)
    ]
    ReviewerFactory(stage="left")
    shown = board(user_as("coordinator"), NOW)
    column = shown.columns[0]
    assert [card.person for card in column.cards] == people[::-1][:SHOWN]
    assert (column.count, column.has_more, column.cards[0].days) == (SHOWN + 2, True, SHOWN + 1)
    assert [(each.stage.value, each.count) for each in shown.columns[1:]] == [
        ("interview", 0), ("checks", 0), ("training", 0),
    ]  # fmt: skip
    assert dict(shown.aside) == {Stage.ACTIVE: 0, Stage.PAUSED: 0, Stage.LEFT: 1}


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, True)])
def test_overdue_is_after_the_days_of_the_stage(user_as, days, late):
    ReviewerFactory(stage="enquiry", stage_since=days_ago(days))
    column = board(user_as("coordinator"), NOW).columns[0]
    assert (column.cards[0].step.is_overdue, column.longer) == (late, int(late))


def test_board_names_who_is_where(client_as, db):
    person = ReviewerFactory(stage="interview", user=None)
    page = client_as("coordinator").get(reverse("reviewers:board"))
    assert f'aria-label="Tick {person}"' in page.text


def test_board_is_found_by_its_filtered_list(client_as, db):
    for days in range(SHOWN + 1):
        ReviewerFactory(stage="interview", stage_since=days_ago(days), user=None)
    client = client_as("coordinator")
    page = client.get(reverse("reviewers:board"))
    assert "?stage=interview&amp;sort=longest" in page.text
    listed = client.get(reverse("reviewers:list"), {"stage": "interview", "sort": "longest"})
    since = [person.stage_since for person in listed.context["page"]]
    assert since == sorted(since)
    assert "Move those I ticked to Checks" in listed.text


@pytest.mark.parametrize(
    ("stage", "signed", "words"),
    [
        ("enquiry", None, "Your move: arrange an interview. At enquiry since 10 June 2026."),
        ("interview", None, "Your move: arrange an interview. At interview since 10 June 2026."),
        (
            "checks",
            None,
            "Their move: sign the role description. With the checks team since 10 June 2026.",
        ),
        ("checks", TODAY, "The checks team’s move. With the checks team since 10 June 2026."),
        (
            "training",
            TODAY,
            "Your move: offer a place at training. Waiting for training since 10 June 2026.",
        ),
        (
            "active",
            None,
            "Their move: sign the new role description. Active since 10 June 2026.",
        ),
    ],
)  # fmt: skip
def test_next_step_says_whose_move_it_is(db, trust, stage, signed, words):
    person = ReviewerFactory(stage=stage, stage_since=TODAY, role_description_signed_on=signed)
    assert str(step(person)) == words


@pytest.mark.parametrize(
    ("outcome", "held_on", "what"),
    [
        ("planned", TODAY, "Nothing to do now: the interview is on 10 June 2026"),
        ("planned", days_ago(1), "Your move: record the interview"),
        ("go on", days_ago(1), "Your move: move them on to checks"),
        ("thinking", days_ago(1), "Their move: say if they want to go on"),
        ("not now", days_ago(1), "Your move: agree when to talk again"),
        ("did not meet", days_ago(1), "Your move: arrange another interview"),
    ],
)
def test_next_step_follows_the_latest_interview(db, outcome, held_on, what):
    person = ReviewerFactory(stage="interview")
    for day, came in ((days_ago(30), "go on"), (held_on, outcome)):
        Interview.objects.create(
            reviewer=person, held_on=day, outcome=came, interviewers="Kim", recorded_at=NOW
        )
    assert step(person).what == what


def test_next_step_knows_checks_only_as_ready_and_training_as_done(db, trust):
    ready = ReviewerFactory(stage="checks")
    DBSCheckFactory(reviewer=ready)
    assert step(ready).what == "Your move: move them on to training"
    refused = ReviewerFactory(stage="checks")
    DBSCheckFactory(reviewer=refused, result="disclosure")
    waiting = ReviewerFactory(stage="checks")
    assert step(refused) == step(waiting)
    trained = ReadyReviewerFactory(stage="training")
    assert step(trained).what == "Your move: move them on to active"
    booked = ReviewerFactory(stage="training")
    PlaceFactory(reviewer=booked, session=SessionFactory(held_on=TODAY))
    assert step(booked).what == "Nothing to do now: they have a place at training"


def test_new_version_of_the_role_description_is_the_next_step(db, trust):
    person = ReviewerFactory(stage="active")
    assert step(person).what == "Nothing to do now"
    RoleDescription.objects.create(number=2, words="New", published_at=NOW, needed_from=TODAY)
    assert step(person).what == "Their move: sign the new role description"


def test_those_who_can_go_move_on_and_the_others_say_why_not(client_as, db):
    going, gone = ReviewerFactory(stage="enquiry"), ReviewerFactory(stage="interview")
    left = ReviewerFactory(stage="left", first_name="Gil", last_name="Day")
    client, url = client_as("coordinator"), reverse("reviewers:move-on")
    chosen = {
        "start": "enquiry", "to": "interview", "person": [going.pk, gone.pk, left.pk],
    }  # fmt: skip

    asked = client.get(url, chosen)
    assert asked.context["going"] == [going]
    assert "Gil Day is at the stage “Left” by now." in asked.text
    going.refresh_from_db()
    assert going.stage == "enquiry"

    for _ in range(2):
        done = client.post(url, chosen, follow=True)
        assert "Gil Day is at the stage “Left” by now." in done.text
    for person in (going, gone, left):
        person.refresh_from_db()
    assert [going.stage, gone.stage, left.stage] == ["interview", "interview", "left"]
    assert going.stage_changes.count() == 1
    assert not gone.stage_changes.exists()


@pytest.mark.parametrize(
    "sent",
    [{}, {"start": "enquiry", "to": "interview"}, {"start": "x", "to": "y", "person": ["1"]},
     {"start": "enquiry", "to": "interview", "person": ["nobody"]}],
)  # fmt: skip
def test_nobody_ticked_is_said_and_moves_nobody(client_as, db, sent):
    person = ReviewerFactory(stage="enquiry")
    response = client_as("coordinator").post(reverse("reviewers:move-on"), sent, follow=True)
    assert "Tick at least one person" in response.text
    person.refresh_from_db()
    assert person.stage == "enquiry"


def test_several_move_only_forward(user_as):
    person = ReviewerFactory(stage="checks")
    outcome = operations.move_on_together(
        reviewers=[person], start=Stage.CHECKS, to=Stage.INTERVIEW,
        by=user_as("coordinator"), now=NOW,
    )[0]  # fmt: skip
    assert outcome.why_not == "Nobody moves on from “Checks” to “Interview”."


@pytest.mark.parametrize("why", ["", "because"])
def test_leaving_asks_why_from_the_list(user_as, why):
    person = ReviewerFactory()
    with pytest.raises(RuleBroken, match="Say why they leave"):
        operations.change_stage(
            reviewer=person, to=Stage.LEFT, by=user_as("coordinator"), now=NOW, leaving_reason=why
        )
    person.refresh_from_db()
    assert person.stage == "active"


def test_reason_is_kept_only_of_who_leaves(user_as):
    with pytest.raises(RuleBroken, match="only of people who leave"):
        operations.change_stage(
            reviewer=ReviewerFactory(stage="enquiry"), to=Stage.INTERVIEW,
            by=user_as("coordinator"), now=NOW, leaving_reason="no time",
        )  # fmt: skip


def test_leaving_is_recorded_on_its_page(client_as, trust):
    person = ReviewerFactory(stage="paused")
    client, url = client_as("coordinator"), reverse("reviewers:leave", args=[person.pk])
    assert "Select why they leave" in client.post(url, {}).text
    client.post(url, {"why": "not said", "note": "Thanked us"})
    change = person.stage_changes.get()
    assert (change.to_stage, change.leaving_reason, change.note) == (
        "left", "not said", "Thanked us",
    )  # fmt: skip


def test_coming_back_keeps_the_history_and_a_note(user_as):
    person, by = ReviewerFactory(stage="training"), user_as("coordinator")
    operations.pause(reviewer=person, by=by, now=NOW)
    operations.come_back(reviewer=person, by=by, now=NOW, note="Rested")
    changes = list(person.stage_changes.values_list("from_stage", "to_stage", "note"))
    assert changes == [("paused", "training", "Rested"), ("training", "paused", "")]


def test_board_counts_who_wrote_to_us_though_nobody_is_on_the_way(client_as, db):
    client, url = client_as("coordinator"), reverse("reviewers:board")
    assert "nobody is waiting" in client.get(url).text
    for _ in range(2):
        Enquiry.objects.create(name="Ada", contact="ada@example.org", received_at=NOW)
    Enquiry.objects.create(name="Bo", contact="1", received_at=NOW, outcome="closed", closed_at=NOW)
    assert "2 waiting for you" in client.get(url).text
