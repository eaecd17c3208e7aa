"""Emails about a visit carry its calendar entry, as it stands when they are sent."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail as sent
from icalendar import Calendar, Event

from notifications.delivery import deliver
from notifications.models import Message
from notifications.registry import KINDS, Kind
from reviews.attachments import entries_of
from reviews.feeds.queries import sequences
from reviews.models import TeamMember
from reviews.operations import (
    answer,
    assign_staff,
    cancel,
    invite_reviewer,
    postpone,
    remove_staff,
    say_staff_cannot_come,
)
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.nets.canaries import CANARIES
from tests.notifications.conftest import MailServer, mail_server  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=28)
Received = Callable[[], tuple[EmailMessage, str, Event]]


@pytest.fixture
def by(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def received(mail_server: MailServer) -> Received:  # noqa: F811 - the fixture
    def newest() -> tuple[EmailMessage, str, Event]:
        """The newest email, what its file tells a calendar to do, and the event in it."""
        deliver(clock=lambda: NOW)
        mail: Any = message_from_bytes(mail_server.received[-1].content, policy=policy.default)
        (part,) = mail.iter_attachments()
        assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "visit.ics")
        file = Calendar.from_ical(part.get_payload(decode=True))
        assert part["Content-Type"].params["method"] == file["method"]
        (event,) = file.walk("VEVENT")
        return mail, str(file["method"]), event

    return newest


def asked(by: Any, **review: Any) -> TeamMember:
    reviewer = make.ReadyReviewerFactory(first_visit_anywhere=True, email="ada@example.org")
    made = make.ReviewFactory(visit_on=DAY, **review)
    return invite_reviewer(review=made, reviewer=reviewer, by=by, now=NOW)


def test_invited_moved_and_called_off_is_one_event_that_goes_in_moves_and_goes_out(
    by: Any, received: Received
) -> None:
    member = asked(by)
    mail, method, first = received()
    assert (method, str(first["status"])) == ("PUBLISH", "TENTATIVE")
    assert first.decoded("dtstart") == datetime(2026, 7, 8, 8, 30, tzinfo=UTC)
    assert "Open it to put the visit in" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]

    review = member.review
    postpone(
        review=review, to_day=DAY + timedelta(days=7), starts_at=review.starts_at,
        ends_at=review.ends_at, by=by, now=NOW + timedelta(seconds=-1),
    )  # fmt: skip
    _, method, moved = received()
    assert method == "PUBLISH"
    assert moved.decoded("dtstart") == datetime(2026, 7, 15, 8, 30, tzinfo=UTC)

    cancel(review=review, by=by, now=NOW)
    mail, method, off = received()
    assert (method, str(off["status"])) == ("CANCEL", "CANCELLED")
    assert "open the file to take it out" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert first["uid"] == moved["uid"] == off["uid"]
    assert first["sequence"] < moved["sequence"] < off["sequence"]
    assert str(off["organizer"]) == "mailto:quality.team@trust.example.org"


def test_it_is_the_event_of_the_feed(by: Any, received: Received) -> None:
    member = asked(by)
    _, _, event = received()
    assert event["uid"] == f"visit-{member.review_id}-{member.pk}@lxr-portal"
    assert event["sequence"] == sequences([member])[member.pk]


def test_what_happened_since_it_was_queued_is_in_the_entry(by: Any, received: Received) -> None:
    member = asked(by)
    answer(
        member=member, answer=TeamMember.Response.ACCEPTED, how=TeamMember.How.PHONE, by=by, now=NOW
    )
    Message.objects.update(kind="visit-changed")  # still holds for whoever said yes
    assert str(received()[2]["status"]) == "CONFIRMED"


def say(member: TeamMember, response: TeamMember.Response, by: Any) -> None:
    answer(member=member, answer=response, how=TeamMember.How.ONLINE, by=by, now=NOW)


def test_a_yes_makes_the_entry_sure_and_a_no_takes_it_out(by: Any, received: Received) -> None:
    member = asked(by)
    _, _, first = received()

    say(member, TeamMember.Response.ACCEPTED, by)
    mail, method, sure = received()
    assert mail["Subject"] == "Thank you for saying yes to a visit"
    assert (method, str(sure["status"])) == ("PUBLISH", "CONFIRMED")

    say(member, TeamMember.Response.WITHDRAWN, by)
    team = Message.objects.get(kind="visit-dropped-out")
    team.delete()
    mail, method, off = received()
    assert mail["Subject"] == "Thank you for telling us about the visit"
    assert method == "CANCEL"
    assert first["uid"] == sure["uid"] == off["uid"]
    assert first["sequence"] < sure["sequence"] < off["sequence"]


def test_staff_taken_off_a_team_and_put_on_again_have_one_event_that_follows(
    by: Any, received: Received
) -> None:
    review = make.ReviewFactory(visit_on=DAY)
    staff = make.StaffFactory(email="lee@trust.example.org")
    put_on = {"review": review, "staff": staff, "by": by, "now": NOW}

    member = assign_staff(role=TeamMember.Role.LEAD, **put_on)
    mail, method, on = received()
    assert mail["Subject"] == "You lead a visit with the quality team"
    assert (method, str(on["status"])) == ("PUBLISH", "CONFIRMED")

    assign_staff(role=TeamMember.Role.LEAD, **put_on)  # nothing new
    remove_staff(member=member, by=by, now=NOW)
    mail, method, off = received()
    assert mail["Subject"] == "You are not on a visit with the quality team any more"
    words = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "please take it out of your diary" in words
    assert "open the file to take it out" in words
    assert (method, str(off["status"])) == ("CANCEL", "CANCELLED")
    assert off.decoded("dtstart") == on.decoded("dtstart")

    assign_staff(role=TeamMember.Role.STAFF, **put_on | {"now": NOW + timedelta(seconds=-1)})
    mail, method, again = received()
    assert mail["Subject"] == "You are on a visit with the quality team"
    assert (method, str(again["status"])) == ("PUBLISH", "CONFIRMED")
    assert on["uid"] == off["uid"] == again["uid"]
    assert on["sequence"] < off["sequence"] < again["sequence"]


def test_whoever_is_put_on_again_before_the_email_goes_is_not_told_that_they_are_off(
    by: Any, received: Received
) -> None:
    put_on = {"review": make.ReviewFactory(visit_on=DAY), "staff": make.StaffFactory(), "by": by}
    member = assign_staff(role=TeamMember.Role.STAFF, **put_on, now=NOW)
    remove_staff(member=member, by=by, now=NOW)
    assign_staff(role=TeamMember.Role.STAFF, **put_on, now=NOW + timedelta(seconds=-1))
    assert received()[1] == "PUBLISH"
    assert Message.objects.get(kind="visit-staff-off").state == Message.State.DROPPED


def test_staff_who_say_that_they_cannot_come_have_it_taken_out(by: Any, received: Received) -> None:
    review = make.ReviewFactory(visit_on=DAY)
    staff = make.StaffFactory(user=make.UserFactory(roles=["visit_lead"]))
    member = assign_staff(review=review, staff=staff, role=TeamMember.Role.LEAD, by=by, now=NOW)
    _, _, on = received()

    say_staff_cannot_come(member=member, by=staff.user, now=NOW)
    Message.objects.filter(kind="visit-dropped-out").delete()
    mail, method, off = received()
    assert mail["Subject"] == "Thank you for telling us about the visit"
    assert (method, on["uid"]) == ("CANCEL", off["uid"])
    assert on["sequence"] < off["sequence"]


def test_nobody_is_told_of_what_they_did_themselves_or_rung_for_it(by: Any) -> None:
    review = make.ReviewFactory(visit_on=DAY)
    for staff in (make.StaffFactory(user=by), make.StaffFactory(email="")):
        member = assign_staff(
            review=review, staff=staff, role=TeamMember.Role.STAFF, by=by, now=NOW
        )
        remove_staff(member=member, by=by, now=NOW)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("way", "days", "yes", "no"),
    [
        ("email", 28, True, True),
        ("post", 28, True, False),
        ("post", 2, False, False),  # a letter would come too late, and nobody rings to say thanks
        ("phone", 28, False, False),  # they have just said it
    ],
)
def test_who_is_thanked_for_an_answer(way: str, days: int, yes: bool, no: bool, by: Any) -> None:
    person = make.ReadyReviewerFactory(
        first_visit_anywhere=True,
        preferred_contact=way,
        phone="07700 900123",
        address="3 Mill Lane",
    )
    review = make.ReviewFactory(visit_on=TODAY + timedelta(days=days))
    member = make.LXROnTeamFactory(review=review, reviewer=person, response="invited")

    say(member, TeamMember.Response.ACCEPTED, by)
    say(member, TeamMember.Response.WITHDRAWN, by)

    kinds = set(Message.objects.values_list("kind", flat=True))
    assert ("visit-said-yes" in kinds, "visit-said-no" in kinds) == (yes, no)


def test_it_says_neither_where_nor_who_and_nothing_of_it_is_kept(
    by: Any, received: Received
) -> None:
    service = make.ServiceFactory(name=CANARIES["exclusion"], site__name="Northgate")
    asked(by, service=service, meet_at="Gate 3")
    mail, _, _ = received()
    (part,) = mail.iter_attachments()
    entry: Any = part.get_payload(decode=True)
    for word in (CANARIES["exclusion"], "Northgate", "Gate 3", "ada@"):
        assert word not in entry.decode().replace("\r\n ", "")
    assert "The file with this email" not in Message.objects.get().body


def test_a_batch_costs_the_same_for_any_number(by: Any, django_assert_num_queries: Any) -> None:
    members = {make.LXROnTeamFactory(review__visit_on=DAY).pk for _ in range(5)}
    with django_assert_num_queries(4):
        assert entries_of(members, NOW).keys() == members


def test_a_file_that_cannot_be_made_does_not_hold_up_the_words(
    by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(ids: set[int], now: datetime) -> Any:
        raise ValueError

    asked(by)
    monkeypatch.setitem(
        KINDS, "visit-invitation", Kind("visit-invitation", attached_to=broken, label="Broken")
    )
    assert deliver(clock=lambda: NOW) == 1
    assert sent.outbox[0].attachments == []
