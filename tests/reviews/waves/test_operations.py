"""The line of a visit: order, so many at a time, next by itself, and never more than wanted."""

from datetime import timedelta

import pytest

from audit.models import Event
from notifications.models import Message
from organisation.queries import trust_settings
from reviewers.models import Exclusion, TimeAway
from reviews import operations, tasks
from reviews.eligibility import Visit
from reviews.models import TeamMember, Turn
from reviews.queries import candidates_for
from reviews.waves.operations import (
    add_to_line,
    ask_next,
    move,
    put_back,
    start,
    stop,
    take_out,
)
from reviews.waves.policies import MOST_IN_LINE
from reviews.waves.queries import next_to_propose, propose
from rules import RuleBroken
from tests.factories import (
    NOW,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
)
from tests.reviews.steps import done, say
from tests.reviews.waves.lines import asked, line, member_of, running, turn_of

pytestmark = pytest.mark.django_db
Response = TeamMember.Response


# The next is asked by itself


def test_nobody_is_asked_before_it_is_started(review, people, by):
    add_to_line(review=review, people=people, by=by, now=NOW)

    assert operations.ask_whoever_is_next(now=NOW) == 0
    assert asked(review) == []


def test_so_many_are_asked_at_a_time_in_their_order(review, people, by):
    running(review, people, by, at_once=2)

    assert asked(review) == [("Ada", "invited"), ("Bo", "invited")]
    assert line(review) == [
        ("Ada", "asked"), ("Bo", "asked"), ("Cy", "waiting"), ("Di", "waiting"),
    ]  # fmt: skip


def test_the_next_is_asked_when_somebody_says_no(review, people, by):
    running(review, people, by)

    say(member_of(review, "Ada"), Response.DECLINED, by)

    assert asked(review) == [("Ada", "declined"), ("Bo", "invited")]
    event = Event.objects.filter(action="invited").latest("pk")
    assert event.actor_id is None  # the portal itself


def test_the_next_is_asked_when_somebody_gives_no_answer(review, people, by, time_machine):
    running(review, people, by, answer_days=2)
    over = member_of(review, "Ada").answer_by
    assert over < NOW + timedelta(days=3)

    time_machine.move_to(over - timedelta(seconds=1))
    tasks.expire_invitations()
    assert len(asked(review)) == 1
    time_machine.move_to(over)
    tasks.expire_invitations()

    assert asked(review) == [("Ada", "expired"), ("Bo", "invited")]
    assert member_of(review, "Bo").answer_by > over + timedelta(days=2)


def test_the_next_is_asked_when_somebody_can_no_longer_come(review, people, by):
    running(review, people, by)
    say(member_of(review, "Ada"), Response.ACCEPTED, by)
    assert len(asked(review)) == 1

    say(member_of(review, "Ada"), Response.WITHDRAWN, by)

    assert asked(review) == [("Ada", "withdrawn"), ("Bo", "invited")]


def test_asked_three_two_said_yes(by, people):
    review = ReviewFactory(lxrs_wanted=2)
    running(review, people, by, at_once=3)

    say(member_of(review, "Bo"), Response.ACCEPTED, by)
    say(member_of(review, "Cy"), Response.ACCEPTED, by)

    assert asked(review) == [("Ada", "withdrawn"), ("Bo", "accepted"), ("Cy", "accepted")]
    assert member_of(review, "Ada").taken_back == "filled"
    assert Message.objects.filter(kind="visit-filled").count() == 1
    assert ("Di", "waiting") in line(review)  # who was never asked hears nothing


def test_a_no_among_three_asks_a_fourth(by, people):
    review = ReviewFactory(lxrs_wanted=2)
    running(review, people, by, at_once=3)

    say(member_of(review, "Bo"), Response.ACCEPTED, by)
    assert len(asked(review)) == 3
    say(member_of(review, "Cy"), Response.DECLINED, by)

    assert asked(review)[3] == ("Di", "invited")


