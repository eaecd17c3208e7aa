"""A person's story: one time line out of every floor, page by page, for those who may know."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.permissions import Permission
from notifications.models import Message
from reviewers.models import Interview, RoleSignature, StageChange
from reviewers.story import SOURCES, Mark, Source, coming_for, register, story_of
from tests.factories import (
    NOW,
    TODAY,
    AnswerFactory,
    DBSCheckFactory,
    LXROnTeamFactory,
    PlaceFactory,
    ReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def day(days):
    return TODAY + timedelta(days=days)


@pytest.fixture
def person():
    """Joined on day -400; everything that can be told happened to them."""
    person = ReviewerFactory(joined_on=day(-400), role_description_signed_on=day(-380))
    Interview.objects.create(
        reviewer=person, held_on=day(-390), interviewers="Kim Shaw", outcome="go on",
        recorded_at=NOW,
    )  # fmt: skip
    StageChange.objects.create(
        reviewer=person, from_stage="training", to_stage="active", at=NOW - timedelta(days=300),
        note="Ready to go",
    )  # fmt: skip
    DBSCheckFactory(reviewer=person, applied_on=day(-370), issued_on=day(-340))
    PlaceFactory(
        reviewer=person,
        outcome="attended",
        session=SessionFactory(held_on=day(-310), title="LXR workshop"),
    )
    done = ReviewFactory(
        status="completed", visit_on=day(-20), service=ServiceFactory(name="Larch Ward")
    )
    LXROnTeamFactory(
        review=done, reviewer=person, response="accepted", attended=True,
        invited_at=NOW - timedelta(days=50), answered_at=NOW - timedelta(days=48),
    )  # fmt: skip
    AnswerFactory(
        review=done, audience="lxr", author=person, impact=None, support_on_visit=9,
        received_on=day(-15),
    )  # fmt: skip
    Message.objects.create(
        key="a", kind="invitation", recipient_kind="reviewer", recipient_id=person.pk,
        recipient_name="A", channel="email", subject="Visit with the quality team",
        queued_at=NOW, due_at=NOW, state="sent", sent_at=NOW - timedelta(days=49),
    )  # fmt: skip
    return person


def told(person, user, mark=None, shown=50):
    with time_machine.travel(NOW):
        story = story_of(person, user=user, mark=mark or Mark.at(NOW), shown=shown)
    return [
        ((each.day - TODAY).days, f"{each.words} {each.link}".strip()) for each in story.entries
    ]


WHOLE = [
    (-15, "Gave feedback on the visit to Larch Ward"),
    (-20, "Visited Larch Ward"),
    (-48, "Said they can visit Larch Ward"),
    (-49, "Email: Visit with the quality team"),
    (-50, "Was asked to visit Larch Ward"),
    (-300, "Stage: active."),
    (-310, "Came to training: LXR workshop"),
    (-370, "The checks team began their checks."),
    (-380, "Signed the role description."),
    (-390, "Interview with Kim Shaw. They go on to checks and training."),
    (-400, "Joined the programme."),
]


def test_a_coordinator_reads_everything_newest_first(person, user_as):
    assert told(person, user_as("coordinator")) == WHOLE


@pytest.mark.parametrize(
    ("role", "expected"),
    [("checks_officer", {-300, -370, -400}), ("administrator", {-300, -400}), ("observer", set())],
)
def test_others_read_what_they_may_know(role, expected, person, user_as):
    assert {days for days, _ in told(person, user_as(role))} == expected


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_join_without_a_gap_or_a_repeat(size, person, user_as):
    user = user_as("coordinator")
    for number in range(5):  # alike in their moment: by source and id
        LXROnTeamFactory(
            review=ReviewFactory(status="completed", visit_on=day(-20 - number % 2)),
            reviewer=person, response="accepted", attended=True, invited_at=NOW, answered_at=NOW,
        )  # fmt: skip
    PlaceFactory(reviewer=person, outcome="attended", session=SessionFactory(held_on=day(-20)))
    whole = told(person, user, shown=100)
    pages, mark = [], Mark.at(NOW)
    with time_machine.travel(NOW):
        while mark:
            story = story_of(person, user=user, mark=mark, shown=size)
            pages += [
                ((each.day - TODAY).days, f"{each.words} {each.link}".strip())
                for each in story.entries
            ]
            assert len(story.entries) <= size
            mark = Mark.read(story.earlier)

    assert pages == whole
    assert len(whole) == len(WHOLE) + 5 * 3 + 1


@pytest.mark.parametrize("words", ["", "1", "x-y-z", "1-visit-", "-1-visit-2", "9" * 18 + "-a-1"])
def test_nonsense_is_no_mark(words):
    assert Mark.read(words) is None


def test_a_mark_is_read_as_it_was_written():
    mark = Mark(NOW, "visit", 7)

    assert Mark.read(str(mark)) == mark


def test_not_coming_is_nowhere_in_the_story(user_as):
    person = ReviewerFactory(joined_on=TODAY, role_description_signed_on=None)
    for status, more in (
        ("completed", {"response": "accepted", "attended": False, "answered_at": NOW}),
        ("completed", {"response": "declined"}),
        ("completed", {"response": "expired"}),
        ("confirmed", {"response": "withdrawn"}),
        ("cancelled", {"response": "accepted", "answered_at": NOW}),
    ):
        review = ReviewFactory(status=status, visit_on=TODAY)
        LXROnTeamFactory(review=review, reviewer=person, **more)
    session = SessionFactory(held_on=day(-1))
    PlaceFactory(reviewer=person, outcome="did not attend", session=session)

    assert told(person, user_as("coordinator")) == [(0, "Joined the programme.")]


def test_the_note_of_a_stage_is_for_those_who_edit_people(person, user_as):
    def notes(role):
        story = story_of(person, user=user_as(role), mark=Mark.at(NOW))
        return [each.note for each in story.entries if each.note]

    assert notes("coordinator") == ["Visit on 21 May 2026.", "Visit on 21 May 2026.", "Ready to go"]
    assert notes("checks_officer") == []


def test_a_version_signed_here_is_told_once(user_as):
    person = ReviewerFactory(joined_on=day(-9), role_description_signed_on=day(-5))
    person.signed_version = 2
    person.save()
    RoleSignature.objects.create(reviewer=person, version=2, signed_on=day(-5), how="online")

    assert told(person, user_as("coordinator")) == [
        (-5, "Signed version 2 of the role description."),
        (-9, "Joined the programme."),
    ]


def test_breaks_and_leaving_are_told_without_a_reason(user_as):
    person = ReviewerFactory(joined_on=day(-9), role_description_signed_on=None)
    moves = [("active", "paused"), ("paused", "active"), ("active", "left")]
    for days, (before, after) in enumerate(moves, start=-5):
        StageChange.objects.create(
            reviewer=person, from_stage=before, to_stage=after, at=NOW + timedelta(days=days),
            leaving_reason="well-being" if after == "left" else "",
        )  # fmt: skip

    assert told(person, user_as("coordinator"))[:3] == [
        (-3, "Left the programme."),
        (-4, "Came back from a break, to the stage active."),
        (-5, "Started a break."),
    ]


def test_what_is_next_stands_soonest_first(person, user_as):
    coming = ReviewFactory(visit_on=day(9), service=ServiceFactory(name="Oak House"))
    LXROnTeamFactory(review=coming, reviewer=person, response="accepted")
    PlaceFactory(reviewer=person, session=SessionFactory(held_on=day(4), title="Refresher"))
    Interview.objects.create(
        reviewer=person, held_on=day(2), interviewers="Kim Shaw", recorded_at=NOW
    )

    found = coming_for(person, user=user_as("coordinator"), now=NOW)

    assert [f"{each.words} {each.link}".strip() for each in found] == [
        "Interview with Kim Shaw.",
        "Training: Refresher",
        "Visit to Oak House",
    ]
    assert coming_for(person, user=user_as("checks_officer"), now=NOW) == []


def test_source_is_registered_once():
    with pytest.raises(ValueError, match="already a source called stage"):
        register(Source("stage", Permission.SEE_PEOPLE, lambda *_: []))
    assert SOURCES["stage"].permission == Permission.SEE_PEOPLE


def test_a_story_of_500_things_costs_as_many_queries_as_a_short_one(
    person, client_as, trust, django_assert_num_queries
):
    client = client_as("coordinator")
    address = reverse("reviewers:story", args=[person.pk])
    for number in range(160):
        LXROnTeamFactory(
            review=ReviewFactory(status="completed", visit_on=day(-30 - number)),
            reviewer=person, response="accepted", attended=True, answered_at=NOW,
        )  # fmt: skip

    with time_machine.travel(NOW), django_assert_num_queries(12):
        page = client.get(address).content.decode()

    assert page.count("Said they can visit") == 50
    assert f"{address}?before=" in page


def test_the_story_goes_on_earlier_and_ends(person, client_as, trust):
    client = client_as("coordinator")
    address = reverse("reviewers:story", args=[person.pk])
    joined = Mark(NOW - timedelta(days=395), "visit", 1)

    page = client.get(f"{address}?before={joined}").content.decode()

    assert "Joined the programme." in page
    assert "Interview with" not in page
    assert "Back to the newest" in page
