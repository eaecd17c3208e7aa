import re
from datetime import timedelta

import pytest

from accounts import links
from accounts.models import SecretLink
from audit.models import Event
from feedback import operations, queries, tasks
from feedback.form_queries import form_in_use
from feedback.models import Answer, Asking
from feedback.operations import Given
from notifications.models import Message
from notifications.registry import KINDS
from organisation.queries import trust_settings
from reviews.models import ChangedMonth
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    AnswerFactory,
    ContactFactory,
    LXROnTeamFactory,
    ReviewFactory,
    StaffOnTeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(trust):
    """A covered visit two days ago, with a contact at the service and a lead."""
    review = ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=2))
    ContactFactory(service=review.service)
    StaffOnTeamFactory(review=review)
    LXROnTeamFactory(review=review, response="accepted", attended=True)
    return review


def asked(now=NOW):
    return [
        (review.pk, str(audience), person.pk)
        for review, audience, person in queries.still_to_ask(now, trust_settings())
    ]


def run(time_machine, moment):
    time_machine.move_to(moment)
    return tasks.ask()


def test_visits_without_anyone_to_ask_take_nobodys_turn(visit, monkeypatch):
    monkeypatch.setattr(queries, "ASKED_AT_A_TIME", 1)
    earlier = ReviewFactory(status="completed", visit_on=visit.visit_on - timedelta(days=1))
    ContactFactory(service=earlier.service, email="")
    LXROnTeamFactory(review=earlier, response="accepted", attended=True)

    assert (visit.pk, "team") in [(review, audience) for review, audience, _ in asked()]


def test_after_a_covered_visit_the_three_are_asked_once(visit, time_machine):
    assert run(time_machine, NOW) == 3
    assert run(time_machine, NOW + timedelta(minutes=5)) == 0

    assert sorted(Asking.objects.values_list("audience", flat=True)) == ["lxr", "quality", "team"]
    assert Message.objects.filter(kind="feedback-request").count() == 3
    assert Event.objects.filter(action="asked for feedback").count() == 3
    assert ChangedMonth.objects.get().month == visit.visit_on.replace(day=1)


def test_a_visit_without_an_lxr_asks_nobody(visit):
    visit.team.filter(role="lxr").update(attended=False)

    assert asked() == []


def test_nobody_is_asked_about_visits_before_sending_was_switched_on(visit, trust):
    trust.sending_on_since = NOW - timedelta(days=1)
    trust.save()

    assert asked() == []


def test_a_service_is_asked_once_it_has_an_address(visit):
    contact = visit.service.contacts.get()
    contact.email = ""
    contact.save()
    assert [audience for _, audience, _ in asked()] == ["lxr", "quality"]

    contact.email = "ward@trust.example.org"
    contact.save()
    assert (visit.pk, "team", contact.pk) in asked()


def test_an_imported_answer_is_not_asked_for_again(visit):
    AnswerFactory(review=visit, audience="team", how="imported")

    assert [audience for _, audience, _ in asked()] == ["lxr", "quality"]


def test_people_are_reminded_once_after_seven_days(visit, time_machine):
    run(time_machine, NOW)

    assert run(time_machine, NOW + timedelta(days=6, hours=23)) == 0
    assert run(time_machine, NOW + timedelta(days=7)) == 3
    assert run(time_machine, NOW + timedelta(days=30)) == 0
    assert Message.objects.filter(kind="feedback-reminder").count() == 3


def test_who_answered_is_not_reminded(visit, time_machine):
    run(time_machine, NOW)
    asking = Asking.objects.get(audience="lxr")
    operations.record_answer(
        asking=asking, given=given("lxr"), how="phone", by=UserFactory(), now=NOW
    )

    assert run(time_machine, NOW + timedelta(days=7)) == 2


def secret_for(audience):
    body = Message.objects.get(kind="feedback-request", about_id=_asking(audience).pk).body
    return re.search(r"/feedback/visit/([\w-]+)/", body).group(1)


def _asking(audience):
    return Asking.objects.get(audience=audience)


def test_the_secret_is_long_random_and_stored_as_a_hash_alone(visit, time_machine):
    run(time_machine, NOW)
    secret = secret_for("team")

    assert len(secret) >= 43
    assert not SecretLink.objects.filter(digest__contains=secret).exists()
    assert (
        links.find_unspent(secret=secret, purpose="feedback", now=NOW).object_id
        == _asking("team").pk
    )


def given(audience, words="", quote_as="no", **ratings):
    form = form_in_use(audience)
    asked = form.questions.get(kind="text")
    return Given(
        form=form, quote_as=quote_as, ratings=ratings, remarks={asked.pk: words} if words else {}
    )


def answer_by_link(secret, audience="team", now=NOW, **said):
    link = links.find_unspent(secret=secret, purpose="feedback", now=now)
    return operations.answer_by_link(
        link=link, secret=secret, given=given(audience, **said), told_alone=True, now=now
    )


