"""A buddy, a companion, or to watch: asked for on a visit, and met or answered before it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit import models as audit
from notifications.models import Message
from notifications.registry import KINDS
from programme.home.queries import work_of
from reviews.first_visits.buddies import notes_on
from reviews.models import TeamMember, VisitRequest
from reviews.operations import postpone
from reviews.requests.operations import answer_request, make_request, take_back_request
from reviews.requests.queries import how_soon, to_answer
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=28)
Kind, Answer, How = VisitRequest.Kind, VisitRequest.Answer, TeamMember.How


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any, trust: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def by() -> Any:
    return make.UserFactory(roles=["coordinator"])


def on_visit(response: str = "accepted", **review: Any) -> TeamMember:
    made: TeamMember = make.LXROnTeamFactory(
        review=make.ReviewFactory(**{"visit_on": DAY} | review),
        reviewer=make.ReadyReviewerFactory(first_visit_anywhere=True),
        response=response,
    )
    return made


def ask(member: TeamMember, by: Any, kind: VisitRequest.Kind = Kind.BUDDY) -> VisitRequest:
    return make_request(member=member, kind=kind, how=How.PHONE, by=by, now=NOW)


def say(
    request: VisitRequest, answer: VisitRequest.Answer, by: Any, said: str = "Kim goes with you."
) -> VisitRequest:
    return answer_request(request=request, answer=answer, said=said, by=by, now=NOW)


def test_the_same_twice_is_one_request(by: Any) -> None:
    member = on_visit("invited")
    assert ask(member, by) == ask(member, by)
    (event,) = audit.Event.objects.filter(action="asked for something on a visit")
    assert (event.person_id, event.actor_id) == (member.reviewer_id, by.pk)


@pytest.mark.parametrize(
    ("response", "review"),
    [
        ("declined", {}),
        ("accepted", {"status": "cancelled"}),
        ("accepted", {"visit_on": TODAY - timedelta(days=1)}),
    ],
)
def test_only_who_is_on_a_visit_to_come_asks(by: Any, response: str, review: Any) -> None:
    with pytest.raises(RuleBroken, match="on a visit to come"):
        ask(on_visit(response, **review), by)


def test_a_yes_tells_the_person_who_and_how(by: Any) -> None:
    request = say(ask(on_visit(), by), Answer.MET, by)
    message = Message.objects.get(kind="visit-request-answered")
    assert "Yes, this will be so.\nKim goes with you." in message.body
    assert KINDS[message.kind].holding({request.pk}, NOW) == {request.pk}
    assert list(to_answer()) == []
    with pytest.raises(RuleBroken, match="answered this already"):
        say(request, Answer.NOT_MET, by)


def test_a_no_tells_the_person_kindly_why(by: Any) -> None:
    say(ask(on_visit(), by, Kind.COMPANION), Answer.NOT_MET, by, "The site lets nobody else in.")
    body = Message.objects.get().body
    assert "to bring a companion" in body
    assert "We are sorry. This time we cannot do that.\nThe site lets nobody else in." in body


def test_who_is_to_watch_does_not_count_and_the_place_is_open(by: Any) -> None:
    member = on_visit(lxrs_wanted=1)
    wave = make.WaveFactory(review=member.review, is_running=True)
    turn = make.TurnFactory(
        wave=wave, reviewer=make.ReadyReviewerFactory(first_visit_anywhere=True)
    )
    say(ask(member, by, Kind.SHADOW), Answer.MET, by)
    member.refresh_from_db()
    assert (member.role, member.response) == ("shadow", "accepted")
    assert not type(member.review).objects.with_accepted_lxr().exists()
    assert TeamMember.objects.lxrs().get(review=member.review).reviewer == turn.reviewer
    with pytest.raises(RuleBroken, match="to watch and learn"):
        ask(member, by, Kind.SHADOW)


def test_what_is_not_needed_any_more_is_off_the_list_and_nobody_is_told(by: Any) -> None:
    request = ask(on_visit(), by)
    take_back_request(request=request, by=by, now=NOW)
    assert list(to_answer()) == []
    assert not Message.objects.exists()


def test_another_day_asks_again_for_who_would_come_along(by: Any) -> None:
    member = on_visit()
    buddy, watch = ask(member, by), ask(member, by, Kind.SHADOW)
    for each in (buddy, watch):
        say(each, Answer.MET, by)
    review = member.review
    postpone(
        review=review, to_day=DAY + timedelta(days=7), starts_at=review.starts_at,
        ends_at=review.ends_at, by=by, now=NOW,
    )  # fmt: skip
    assert list(to_answer()) == [buddy]
    member.refresh_from_db()
    assert member.role == "shadow"


def test_the_soonest_visit_is_first_and_within_a_week_it_is_marked(by: Any) -> None:
    later, soon = ask(on_visit(), by), ask(on_visit(visit_on=TODAY + timedelta(days=7)), by)
    ask(given_up := on_visit(), by)
    TeamMember.objects.filter(pk=given_up.pk).update(response="withdrawn")
    assert list(to_answer()) == [soon, later]
    work = {each.heading: each for each in work_of(by, NOW)}["What people would like on a visit"]
    assert [(line.href, line.tag) for line in work.lines] == [
        (reverse("reviews:request", args=[soon.pk]), "Within 7 days"),
        (reverse("reviews:request", args=[later.pk]), ""),
    ]


def test_what_nobody_answered_stays_on_the_list_until_it_is_recorded_who_came(by: Any) -> None:
    on_the_day = ask(on_visit(visit_on=TODAY), by)
    passed = ask(on_visit(), by)
    review = passed.member.review
    review.visit_on = TODAY - timedelta(days=1)
    review.save()
    assert list(to_answer()) == [passed, on_the_day]
    assert [how_soon(each, today=TODAY) for each in to_answer()] == [
        "The day has passed", "Within 7 days",
    ]  # fmt: skip
    say(on_the_day, Answer.NOT_MET, by, "Nobody is free.")
    say(passed, Answer.OVER, by, "")
    assert list(to_answer()) == []
    review.status = "completed"
    review.save()
    with pytest.raises(RuleBroken, match="not on a visit to come any more"):
        say(make.VisitRequestFactory(member=passed.member), Answer.OVER, by, "")


def test_what_was_asked_for_is_brought_up_before_the_visit_is_confirmed(
    client: Any, by: Any
) -> None:
    member = on_visit(lxrs_wanted=1)
    make.StaffOnTeamFactory(review=member.review)
    client.force_login(by)
    address = reverse("reviews:detail", args=[member.review_id])

    def next_step() -> tuple[str, str]:
        step = client.get(address).context["next_step"]
        return step.way, step.sentence

    assert next_step()[0] == "confirm"
    asked = ask(member, by)
    assert next_step() == (
        "request", f"{member.reviewer} asked for something on this visit. Say if it can be so.",
    )  # fmt: skip
    assert reverse("reviews:request", args=[asked.pk]) in client.get(address).content.decode()
    say(asked, Answer.MET, by)
    assert next_step()[0] == "confirm"


def test_the_wish_for_a_first_visit_stands_in_the_same_place() -> None:
    review = make.ReviewFactory(visit_on=DAY)
    person = make.ReadyReviewerFactory()
    make.FirstVisitFactory(reviewer=person, wish="buddy")
    assert notes_on({person.pk}, review) == {
        person.pk: "They would like somebody beside them on their first visit."
    }


def test_from_the_phone_to_the_card(client: Any, by: Any) -> None:
    # Given somebody who is on a visit and asks on their phone
    member = on_visit()
    assert member.reviewer
    own, card = (reverse(f"own-reviews:{to}", args=[member.pk]) for to in ("request", "visit"))
    client.force_login(member.reviewer.user)
    assert own in client.get(card).content.decode()
    client.post(own, {"kind": "buddy"})
    assert "We will tell you before the visit" in client.get(card).content.decode()
    request = VisitRequest.objects.get()
    assert (request.asked_how, request.kind) == ("online", "buddy")

    # When a coordinator reads it on the review's page and answers
    client.force_login(by)
    answering = reverse("reviews:request", args=[request.pk])
    review = reverse("reviews:detail", args=[member.review_id])
    assert answering in client.get(review).content.decode()
    page = client.post(answering, {"answer": "met", "words": ""})
    assert "Write who comes along and how" in page.content.decode()
    client.post(answering, {"answer": "met", "words": "Kim meets you at the gate."})
    assert "Kim meets you at the gate." in client.get(review).content.decode()

    # Then the person reads it on their card, and may say that they do not need it
    client.force_login(member.reviewer.user)
    assert "Yes: Kim meets you at the gate." in client.get(card).content.decode()
    client.post(own, {"kind": "companion"})
    client.post(own, {"over": VisitRequest.objects.get(kind="companion").pk})
    assert VisitRequest.objects.get(kind="companion").answer == "over"


def test_whoever_leads_the_visit_reads_what_is_agreed_and_nothing_else(
    client: Any, by: Any
) -> None:
    member = on_visit()
    agreed, open_one = ask(member, by, Kind.COMPANION), ask(member, by, Kind.BUDDY)
    say(agreed, Answer.MET, by, "Their sister comes too.")
    leads = make.StaffFactory(user=make.UserFactory(roles=["visit_lead"]))
    make.StaffOnTeamFactory(review=member.review, staff=leads, role="lead")

    client.force_login(leads.user)
    page = client.get(reverse("reviews:detail", args=[member.review_id])).content.decode()

    assert "To bring a companion: Their sister comes too." in page
    assert open_one.get_kind_display() not in page


def test_it_is_recorded_for_them_and_a_visit_that_is_over_offers_nothing(
    client: Any, by: Any
) -> None:
    member, over = on_visit(), on_visit(visit_on=TODAY - timedelta(days=1))
    client.force_login(by)
    client.post(
        reverse("reviews:request-for", args=[member.review_id, member.pk]),
        {"kind": "companion", "how": "phone"},
    )
    assert VisitRequest.objects.get().asked_how == "phone"
    assert over.reviewer
    client.force_login(over.reviewer.user)
    own = reverse("own-reviews:request", args=[over.pk])
    assert client.get(own).url == reverse("own-reviews:visit", args=[over.pk])
