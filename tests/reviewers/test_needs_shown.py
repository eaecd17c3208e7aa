"""What people need is said wherever somebody has contact with them, to whom may know it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from feedback.models import Asking, Concern
from notifications import operations
from notifications.addressees import Addressee
from notifications.at_contact import needs_at, register
from notifications.delivery import deliver
from notifications.models import Message
from reviewers.at_contact import needs_of, needs_of_one
from reviewers.models import AccessNeed
from reviews.models import Question
from tests.factories import (
    NOW,
    AnswerFactory,
    LXROnTeamFactory,
    PlaceFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    SessionFactory,
    StaffFactory,
    StaffOnTeamFactory,
    UserFactory,
)

ALL = "Large print. Breaks. A quiet room"
SHARED = "Breaks"


@pytest.fixture(autouse=True)
def _today(time_machine, trust):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def ada(db):
    """She needs three things, and agreed to share one of them."""
    return told(ReadyReviewerFactory(first_name="Ada", last_name="Okoro"))


def told(person, words="A quiet room"):
    person.access_needs = words
    person.save(update_fields=["access_needs"])
    for kind, is_shared in (("large print", False), ("breaks", True), ("other", False)):
        AccessNeed.objects.create(reviewer=person, kind=kind, is_shared=is_shared)
    return person


def lines(response):
    """What the page says of needs, in order."""
    assert response.status_code == 200
    found = re.findall(r'<span class="app-needs nhsuk-body">(.*?)</span>', response.text, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in found]


def page(client, name, *args, **params):
    return client.get(reverse(name, args=args), params)


# Who may know what


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("coordinator", ALL),
        ("quality_lead", ALL),
        ("visit_lead", SHARED),
        ("checks_officer", None),
        ("second_approver", None),
        ("observer", None),
        ("administrator", None),
        ("governance", None),
        ("lxr", None),
    ],
)
def test_each_role_is_told_what_it_may_know(ada, role, words):
    needs = needs_of_one(ada.pk, UserFactory(roles=[role]))
    assert (needs.words if needs else None) == words


def test_words_are_told_to_a_visit_lead_only_if_the_words_are_shared(ada, user_as):
    lead = user_as("visit_lead")
    ada.needs.update(is_shared=False)
    assert needs_of({ada.pk}, lead) == {}
    ada.needs.filter(kind="other").update(is_shared=True)
    assert needs_of({ada.pk}, lead)[ada.pk].words == "A quiet room"


def test_large_print_is_not_given_away_to_whom_it_is_not_shared_with(ada, user_as):
    assert not needs_of({ada.pk}, user_as("visit_lead"))[ada.pk].is_large_print
    assert needs_of({ada.pk}, user_as("coordinator"))[ada.pk].is_large_print


def test_words_of_an_import_stand_alone_for_those_who_plan(user_as):
    person = ReviewerFactory(access_needs="Ring after five")
    assert needs_of_one(person.pk, user_as("coordinator")).words == "Ring after five"
    assert needs_of_one(person.pk, user_as("visit_lead")) is None


def test_who_needs_nothing_has_no_line(user_as):
    assert needs_of({ReviewerFactory().pk}, user_as("coordinator")) == {}


def test_many_people_are_one_query_and_nobody_is_none(user_as, django_assert_num_queries):
    people = [told(ReviewerFactory()) for _ in range(5)]
    for role in ("coordinator", "visit_lead"):
        user = user_as(role)
        with django_assert_num_queries(1):
            assert len(needs_of({each.pk for each in people}, user)) == 5
        with django_assert_num_queries(0):
            assert needs_of(set(), user) == {}


# Reviews


@pytest.fixture
def review(db):
    return ReviewFactory(visit_on=NOW.date())


def test_review_says_the_needs_of_its_team_and_of_whom_to_ask(client_as, ada):
    review = ReviewFactory(status="planned")
    ben = told(ReadyReviewerFactory(first_name="Ben"), "A chair with arms")
    LXROnTeamFactory(review=review, reviewer=ada)
    shown = lines(page(client_as("coordinator"), "reviews:detail", review.pk))
    assert shown == [f"Needs: {ALL}", "Needs: Large print. Breaks. A chair with arms"]
    found = page(client_as("coordinator"), "reviews:detail", review.pk, who=ben.reference)
    assert len(lines(found)) == 3


@pytest.mark.parametrize(
    "name",
    ["first-visit", "first-visit-wish", "first-visit-buddy", "first-visit-talk", "first-visits"],
)
def test_way_to_a_first_visit_says_the_needs(client_as, ada, name):
    args = [] if name == "first-visits" else [ada.pk]
    assert lines(page(client_as("coordinator"), f"reviews:{name}", *args)) == [f"Needs: {ALL}"]


def test_visit_lead_is_told_what_the_team_agreed_to_share(client_as, user_as, ada, review):
    lead = user_as("visit_lead")
    StaffOnTeamFactory(review=review, staff=StaffFactory(user=lead))
    LXROnTeamFactory(review=review, reviewer=ada, response="accepted")
    shown = page(client_as(lead), "reviews:detail", review.pk)
    assert lines(shown) == [f"Needs: {SHARED}"]
    assert "quiet room" not in shown.text
    assert "Large print" not in shown.text


@pytest.mark.parametrize("name", ["reviews:answer", "reviews:withdraw", "reviews:replace"])
def test_recording_for_one_of_the_team_says_what_they_need(client_as, ada, name):
    member = LXROnTeamFactory(review=ReviewFactory(status="planned"), reviewer=ada)
    shown = page(client_as("coordinator"), name, member.review_id, member.pk)
    assert lines(shown) == [f"Needs: {ALL}"]


def test_list_of_who_could_come_instead_says_what_each_needs(client_as, ada):
    member = LXROnTeamFactory(review=ReviewFactory(status="planned"))
    shown = page(client_as("coordinator"), "reviews:replace", member.review_id, member.pk)
    assert lines(shown) == [f"Needs: {ALL}"]


# The person's page, and what is recorded for them


def test_the_persons_page_says_it_first(client_as, ada):
    assert lines(page(client_as("coordinator"), "reviewers:detail", ada.pk)) == [f"Needs: {ALL}"]
    assert lines(page(client_as("checks_officer"), "reviewers:detail", ada.pk)) == []


@pytest.mark.parametrize(
    "name",
    [
        "reviewers:details",
        "reviewers:availability",
        "reviewers:places",
        "reviewers:add-interview",
        "reviewers:role-description",
    ],
)
def test_recording_for_somebody_says_what_they_need(client_as, ada, name):
    assert lines(page(client_as("coordinator"), name, ada.pk)) == [f"Needs: {ALL}"]


def test_nobody_is_told_their_own_needs_on_each_of_their_pages(client_as, ada):
    ada.user = UserFactory(roles=["lxr"])
    ada.save()
    assert lines(page(client_as(ada.user), "own-reviewers:availability")) == []


# Training


def place_of(person, **session):
    return PlaceFactory(reviewer=person, session=SessionFactory(**session))


def test_session_says_the_needs_of_who_comes_and_of_who_could(client_as, ada):
    told(ReviewerFactory(stage="training"), "A chair with arms")
    place = place_of(ada, held_on=NOW.date())
    shown = page(client_as("coordinator"), "training:detail", place.session_id)
    assert lines(shown) == [f"Needs: {ALL}", "Needs: Large print. Breaks. A chair with arms"]


def test_tick_list_says_them_as_hints(client_as, ada):
    place = place_of(ada)
    shown = page(client_as("coordinator"), "training:attendance", place.session_id)
    assert re.findall(r'class="nhsuk-hint"[^>]*>\s*(Needs:.*?)\s*<', shown.text) == [
        f"Needs: {ALL}"
    ]


def test_register_on_paper_says_what_is_shared_alone(client_as, ada):
    place = place_of(ada)
    shown = page(client_as("coordinator"), "training:register", place.session_id).text
    assert f">{SHARED}<" in shown
    assert "quiet room" not in shown
    assert "Large print" not in shown


def test_getting_in_touch_about_training_says_them(client_as, ada):
    place = place_of(ada)
    client = client_as("coordinator")
    type(place).objects.filter(pk=place.pk).update(outcome="did not attend")
    assert lines(page(client, "training:no-shows")) == [f"Needs: {ALL}"]
    assert lines(page(client, "training:follow-up", place.pk)) == [f"Needs: {ALL}"]
    assert lines(page(client, "training:answer", place.pk)) == [f"Needs: {ALL}"]


@pytest.mark.parametrize("name", ["training:invite", "training:walk-in"])
def test_choosing_somebody_for_a_session_says_what_they_need(client_as, ada, name):
    session = SessionFactory(held_on=NOW.date())
    shown = client_as("coordinator").get(f"{reverse(name, args=[session.pk])}?q={ada.reference}")
    assert f"{ada}, {ada.reference}. Needs: {ALL}" in shown.content.decode()


# Feedback


def test_recording_feedback_for_somebody_says_what_they_need(client_as, ada):
    asking = Asking.objects.create(
        review=ReviewFactory(), audience="lxr", reviewer=ada, asked_at=NOW
    )
    assert lines(page(client_as("coordinator"), "feedback:record", asking.pk)) == [f"Needs: {ALL}"]


def test_who_is_to_be_rung_after_their_feedback_is_listed_with_their_needs(client_as, ada):
    answer = AnswerFactory(audience="lxr", impact=None, author=ada, support_on_visit=2)
    Concern.objects.create(answer=answer, raised_at=NOW, is_low_rating=True, asks_for_help=False)
    assert lines(page(client_as("coordinator"), "feedback:concerns")) == [f"Needs: {ALL}"]


def test_a_question_about_a_visit_says_what_its_author_needs(client_as, ada):
    member = LXROnTeamFactory(reviewer=ada, response="accepted")
    asked = Question.objects.create(member=member, words="Is there a lift?", asked_at=NOW)
    assert lines(page(client_as("coordinator"), "reviews:question", asked.pk)) == [f"Needs: {ALL}"]


def test_who_may_not_be_able_to_go_is_shown_with_their_needs(client_as, ada):
    member = LXROnTeamFactory(
        review=ReviewFactory(status="planned"), reviewer=ada, response="accepted"
    )
    ada.stage = "paused"
    ada.save()
    client = client_as("coordinator")
    assert lines(page(client, "programme:to_confirm")) == [f"Needs: {ALL}"]
    assert lines(page(client, "programme:take_off", member.pk)) == [f"Needs: {ALL}"]


# Pages that say to ring somebody

CONTACT = re.compile(r"\b(ring|write to|phone) (them|the person)\b", re.IGNORECASE)
WITHOUT = {
    "notifications/detail.html": "Of any message, also to staff; what they need is on their page.",
}


def test_a_page_that_says_to_ring_somebody_says_what_they_need():
    root = Path(settings.BASE_DIR) / "templates"
    found = {
        str(path.relative_to(root)): path.read_text()
        for path in root.rglob("*.html")
        if CONTACT.search(path.read_text())
    }
    assert set(found) >= {"programme/take_off.html", "feedback/concerns.html"}
    silent = {name for name, text in found.items() if "reviewers/needs_line.html" not in text}
    assert silent == WITHOUT.keys()


# Calls and letters


def queue(person, channel):
    return operations.queue(
        key=f"test:{person.pk}:{channel}",
        kind="test",
        about_id=None,
        to=Addressee("reviewer", person.pk, str(person), channel, "ada@example.org"),
        subject="Your visit",
        body="Come at nine.",
        now=NOW,
        due_at=NOW,
    )


def test_call_list_says_what_to_think_of(client_as, ada):
    queue(ada, "phone")
    assert lines(page(client_as("coordinator"), "notifications:calls")) == [f"Needs: {ALL}"]


def test_letter_is_large_for_whom_needs_large_print_and_does_not_say_why(client_as, ada):
    ben = ReviewerFactory(first_name="Ben")
    for person in (ada, ben):
        queue(person, "post")
    shown = page(client_as("coordinator"), "notifications:letters")
    assert re.findall(r'class="(app-letter[^"_]*)" aria-label="Letter to (\w+)', shown.text) == [
        ("app-letter app-letter--large", "Ada"),
        ("app-letter", "Ben"),
    ]
    assert lines(shown) == [f"Needs: {ALL}"]
    kept = re.sub(r'<div class="app-not-in-print">.*?</div>', "", shown.text, flags=re.DOTALL)
    assert ALL not in kept


def test_no_message_says_it(ada):
    queue(ada, "email")
    deliver(clock=lambda: NOW)
    (sent,) = mail.outbox
    (row,) = Message.objects.all()
    said = f"{sent.message()} {row.subject} {row.body} {row.note}"
    assert [words for words in ("quiet room", "Large print", "Breaks") if words in said] == []


def test_staff_are_not_taken_for_the_person_of_the_same_number(ada, user_as):
    message = queue(ada, "phone")
    Message.objects.filter(pk=message.pk).update(recipient_kind="staff")
    message.refresh_from_db()
    assert needs_at([message], user=user_as("coordinator")) == {}


def test_only_one_floor_answers_for_a_kind_of_recipient():
    with pytest.raises(ValueError, match="Somebody already answers for reviewer"):
        register("reviewer", needs_of)