def test_one_at_a_time_goes_on_until_all_places_are_filled(by, people):
    review = ReviewFactory(lxrs_wanted=2)
    running(review, people, by)

    say(member_of(review, "Ada"), Response.ACCEPTED, by)
    assert asked(review) == [("Ada", "accepted"), ("Bo", "invited")]
    say(member_of(review, "Bo"), Response.ACCEPTED, by)
    assert len(asked(review)) == 2


def test_a_newcomer_who_says_yes_gets_company(review, by, people):
    new = ReadyReviewerFactory(first_name="Newt")
    LXROnTeamFactory(review=review, reviewer=new, response="accepted")

    running(review, people[:2], by)

    assert asked(review) == [("Newt", "accepted"), ("Ada", "invited")]


def test_whoever_may_not_go_when_their_turn_comes_is_passed_over(review, people, by):
    add_to_line(review=review, people=people, by=by, now=NOW)
    Exclusion.objects.create(reviewer=people[0], service=review.service)
    people[1].stage = "left"
    people[1].save()

    start(review=review, at_once=1, answer_days=None, by=by, now=NOW)

    assert asked(review) == [("Cy", "invited")]
    assert line(review)[:3] == [("Ada", "skipped"), ("Bo", "skipped"), ("Cy", "asked")]
    assert done().count("passed over in line") == 2


def test_a_newcomer_waits_for_company_without_losing_the_place(by, people):
    review = ReviewFactory(lxrs_wanted=2)
    new = ReadyReviewerFactory(first_name="Newt")

    running(review, [new, *people[:1]], by, at_once=2)

    assert asked(review) == [("Ada", "invited"), ("Newt", "invited")]


def test_whoever_was_asked_by_hand_is_not_asked_twice(review, people, by):
    add_to_line(review=review, people=people[:2], by=by, now=NOW)
    operations.invite_reviewer(review=review, reviewer=people[0], by=by, now=NOW)

    start(review=review, at_once=2, answer_days=None, by=by, now=NOW)

    assert asked(review) == [("Ada", "invited"), ("Bo", "invited")]
    assert line(review) == [("Ada", "asked"), ("Bo", "asked")]


def test_the_tick_goes_on_where_a_place_was_opened(by, people):
    review = ReviewFactory(lxrs_wanted=1)
    running(review, people[:2], by)
    member = member_of(review, "Ada")
    operations.withdraw_invitation(member=member, by=by, now=NOW)

    assert operations.ask_whoever_is_next(now=NOW) == 1
    assert asked(review)[1] == ("Bo", "invited")


def test_nobody_is_asked_once_the_visit_has_begun_or_is_off(review, people, by):
    running(review, people, by)
    operations.cancel(review=review, by=by, now=NOW)

    assert operations.ask_whoever_is_next(now=NOW) == 0
    assert operations.ask_whoever_is_next(now=NOW + timedelta(days=28)) == 0


def test_stopping_asks_nobody_else(review, people, by):
    running(review, people, by)
    for _ in range(2):
        stop(review=review, by=by, now=NOW)

    say(member_of(review, "Ada"), Response.DECLINED, by)

    assert len(asked(review)) == 1
    assert done().count("stopped a line") == 1


def test_another_day_lets_whoever_was_passed_over_wait_again(review, people, by):
    TimeAway.objects.create(reviewer=people[0], starts_on=review.visit_on, ends_on=review.visit_on)
    running(review, people[:2], by)
    assert line(review) == [("Ada", "skipped"), ("Bo", "asked")]

    operations.postpone(
        review=review, to_day=review.visit_on + timedelta(days=7), by=by, now=NOW,
        starts_at=review.starts_at, ends_at=review.ends_at,
    )  # fmt: skip

    assert line(review) == [("Ada", "waiting"), ("Bo", "asked")]


# Changing the line


