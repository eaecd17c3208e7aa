"""Several people of a service: each has a link, which can be sent again or taken back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts import links
from accounts.models import SecretLink
from audit.models import Event
from feedback import operations, queries, tasks
from feedback.form_queries import form_in_use
from feedback.models import Answer, Asking
from notifications.models import Message
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    AskingFactory,
    ContactFactory,
    LXROnTeamFactory,
    ReviewerFactory,
    ReviewFactory,
)

pytestmark = pytest.mark.django_db
END = NOW + timedelta(days=60)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def visit(trust):
    """A covered visit to a service with two contacts, of whom the first was asked."""
    review = ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=2))
    LXROnTeamFactory(review=review, response="accepted", attended=True)
    first = ContactFactory(service=review.service, name="Pat Reed")
    ContactFactory(service=review.service, name="Sam Hill")
    AskingFactory(review=review, contact=first)
    return review


@pytest.fixture
def asking(visit):
    return Asking.objects.get(review=visit)


def secret_of(asking):
    asking.refresh_from_db()
    return operations.open_link(asking, now=NOW, expires_at=END)


def opens(secret):
    return Client().get(f"/feedback/visit/{secret}/", follow=True).status_code == 200


def given():
    return operations.Given(form=form_in_use("team"), ratings={"impact": 8})


def answered(secret, *, told_alone=True):
    link = links.find_unspent(secret=secret, purpose="feedback", now=NOW)
    return operations.answer_by_link(
        link=link, secret=secret, given=given(), told_alone=told_alone, now=NOW
    )


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


@pytest.fixture
def second(visit, asking):
    return AskingFactory(review=visit, contact=visit.service.contacts.get(name="Sam Hill"))


def states():
    asked = Asking.objects.filter(audience="team").order_by("pk")
    return list(asked.values_list("state", flat=True))


def by_phone(asking, coordinator):
    return operations.record_answer(
        asking=asking, given=given(), how="phone", by=coordinator, now=NOW
    )


def test_the_rest_have_answered_once_somebody_declined(asking, second, coordinator):
    operations.decline(asking=second, by=coordinator, now=NOW)
    answered(secret_of(asking))
    assert states() == ["answered", "declined"]


@pytest.fixture
def one_of_two(asking, second, trust):
    """Returns how to tell the story in which this one of two has answered: nobody knows who."""
    secrets = [secret_of(asking), secret_of(second)]

    def tell(who):
        answered(secrets[who])
        return secrets

    return tell


SINGLY = {
    "closed": lambda asking, by, trust: operations.revoke(asking=asking, by=by, now=NOW),
    "declined": lambda asking, by, trust: operations.decline(asking=asking, by=by, now=NOW),
    "sent again": lambda asking, by, trust: operations.send_again(
        asking=asking, trust=trust, by=by, now=NOW
    ),
}


@pytest.mark.parametrize("who", [0, 1])
@pytest.mark.parametrize("act", SINGLY)
def test_once_one_of_two_has_answered_nothing_is_done_with_one_link_alone(
    act, who, one_of_two, asking, second, coordinator, trust
):
    """Whatever came after one link was closed would be the other's."""
    secrets = one_of_two(who)
    for each in (asking, second):
        with pytest.raises(RuleBroken, match="for all of them together"):
            SINGLY[act](each, coordinator, trust)
    assert (states(), Message.objects.count()) == (["open", "open"], 0)
    assert opens(secrets[1 - who])


@pytest.mark.parametrize("who", [0, 1])
def test_links_close_together_and_whoever_has_answered_can_still_ring(
    who, one_of_two, asking, second, coordinator, trust, time_machine
):
    secrets = one_of_two(who)
    operations.revoke_all(asking=asking, by=coordinator, now=NOW)
    operations.revoke_all(asking=second, by=coordinator, now=NOW)

    assert (states(), [opens(each) for each in secrets]) == (["revoked", "revoked"], [False, False])
    event = Event.objects.get(action="took the feedback links back")
    assert (event.object_type, event.object_id) == ("reviews.review", str(asking.review_id))
    time_machine.move_to(NOW + timedelta(days=8))
    tasks.ask()
    for each in (asking, second):
        with pytest.raises(RuleBroken, match="get no other one"):
            operations.send_again(asking=each, trust=trust, by=coordinator, now=NOW)
    with pytest.raises(RuleBroken, match="get no other one"):
        operations.send_all_again(asking=asking, trust=trust, by=coordinator, now=NOW)
    ids = [asking.pk, second.pk]
    assert not Message.objects.filter(kind__startswith="feedback", about_id__in=ids).exists()
    by_phone(asking, coordinator)
    assert states() == ["answered", "answered"]
    for each in (asking, second):
        with pytest.raises(RuleBroken, match="already have this feedback"):
            by_phone(each, coordinator)


