"""Several people of a service: each has a link, which can be sent again or taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import links
from accounts.models import SecretLink
from audit.models import Event
from feedback import operations, tasks
from feedback.models import Answer, Asking
from notifications.models import Message
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    AskingFactory,
    ContactFactory,
    ReviewerFactory,
    ReviewFactory,
)
from tests.feedback.several import answered, given, opens, secret_of, states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


def page_of(client, review):
    return client.get(reverse("reviews:detail", args=[review.pk])).text


def test_a_coordinator_asks_a_second_person_from_the_page_of_the_review(visit, client_as):
    client = client_as("coordinator")
    second = visit.service.contacts.get(name="Sam Hill")
    assert "Ask Sam Hill" in page_of(client, visit)

    done = client.post(
        reverse("feedback:ask", args=[visit.pk]),
        {"contact": second.pk, "to": "review"},
        follow=True,
    )

    assert done.redirect_chain[-1][0].startswith(reverse("reviews:detail", args=[visit.pk]))
    assert "Sam Hill is asked about the visit." in done.text
    assert "Ask Sam Hill" not in done.text
    assert "0 of 2 have answered. Nobody knows who." in done.text
    assert Asking.objects.filter(review=visit, audience="team").count() == 2
    assert Message.objects.get(kind="feedback-request").recipient_name == "Sam Hill"


def test_asking_without_a_name_asks_the_first_once_however_often_it_is_pressed(visit, client_as):
    Asking.objects.all().delete()
    client = client_as("coordinator")
    for _ in range(2):
        client.post(reverse("feedback:ask", args=[visit.pk]))
    assert [each.contact.name for each in Asking.objects.all()] == ["Pat Reed"]


@pytest.mark.parametrize("contact", ["0", "x", "99999999999999999999999"])
def test_a_contact_that_is_not_of_this_service_is_not_asked(contact, visit, client_as):
    elsewhere = ContactFactory()
    client = client_as("coordinator")
    for pk in (contact, elsewhere.pk):
        client.post(reverse("feedback:ask", args=[visit.pk]), {"contact": pk})
    assert Asking.objects.count() == 1


def test_a_visit_without_an_lxr_asks_nobody_and_says_why(client_as, trust):
    review = ReviewFactory(status="completed", visit_on=TODAY)
    page = page_of(client_as("coordinator"), review)
    assert "nobody is asked what the role was worth" in page


def test_a_visit_to_come_has_no_section_about_feedback(client_as, trust):
    assert "Who was asked about this visit" not in page_of(
        client_as("coordinator"), ReviewFactory()
    )


def test_a_link_that_is_taken_back_opens_nothing_until_another_one_is_sent(
    asking, coordinator, trust
):
    secret = secret_of(asking)
    assert opens(secret)

    operations.revoke(asking=asking, by=coordinator, now=NOW)
    operations.revoke(asking=asking, by=coordinator, now=NOW)

    asking.refresh_from_db()
    assert (asking.state, asking.nonce, opens(secret)) == ("revoked", "", False)
    assert Event.objects.filter(action="took a feedback link back").count() == 1
    operations.send_again(asking=asking, trust=trust, by=coordinator, now=NOW)
    another = secret_of(asking)
    assert (asking.state, another == secret) == ("open", False)
    assert (opens(another), opens(secret)) == (True, False)


def test_an_lxr_has_no_link_to_take_back(coordinator, trust):
    asking = AskingFactory(audience="lxr", reviewer=ReviewerFactory())
    with pytest.raises(RuleBroken, match="there is no link"):
        operations.revoke(asking=asking, by=coordinator, now=NOW)


def test_who_does_not_want_to_answer_is_left_in_peace_and_counts_as_asked(
    asking, coordinator, trust, time_machine
):
    secret = secret_of(asking)

    operations.decline(asking=asking, by=coordinator, now=NOW)

    asking.refresh_from_db()
    assert (asking.state, opens(secret)) == ("declined", False)
    with pytest.raises(RuleBroken, match="do not want to answer"):
        operations.send_again(asking=asking, trust=trust, by=coordinator, now=NOW)
    time_machine.move_to(NOW + timedelta(days=8))
    tasks.ask()
    assert not Message.objects.filter(kind="feedback-reminder", about_id=asking.pk).exists()


def test_a_decline_by_mistake_is_undone_and_sends_nothing(asking, coordinator, trust):
    operations.decline(asking=asking, by=coordinator, now=NOW)
    operations.undo_decline(asking=asking, by=coordinator, now=NOW)

    asking.refresh_from_db()
    assert (asking.state, Message.objects.count()) == ("open", 0)
    operations.send_again(asking=asking, trust=trust, by=coordinator, now=NOW)
    assert opens(secret_of(asking))


def test_who_tells_us_on_the_phone_after_all_is_received(asking, coordinator):
    operations.decline(asking=asking, by=coordinator, now=NOW)
    operations.record_answer(asking=asking, given=given(), how="phone", by=coordinator, now=NOW)
    asking.refresh_from_db()
    assert (asking.state, Answer.objects.count()) == ("answered", 1)


def test_what_was_answered_cannot_be_declined_taken_back_or_sent_again(asking, coordinator, trust):
    answered(secret_of(asking))
    for act in (
        lambda: operations.decline(asking=asking, by=coordinator, now=NOW),
        lambda: operations.revoke(asking=asking, by=coordinator, now=NOW),
        lambda: operations.send_again(asking=asking, trust=trust, by=coordinator, now=NOW),
    ):
        with pytest.raises(RuleBroken, match="already have this feedback"):
            act()


def test_the_rest_have_answered_once_somebody_declined(asking, second, coordinator):
    operations.decline(asking=second, by=coordinator, now=NOW)
    answered(secret_of(asking))
    assert states() == ["answered", "declined"]


def test_a_link_closed_before_any_answer_came_can_be_sent_anew(asking, second, coordinator, trust):
    operations.revoke(asking=asking, by=coordinator, now=NOW)
    answered(secret_of(second))
    assert states() == ["revoked", "answered"]
    operations.send_again(asking=asking, trust=trust, by=coordinator, now=NOW)
    answered(secret_of(asking))
    assert states() == ["answered", "answered"]


def test_an_answer_in_the_moment_its_link_is_taken_back_is_not_received(asking, coordinator):
    secret = secret_of(asking)
    link = links.find_unspent(secret=secret, purpose="feedback", now=NOW)
    operations.revoke(asking=asking, by=coordinator, now=NOW)
    with pytest.raises(RuleBroken, match="cannot be used any more"):
        operations.answer_by_link(link=link, secret=secret, given=given(), told_alone=True, now=NOW)
    assert not Answer.objects.exists()


def test_the_pages_do_each_of_it(asking, visit, client_as):
    client = client_as("coordinator")
    steps = (
        ("feedback:revoke", {}, "opens nothing any more", "revoked"),
        ("feedback:again", {}, "will go out again", "open"),
        ("feedback:decline", {}, "will not be asked again", "declined"),
        ("feedback:revoke", {}, "opens nothing any more", "declined"),
        ("feedback:decline", {"mistake": "yes"}, "may still answer", "open"),
    )
    for name, sent, said, state in steps:
        page = client.post(reverse(name, args=[asking.pk]), {"to": "review", **sent}, follow=True)
        asking.refresh_from_db()
        assert (said in page.text, asking.state) == (True, state), name


def test_links_that_are_over_cannot_be_worked_out_any_more(asking, visit, time_machine):
    second = AskingFactory(review=visit, contact=visit.service.contacts.get(name="Sam Hill"))
    for each in (asking, second):
        secret_of(each)
    SecretLink.objects.filter(object_id=second.pk).update(expires_at=NOW + timedelta(days=1))

    time_machine.move_to(NOW + timedelta(days=2))
    assert tasks.forget_nonces() == 1
    asking.refresh_from_db()
    second.refresh_from_db()
    assert (bool(asking.nonce), second.nonce) == (True, "")


def test_nonces_go_at_once_when_all_have_answered(asking):
    answered(secret_of(asking))
    asking.refresh_from_db()
    assert (asking.state, asking.nonce) == ("answered", "")
