"""Comments are read by a person, get themes, become quotes, and are passed on."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from feedback import operations, queries, reading_queries
from feedback.attribution import cited
from feedback.models import Remark, Theme
from feedback.operations import Reading
from feedback.suggesting import suggest
from rules import RuleBroken
from tests.factories import NOW, AnswerFactory, ReviewFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db


def remark(words: str = "They asked what we had stopped seeing.", **answer) -> Remark:
    return AnswerFactory(comment=words, may_quote=True, **answer).remarks.get()


def read(which: Remark, **reading) -> Remark:
    lead = UserFactory(roles=["quality_lead"])
    return operations.read_remark(remark=which, reading=Reading(**reading), by=lead, now=NOW)


def text(response):
    return " ".join(response.content.decode().split())


def test_a_comment_waits_until_somebody_has_read_it():
    later = remark(received_on=date(2026, 6, 2))
    first = remark(received_on=date(2026, 6, 1))
    assert list(reading_queries.to_read()) == [first, later]

    done = read(first)

    assert (done.read_at, done.approved_at) == (NOW, None)
    assert list(reading_queries.to_read()) == [later]
    assert [event.action for event in Event.objects.all()] == ["read a comment"]


def test_words_can_be_quoted_in_part():
    which = read(remark(), quote="They asked what we had stopped seeing …")

    assert [each.words for each in reading_queries.quotes()] == [
        "They asked what we had stopped seeing …"
    ]
    withdrawn = operations.withdraw_quote(remark=which, by=UserFactory(), now=NOW)
    assert (withdrawn.quote_words, list(queries.quotes())) == ("", [])


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ring me on 020 7946 0123", "a phone number"),
        ("My number is 943 476 5919", "an NHS number"),
        ("I live at SW1A 1AA", "a postcode"),
        ("I was born on 3 May 1970", "a date of birth"),
    ],
)
def test_words_that_tell_who_somebody_is_become_no_quote(words, kind):
    which = remark(words)

    with pytest.raises(RuleBroken, match=f"still hold {kind}"):
        read(which, quote=words)

    which.refresh_from_db()
    assert (which.read_at, which.approved_at) == (None, None)  # all of it or nothing


def test_without_permission_there_is_no_quote():
    which = AnswerFactory(comment="Private").remarks.get()
    with pytest.raises(RuleBroken, match="did not say that we may quote"):
        read(which, quote="Private")


def test_the_page_shows_which_words_look_as_if_they_told_who_somebody_is(client_as, trust):
    remark = AnswerFactory(comment="Ring Sam on 07700 900123").remarks.get()
    page = client_as("quality_lead").get(f"/feedback/comments/{remark.pk}/").text
    assert "a name (“Sam”) and a phone number (“07700 900123”)" in page


def test_passing_on_says_to_whom_when_and_by_whom():
    which = read(remark(), pass_to="safeguarding")

    assert (which.passed_to, which.passed_at, which.passed_by is None) == (
        "safeguarding", NOW, False,
    )  # fmt: skip
    event = Event.objects.get(action="passed a comment on")
    assert event.why == "Safeguarding"


@pytest.mark.parametrize(
    "wrong",
    [
        {"passed_to": "safeguarding"},
        {"passed_at": NOW},
        {"passed_to": "the press", "passed_at": NOW},
    ],
)
def test_passing_on_has_its_moment(wrong):
    """The constraint feedback_remark_passed_at."""
    which = remark()
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=which.pk).update(**wrong)


def test_whoever_read_it_has_read_it_at_a_moment():
    """The constraint feedback_remark_read_at."""
    which = remark()
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=which.pk).update(read_by=UserFactory())


def test_a_theme_stands_once_whatever_its_capitals():
    """The constraints feedback_theme_once and feedback_theme_has_name."""
    lead, theme = UserFactory(), ThemeFactory(name="Food")
    with pytest.raises(RuleBroken, match="already a theme"):
        operations.save_theme(theme=Theme(), name="food", is_retired=False, by=lead, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.create(name="")
    operations.save_theme(theme=theme, name="Food", is_retired=False, by=lead, now=NOW)
    assert not Event.objects.exists()  # nothing changed


def test_a_retired_theme_is_offered_only_where_it_is_chosen():
    old, new = ThemeFactory(name="Old", is_retired=True), ThemeFactory(name="New")
    with_it, without = remark(), remark()
    with_it.themes.add(old)

    assert reading_queries.themes_offered(with_it) == [new, old]
    assert reading_queries.themes_offered(without) == [new]


def test_themes_are_suggested_from_words_that_have_theirs():
    food, listened = 1, 2
    known = [
        ("The meals were cold and the kitchen closed", {food}),
        ("Cold meals again", {food}),
        ("Patients felt listened to", {listened}),
        ("She listened, patients talked", {listened}),
    ]

    assert suggest("The kitchen served cold meals", known) == [food]
    assert suggest("Patients said she listened while meals were late", known) == [listened, food]
    assert suggest("Nothing of the kind", known) == []
    assert suggest("", known) == []
    assert suggest("cold meals", []) == []


def test_the_page_suggests_what_others_taught_it():
    food = ThemeFactory(name="Food")
    noise = ThemeFactory(name="Noise")
    read(remark("The meals were cold"), themes=[food])
    read(remark("It was loud at night"), themes=[noise])

    assert reading_queries.suggested(remark("Cold meals in the evening")) == [food.pk]


def test_themes_are_counted_by_audience_directorate_and_period():
    theme, unused = ThemeFactory(name="Food"), ThemeFactory(name="Noise")
    old = ReviewFactory(status="completed", visit_on=date(2025, 1, 5))
    new = ReviewFactory(status="completed", visit_on=date(2026, 5, 5))
    for review, audience in ((old, "team"), (new, "team"), (new, "quality")):
        read(remark(review=review, audience=audience), themes=[theme])

    def counted(**by):
        rows = reading_queries.themes_with_counts(**by)
        return [(row.name, row.n, row.n_team, row.n_quality, row.n_lxr) for row in rows]

    assert counted() == [("Food", 3, 2, 1, 0), (unused.name, 0, 0, 0, 0)]
    assert counted(audience="team")[0] == ("Food", 2, 2, 0, 0)
    assert counted(since=date(2026, 1, 1))[0] == ("Food", 2, 1, 1, 0)
    assert counted(directorate=old.service.directorate_id)[0] == ("Food", 1, 1, 0, 0)


class TestPages:
    def test_a_lead_reads_a_comment(self, client_as, trust):
        theme, which = ThemeFactory(name="Food"), remark("Call 020 7946 0123. The food was good.")
        client = client_as("quality_lead")
        page = reverse("feedback:comment", args=[which.pk])
        assert "holds a phone number (“020 7946 0123”)." in text(client.get(page))
        sends = {"use": "yes", "words": which.text, "pass_to": "complaints", "themes": theme.pk}

        refused = client.post(page, sends)
        assert "These words still hold a phone number. Take that out first." in text(refused)
        done = client.post(page, sends | {"words": "The food was good."}, follow=True)

        assert "you have read this comment. Its words can be quoted." in text(done)
        which.refresh_from_db()
        assert (which.quoted, which.passed_to) == ("The food was good.", "complaints")
        assert list(which.themes.all()) == [theme]

    def test_words_are_asked_where_some_are_to_be_used(self, client_as, trust):
        page = reverse("feedback:comment", args=[remark().pk])
        refused = client_as("quality_lead").post(page, {"use": "yes", "words": " "})
        assert "Enter the words to use" in text(refused)

    def test_a_coordinator_searches_quotes_and_copies_them_with_whose_they_are(self, client_as):
        review = ReviewFactory(
            status="completed", visit_on=date(2026, 5, 5), service__setting="secure"
        )
        kept = AnswerFactory(comment="They listened", quote_as="role", review=review).remarks.get()
        read(kept, quote="They listened")
        read(remark("Another thing"), quote="Another thing")
        client = client_as("coordinator")

        page = text(client.get(reverse("feedback:quotes"), {"words": "LISTENED"}))

        assert "“They listened” – a member of staff at a secure service, 2026" in page
        assert "Another thing" not in page
        for kept_by in ({"setting": "secure"}, {"year": "2026"}, {"audience": "team"}):
            assert "They listened" in text(client.get(reverse("feedback:quotes"), kept_by))
        for narrow in ({"setting": "community"}, {"year": "2020"}, {"audience": "lxr"}):
            assert "They listened" not in text(client.get(reverse("feedback:quotes"), narrow))

    def test_withdrawn_consent_takes_a_quote_out_of_the_library(self, client_as):
        which = read(remark("They listened"), quote="They listened")
        operations.change_permission(answer=which.answer, quote_as="no", by=None, now=NOW)

        assert "They listened" not in text(client_as("coordinator").get(reverse("feedback:quotes")))

    def test_an_observer_reaches_no_comment(self, client_as):
        which = read(remark(), quote="They asked")
        client = client_as("observer")
        for address in (
            reverse("feedback:quotes"), reverse("feedback:comments"), reverse("feedback:themes"),
            reverse("feedback:comment", args=[which.pk]),
        ):  # fmt: skip
            assert client.get(address).status_code == 404

    def test_anonymous_words_say_so(self):
        which = read(remark("They listened"), quote="They listened")
        assert cited(which) == "“They listened” – said anonymously, 2026"