def test_of_three_whose_links_are_closed_one_who_rings_is_not_told_apart(
    one_of_two, asking, coordinator
):
    other = ContactFactory(service=asking.review.service)
    AskingFactory(review=asking.review, contact=other)
    one_of_two(0)
    operations.revoke_all(asking=asking, by=coordinator, now=NOW)
    by_phone(asking, coordinator)
    assert states() == ["revoked"] * 3


@pytest.mark.parametrize("who", [0, 1])
def test_everyone_is_sent_the_same_again_whoever_has_answered(
    who, one_of_two, asking, second, coordinator, trust
):
    one_of_two(who)
    operations.send_all_again(asking=asking, trust=trust, by=coordinator, now=NOW)
    with pytest.raises(RuleBroken, match="sent a moment ago"):
        operations.send_all_again(asking=second, trust=trust, by=coordinator, now=NOW)

    sent = Message.objects.order_by("about_id").values_list("about_id", "kind", "subject")
    subject = "How was the visit? A short reminder"
    assert list(sent) == [(each.pk, "feedback-reminder", subject) for each in (asking, second)]
    assert all("If you have answered already" in each.body for each in Message.objects.all())
    assert states() == ["open", "open"]


def test_links_that_have_ended_are_not_made_anew_once_an_answer_has_come(
    one_of_two, asking, coordinator, trust
):
    """Whoever has answered would have a link that takes another answer."""
    one_of_two(0)
    operations.forget_nonces(now=END)
    with pytest.raises(RuleBroken, match="links have ended"):
        operations.send_all_again(asking=asking, trust=trust, by=coordinator, now=END)


@pytest.mark.parametrize("who", [0, 1])
def test_the_chase_goes_to_all_who_were_asked_whoever_has_answered(
    who, one_of_two, asking, second, time_machine
):
    one_of_two(who)
    time_machine.move_to(NOW + timedelta(days=8))
    tasks.ask()
    reminded = Message.objects.filter(kind="feedback-reminder").order_by("about_id")
    assert list(reminded.values_list("about_id", flat=True)) == [asking.pk, second.pk]
    assert len(set(reminded.values_list("subject", "queued_at", "due_at", "state"))) == 1


def test_all_links_of_a_visit_end_on_one_day(asking, second, trust, coordinator):
    """After the first of them ended, an answer could be nobody's but the other's."""
    secret_of(second)
    operations.send_again(asking=asking, trust=trust, by=coordinator, now=NOW + timedelta(days=5))
    ends = SecretLink.objects.values_list("expires_at", flat=True)
    assert list(ends) == [NOW + timedelta(days=5 + trust.feedback_link_days)] * 2


def test_the_pages_offer_one_by_one_before_an_answer_and_all_together_after(
    asking, second, client_as, trust
):
    client = client_as("coordinator")
    pages = (reverse("reviews:detail", args=[asking.review_id]), reverse("feedback:waiting"))
    for page in pages:
        text = client.get(page).text
        assert (text.count("Take the link back"), text.count("Send to everyone again")) == (2, 0)
        assert text.count("They do not want to answer") == 2
    answered(secret_of(asking))
    for page in pages:
        text = client.get(page).text
        assert (text.count("Take the link back"), text.count("Send again")) == (0, 0)
        assert text.count("They do not want to answer") == 0
        assert text.count("Send to everyone again") == 2
        assert text.count("Close the links of this visit") == 2


def test_the_pages_close_and_send_for_all_together(one_of_two, asking, client_as):
    one_of_two(0)
    client = client_as("coordinator")
    refused = client.post(reverse("feedback:revoke", args=[asking.pk]), follow=True)
    assert "for all of them together" in refused.text
    for name, said in (("again", "to all alike"), ("revoke", "open nothing any more")):
        address = reverse(f"feedback:{name}", args=[asking.pk])
        assert said in client.post(address, {"everyone": "yes"}, follow=True).text
    assert (states(), Message.objects.count()) == (["revoked", "revoked"], 2)


def test_who_answers_by_phone_after_declining_is_not_mixed_with_the_others(
    asking, second, coordinator
):
    """No link of theirs was left, so what comes by link is the other's, who reads so."""
    operations.decline(asking=asking, by=coordinator, now=NOW)
    secret = secret_of(second)
    by_phone(asking, coordinator)
    assert states() == ["answered", "open"]
    assert queries.is_alone(second, now=NOW)
    operations.decline(asking=second, by=coordinator, now=NOW)  # nothing can be theirs yet
    assert not opens(secret)


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
