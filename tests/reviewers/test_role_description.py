"""The role description: published in versions, signed, needed on visits."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from notifications.falling_due import queue_due
from notifications.models import Message
from organisation.models import TrustSettings
from reviewers import operations
from reviewers.how import How
from reviewers.models import RoleDescription, RoleSignature
from reviewers.reminders import due_role_descriptions
from reviews.eligibility import RULE_BY_KEY, Visit, missing_rules
from rules import RuleBroken
from tests.factories import NOW, TODAY, ReviewerFactory, ReviewFactory
from tests.races import race


def publish(by=None, words="You visit with us.", **given):
    values = {"what_changed": "All of it.", "needed_from": TODAY, "by": by, "now": NOW}
    return operations.publish_version(words=words, **values | given)


def sign(person, version, by=None, **given):
    values = {"signed_on": TODAY, "how": How.ONLINE, "by": by or person.user, "now": NOW}
    return operations.record_signature(reviewer=person, version=version, **values | given)


def test_first_version_is_the_one_on_paper_or_a_new_one(user_as):
    by = user_as("quality_lead")
    assert publish(by, is_what_was_signed=True).number == 1
    event = Event.objects.get()
    assert (event.action, event.fields) == (
        "published role description", ["needed_from", "what_changed", "words"],
    )  # fmt: skip


def test_first_version_with_other_words_asks_everybody(db):
    assert publish().number == 2


def test_same_words_again_are_no_new_version(db):
    assert publish() == publish()
    assert publish(words="Other words").number == 3
    assert RoleDescription.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [({"what_changed": " "}, "Say what changed"),
     ({"needed_from": TODAY - timedelta(days=1)}, "cannot sign in the past")],
)  # fmt: skip
def test_version_says_what_changed_and_is_needed_from_today_or_later(db, given, words):
    publish()
    with pytest.raises(RuleBroken, match=words):
        publish(words="Other words", **given)
    assert RoleDescription.objects.count() == 1


def test_first_version_need_not_say_what_changed(db):
    assert publish(what_changed="").what_changed == ""


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_version():
    outcomes = race(lambda: publish(words="One"), lambda: publish(words="Two"))
    numbers = list(RoleDescription.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))
    assert all(isinstance(each, (RoleDescription, RuleBroken)) for each in outcomes)


def test_signing_twice_is_signing_once(db):
    version, person = publish(), ReviewerFactory(role_description_signed_on=None)
    assert sign(person, version.number) == sign(person, version.number)
    person.refresh_from_db()
    assert (person.role_description_signed_on, person.signed_version) == (TODAY, 2)
    event = Event.objects.get(action="signed role description")
    assert (event.person_id, event.why) == (person.pk, "online")


def test_recording_it_again_puts_the_day_right(user_as):
    version, person, by = publish(), ReviewerFactory(), user_as("coordinator")
    for days in (1, 2):
        sign(person, version.number, by, signed_on=TODAY - timedelta(days=days), how=How.PAPER)
    person.refresh_from_db()
    assert person.role_description_signed_on == TODAY - timedelta(days=2)
    assert RoleSignature.objects.get().signed_on == TODAY - timedelta(days=2)


def test_older_version_recorded_late_takes_nothing_back(user_as):
    version, person, by = publish(), ReviewerFactory(), user_as("coordinator")
    sign(person, version.number)
    sign(person, 1, by, signed_on=TODAY - timedelta(days=9), how=How.PAPER)
    person.refresh_from_db()
    assert (person.role_description_signed_on, person.signed_version) == (TODAY, 2)


@pytest.mark.parametrize(
    ("version", "given", "words"),
    [
        (1, {}, "There is a newer version by now"),
        (3, {}, "There is no such version"),
        (2, {"signed_on": TODAY + timedelta(days=1)}, "This day is still to come"),
    ],
)
def test_only_what_is_there_is_signed(db, version, given, words):
    publish()
    person = ReviewerFactory()
    with pytest.raises(RuleBroken, match=words):
        sign(person, version, **given)
    assert not RoleSignature.objects.exists()


def test_visit_needs_the_version_of_its_day(db, trust):
    person = ReviewerFactory()
    needed_from = TODAY + timedelta(days=10)
    version = publish(needed_from=needed_from)

    def misses(day):
        visit = Visit(ReviewFactory(visit_on=day), TrustSettings.objects.get())
        return bool(missing_rules(person, visit, only=[RULE_BY_KEY["signed"]]))

    assert not misses(needed_from - timedelta(days=1))
    assert misses(needed_from)
    sign(person, version.number)
    assert not misses(needed_from)


def test_new_version_asks_those_who_may_go_on_visits_once(db, trust):
    people = {stage: ReviewerFactory(stage=stage) for stage in ("active", "checks", "training")}
    for stage in ("paused", "left", "enquiry"):
        ReviewerFactory(stage=stage)
    version = publish(needed_from=TODAY)
    for _ in range(2):
        queue_due(now=NOW)
    asked = Message.objects.filter(kind="role-description")
    assert {each.recipient_id for each in asked} == {each.pk for each in people.values()}
    assert "What changed: All of it." in asked[0].body
    sign(people["active"], version.number)
    assert {due.about_id for due in due_role_descriptions(NOW)} == {
        people["checks"].pk, people["training"].pk,
    }  # fmt: skip


def test_later_only_those_who_come_to_checks_are_asked(db, trust):
    ReviewerFactory(stage="active")
    publish()
    later = NOW + timedelta(days=30)
    new = ReviewerFactory(
        stage="checks", stage_since=TODAY + timedelta(days=29), role_description_signed_on=None
    )
    assert [due.about_id for due in due_role_descriptions(later)] == [new.pk]


def test_person_reads_and_signs_on_a_phone(client_as, trust):
    publish(words="You visit <b>with</b> us.\n\nYou choose.")
    person = ReviewerFactory(role_description_signed_on=None)
    client, url = client_as(person.user), reverse("own-reviewers:role-description")
    assert "please read and sign it" in client.get(reverse("own-reviewers:menu")).text
    page = client.get(url)
    assert "You visit &lt;b&gt;with&lt;/b&gt; us." in page.text
    assert "Tick the box if you agree" in client.post(url, {"version": "2"}).text
    done = client.post(url, {"version": "2", "agrees": "on"}, follow=True)
    assert "You have signed the role description." in done.text
    assert "please read and sign it" not in client.get(reverse("own-reviewers:menu")).text


def test_version_that_was_replaced_meanwhile_is_read_first(client_as, trust):
    publish()
    person = ReviewerFactory()
    publish(words="Newer")
    url = reverse("own-reviewers:role-description")
    page = client_as(person.user).post(url, {"version": "2", "agrees": "on"})
    assert "There is a newer version by now." in page.text
    assert not RoleSignature.objects.exists()


def test_nothing_published_is_nothing_to_sign_online(client_as, trust):
    person = ReviewerFactory(role_description_signed_on=None)
    page = client_as(person.user).get(reverse("own-reviewers:role-description"))
    assert "We will send you the role description on paper." in page.text


def test_coordinator_records_a_signature_on_paper(client_as, trust):
    person = ReviewerFactory(role_description_signed_on=None)
    url = reverse("reviewers:role-description", args=[person.pk])
    client_as("coordinator").post(
        url,
        {
            "version": "1", "how": "paper", "signed_on_day": "1", "signed_on_month": "6",
            "signed_on_year": "2026",
        },
    )  # fmt: skip
    person.refresh_from_db()
    assert person.role_description_signed_on == TODAY - timedelta(days=9)
    assert Event.objects.get(action="signed role description").why == "paper"


def test_old_versions_stay_readable(client_as, trust):
    publish(words="First words", is_what_was_signed=True)
    publish(words="Second words")
    person = ReviewerFactory()
    own = client_as(person.user).get(reverse("own-reviewers:version", args=[1]))
    staff = client_as("quality_lead").get(reverse("reviewers:version", args=[1]))
    assert "First words" in own.text
    assert "First words" in staff.text
    assert client_as(person.user).get(
        reverse("own-reviewers:version", args=[9])
    ).status_code == 404  # fmt: skip


@time_machine.travel(NOW)
def test_quality_lead_publishes_on_the_page(client_as, trust):
    client, url = client_as("quality_lead"), reverse("reviewers:publish-version")
    sent = {
        "words": "Words", "is_what_was_signed": "no", "what_changed": "It is written down.",
        "needed_from_day": "1", "needed_from_month": "7", "needed_from_year": "2026",
    }  # fmt: skip
    for _ in range(2):
        client.post(url, sent)
    version = RoleDescription.objects.get()
    assert (version.number, version.published_by) == (2, client.user)