def test_a_link_takes_one_answer_which_keeps_no_trace_of_who_was_asked(visit, time_machine):
    run(time_machine, NOW)
    secret = secret_for("team")
    link = links.find_unspent(secret=secret, purpose="feedback", now=NOW)

    answer_by_link(secret, impact=9, words="Kind", quote_as="role")

    answer = Answer.objects.get()
    assert (answer.impact, answer.quote_as, answer.author, answer.received_on) == (
        9,
        "role",
        None,
        TODAY,
    )
    assert answer.remarks.get().text == "Kind"
    assert _asking("team").state == "answered"
    assert links.find_unspent(secret=secret, purpose="feedback", now=NOW) is None
    with pytest.raises(RuleBroken, match="already have this feedback"):
        operations.answer_by_link(
            link=link, secret=secret, given=given("team"), told_alone=True, now=NOW
        )
    assert Answer.objects.count() == 1
    assert not Event.objects.filter(action="received feedback").exists()


def test_a_request_sent_again_brings_the_same_link_with_a_later_end(visit, time_machine):
    run(time_machine, NOW)
    first = secret_for("team")
    later = NOW + timedelta(days=30)

    operations.send_again(
        asking=_asking("team"), trust=trust_settings(), by=UserFactory(), now=later
    )

    messages = Message.objects.filter(kind="feedback-request", about_id=_asking("team").pk)
    assert messages.count() == 2
    assert all(first in each.body for each in messages)
    assert (
        links.find_unspent(secret=first, purpose="feedback", now=NOW + timedelta(days=80))
        is not None
    )


def test_a_reminder_brings_the_same_link_so_that_nobody_answers_twice(visit, time_machine):
    run(time_machine, NOW)
    run(time_machine, NOW + timedelta(days=7))

    reminder = Message.objects.get(kind="feedback-reminder", about_id=_asking("team").pk)
    assert secret_for("team") in reminder.body
    assert "If you have answered already" in reminder.body


def test_an_answer_by_phone_closes_the_link(visit, time_machine):
    run(time_machine, NOW)
    secret = secret_for("team")

    operations.record_answer(
        asking=_asking("team"), given=given("team"), how="phone", by=UserFactory(), now=NOW
    )

    assert links.find_unspent(secret=secret, purpose="feedback", now=NOW) is None
    assert Answer.objects.get().how == "phone"


def test_words_become_a_quote_only_with_consent():
    lead = UserFactory()
    private = AnswerFactory(comment="Private").remarks.get()
    free = AnswerFactory(comment="Kind", may_quote=True).remarks.get()

    with pytest.raises(RuleBroken, match="did not say that we may quote"):
        operations.approve_quote(remark=private, by=lead, now=NOW)
    approved = operations.approve_quote(remark=free, by=lead, now=NOW)

    assert (approved.approved_at, approved.approved_by) == (NOW, lead)
    assert list(queries.quotes()) == [free]
    withdrawn = operations.withdraw_quote(remark=free, by=lead, now=NOW)
    assert (withdrawn.approved_at, withdrawn.approved_by) == (None, None)
    assert list(queries.quotes()) == []


def test_withdrawn_permission_ends_every_approval():
    answer = AnswerFactory(comment="Kind", comment__approved_at=NOW, may_quote=True)

    operations.change_permission(answer=answer, quote_as="no", by=None, now=NOW)

    remark = answer.remarks.get()
    assert (remark.approved_at, list(queries.quotes())) == (None, [])
    answer.refresh_from_db()
    assert (answer.quote_as, answer.quote_changed_on) == ("no", TODAY)
    assert not Event.objects.exists()  # its moment would be a trace


def test_another_way_to_be_quoted_leaves_the_approval():
    answer = AnswerFactory(comment="Kind", comment__approved_at=NOW, may_quote=True)

    operations.change_permission(answer=answer, quote_as="role", by=UserFactory(), now=NOW)

    assert [each.answer.quote_as for each in queries.quotes()] == ["role"]
    assert Event.objects.get().action == "changed the permission to quote"


def test_a_message_about_feedback_is_still_true_until_the_answer(visit, time_machine):
    run(time_machine, NOW)
    pks = set(Asking.objects.values_list("pk", flat=True))
    answer_by_link(secret_for("quality"), "quality", impact=9)

    holding = KINDS["feedback-request"].holding(pks, NOW)

    assert holding == pks - {_asking("quality").pk}


def waits(client):
    return client.get("/feedback/waiting/").content.decode()


def test_a_service_visited_before_sending_was_on_is_asked_by_hand(
    visit, trust, client_as, time_machine
):
    time_machine.move_to(NOW)
    trust.sending_on_since = NOW
    trust.save()
    client = client_as("coordinator")
    assert "Services that nobody has asked" in waits(client)

    for _ in range(2):
        client.post(f"/feedback/visits/{visit.pk}/ask/")

    asking = Asking.objects.get()
    assert (asking.review, asking.audience) == (visit, "team")
    assert "Services that nobody has asked" not in waits(client)


def test_a_contact_without_an_address_is_asked_by_hand_and_one_with_first(visit, client_as):
    with_address = visit.service.contacts.get()
    ringing = ContactFactory(service=visit.service, email="")
    assert queries.contact_to_ask(visit) == with_address

    with_address.delete()

    assert queries.contact_to_ask(visit) == ringing


def test_a_service_without_a_contact_leads_to_adding_one(visit, client_as, time_machine):
    time_machine.move_to(NOW)
    visit.service.contacts.all().delete()
    client = client_as("coordinator")

    assert f"/settings/services/{visit.service_id}/" in waits(client)
    client.post(f"/feedback/visits/{visit.pk}/ask/")

    assert not Asking.objects.exists()