def test_people_change_places(review, people, by):
    add_to_line(review=review, people=people[:3], by=by, now=NOW)

    move(turn=turn_of(review, "Cy"), is_up=True, by=by, now=NOW)
    move(turn=turn_of(review, "Ada"), is_up=False, by=by, now=NOW)
    move(turn=turn_of(review, "Cy"), is_up=True, by=by, now=NOW)  # is first already

    assert [name for name, _ in line(review)] == ["Cy", "Ada", "Bo"]


def test_added_people_come_last_and_once(review, people, by):
    assert add_to_line(review=review, people=people[:2], by=by, now=NOW) == 2
    assert add_to_line(review=review, people=people[1:3], by=by, now=NOW) == 1

    assert [name for name, _ in line(review)] == ["Ada", "Bo", "Cy"]


def test_added_to_a_line_that_runs_dry_they_are_asked(review, people, by):
    running(review, people[:1], by, at_once=2)

    add_to_line(review=review, people=people[1:2], by=by, now=NOW)

    assert asked(review) == [("Ada", "invited"), ("Bo", "invited")]


def test_whoever_is_taken_out_is_not_asked(review, people, by):
    running(review, people[:3], by)

    take_out(turn=turn_of(review, "Bo"), by=by, now=NOW)
    say(member_of(review, "Ada"), Response.DECLINED, by)

    assert asked(review)[1] == ("Cy", "invited")
    with pytest.raises(RuleBroken, match="has been asked already"):
        take_out(turn=turn_of(review, "Cy"), by=by, now=NOW)


def test_whoever_was_passed_over_may_wait_again(review, people, by):
    away = TimeAway.objects.create(
        reviewer=people[0], starts_on=review.visit_on, ends_on=review.visit_on
    )
    running(review, people[:1], by)
    away.delete()

    put_back(turn=turn_of(review, "Ada"), by=by, now=NOW)

    assert asked(review) == [("Ada", "invited")]
    with pytest.raises(RuleBroken, match="has been asked already"):
        put_back(turn=turn_of(review, "Ada"), by=by, now=NOW)


def test_an_empty_line_is_not_started(review, by):
    with pytest.raises(RuleBroken, match="Nobody is in the line"):
        start(review=review, at_once=1, answer_days=None, by=by, now=NOW)


def test_whoever_has_left_is_put_in_no_line(review, by):
    with pytest.raises(RuleBroken, match="has left the programme"):
        add_to_line(review=review, people=[ReadyReviewerFactory(stage="left")], by=by, now=NOW)


def test_a_line_has_an_end(review, by):
    people = ReadyReviewerFactory.create_batch(MOST_IN_LINE + 1)
    with pytest.raises(RuleBroken, match="at most 40 people"):
        add_to_line(review=review, people=people, by=by, now=NOW)
    assert not Turn.objects.exists()


# Ask next, as the gap board does


def test_ask_next_takes_the_line_first_and_then_who_is_proposed(review, people, by):
    add_to_line(review=review, people=[people[2]], by=by, now=NOW)

    outcome = ask_next(review=review, how_many=2, waiting=0, by=by, now=NOW)

    assert [each.first_name for each in outcome.people] == ["Cy", "Ada"]
    assert line(review) == [("Cy", "asked"), ("Ada", "asked")]


def test_ask_next_never_goes_beyond_what_is_wanted(review, people, by):
    LXROnTeamFactory(review=review, reviewer=people[0], response="accepted")

    outcome = ask_next(review=review, how_many=1, waiting=2, by=by, now=NOW)

    assert outcome.people == []
    assert outcome.why_not.startswith("The place on this visit is filled.")


def test_who_gave_no_answer_is_proposed_after_all_others(review, people, by):
    for person, response in zip(people, ("expired", "declined", "invited"), strict=False):
        LXROnTeamFactory(review=review, reviewer=person, response=response)

    candidates = candidates_for(Visit(review, trust_settings()))
    names = [each.first_name for each in propose(candidates, review, set())]

    assert names == ["Di", "Ada"]
    assert next_to_propose(review) == people[3]
