"""Once one of several has answered, nothing is done with one link alone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import SecretLink
from audit.models import Event
from feedback import operations, queries, tasks
from notifications.models import Message
from rules import RuleBroken
from tests.factories import NOW, AskingFactory, ContactFactory
from tests.feedback.several import END, answered, by_phone, opens, secret_of, states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


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
