"""A form is changed as a new version; answers keep the one they were given to."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from feedback import operations
from feedback.attribution import attribution
from feedback.form_queries import first_form, form_answered, form_in_use
from feedback.models import Answer, FeedbackForm, FormQuestion
from rules import RuleBroken
from tests.factories import NOW, AnswerFactory, AskingFactory, UserFactory
from tests.races import race

pytestmark = pytest.mark.django_db

WORDING = {"words": "What should stay?", "help": "", "low": "", "middle": "", "high": ""}
RATED = {"words": "Would you ask again?", "help": "", "low": "no", "middle": "maybe", "high": "yes"}


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lead():
    return UserFactory(roles=["quality_lead"])


@pytest.fixture
def draft(lead):
    return operations.start_version(form=first_form("team"), by=lead, now=NOW)


def asked(form):
    return list(form.questions.order_by("position").values_list("words", flat=True))


def test_version_1_asks_what_was_asked_before_there_were_versions():
    assert {audience: asked(first_form(audience)) for audience in ("lxr", "quality", "team")} == {
        "lxr": [
            "How well did training prepare you?",
            "How well were you supported on the visit?",
            "How well were you supported after the visit?",
            "Is there anything you want to say about it?",
        ],
        "quality": [
            "How much did the Lived Experience Reviewer add to your team’s work?",
            "Is there anything you want to say about it?",
        ],
        "team": [
            "How much did the Lived Experience Reviewer add to this visit?",
            "Is there anything you want to say about it?",
        ],
    }


def test_version_1_is_made_again_where_it_is_missing():
    FormQuestion.objects.all().delete()
    FeedbackForm.objects.all().delete()

    form = form_in_use("team")

    assert (form.number, form.is_draft, len(asked(form))) == (1, False, 2)


def test_a_draft_asks_the_same_until_it_is_changed_and_nobody_sees_it(draft):
    assert (draft.number, draft.is_draft, asked(draft)) == (2, True, asked(first_form("team")))
    assert form_in_use("team").number == 1


def test_there_is_one_draft(draft, lead):
    again = operations.start_version(form=first_form("team"), by=lead, now=NOW)
    assert again == draft
    assert Event.objects.filter(action="started a feedback form").count() == 1


def test_questions_are_added_reworded_moved_and_removed(draft, lead):
    last = draft.questions.get(kind="text")
    added = operations.add_question(form=draft, kind="rating", wording=RATED, by=lead, now=NOW)
    operations.move_question(question=added, up=True, by=lead, now=NOW)
    operations.move_question(question=added, up=True, by=lead, now=NOW)
    operations.move_question(question=added, up=True, by=lead, now=NOW)  # is the first already
    impact = draft.questions.get(kind="impact")
    operations.reword(question=impact, wording=RATED | {"words": "Worth it?"}, by=lead, now=NOW)
    operations.remove_question(question=last, by=lead, now=NOW)

    assert asked(draft) == ["Would you ask again?", "Worth it?"]
    assert asked(first_form("team"))[0].startswith("How much")


def test_ratings_that_figures_are_counted_from_cannot_be_removed(draft, lead):
    with pytest.raises(RuleBroken, match="Our figures need this question"):
        operations.remove_question(question=draft.questions.get(kind="impact"), by=lead, now=NOW)
    assert draft.questions.filter(kind="impact").exists()


def test_a_form_has_an_end(draft, lead):
    for n in range(18):
        wording = WORDING | {"words": f"Question {n}?"}
        operations.add_question(form=draft, kind="text", wording=wording, by=lead, now=NOW)
    with pytest.raises(RuleBroken, match="20 questions at most"):
        operations.add_question(form=draft, kind="text", wording=WORDING, by=lead, now=NOW)


def test_a_version_in_use_never_changes(lead):
    form = first_form("team")
    question = form.questions.get(kind="text")
    for change in (
        lambda: operations.reword(question=question, wording=WORDING, by=lead, now=NOW),
        lambda: operations.add_question(form=form, kind="text", wording=WORDING, by=lead, now=NOW),
        lambda: operations.remove_question(question=question, by=lead, now=NOW),
        lambda: operations.move_question(question=question, up=True, by=lead, now=NOW),
        lambda: operations.discard_version(form=form, by=lead, now=NOW),
    ):
        with pytest.raises(RuleBroken, match="This version is in use"):
            change()


def test_a_discarded_draft_is_gone(draft, lead):
    operations.discard_version(form=draft, by=lead, now=NOW)
    assert not FeedbackForm.objects.filter(number=2).exists()
    with pytest.raises(RuleBroken, match="has discarded"):
        operations.add_question(form=draft, kind="text", wording=WORDING, by=lead, now=NOW)


def browser(asking):
    client = Client()
    secret = operations.open_link(asking, now=NOW, expires_at=NOW.replace(year=2027))
    client.get(reverse("feedback:open", args=[secret]))
    return client


def test_an_open_asking_uses_the_newest_version_and_the_answer_keeps_it(draft, lead, trust):
    asking = AskingFactory()
    before = AnswerFactory()
    extra = operations.add_question(form=draft, kind="rating", wording=RATED, by=lead, now=NOW)
    operations.publish_version(form=draft, by=lead, now=NOW)
    operations.publish_version(form=draft, by=lead, now=NOW)

    client = browser(asking)
    page = client.get("/feedback/visit/").content.decode()
    assert "Would you ask again?" in page
    client.post(
        "/feedback/visit/",
        {
            "version": "2",
            "told": "alone",
            "impact": "9",
            f"question-{extra.pk}": "10",
            "quote_as": "no",
        },
    )

    answer = Answer.objects.exclude(pk=before.pk).get()
    assert (answer.form, before.form.number) == (draft, 1)
    assert (answer.impact, answer.extra_ratings.get().value) == (9, 10)
    assert Event.objects.filter(action="published a feedback form").count() == 1


def test_a_form_that_was_open_meanwhile_is_taken_as_its_version(draft, lead, trust):
    client = browser(AskingFactory())
    client.get("/feedback/visit/")
    operations.publish_version(form=draft, by=lead, now=NOW)
    words = first_form("team").questions.get(kind="text")

    client.post(
        "/feedback/visit/",
        {"version": "1", "told": "alone", f"question-{words.pk}": "Kind", "quote_as": "no"},
    )

    answer = Answer.objects.get()
    assert (answer.form.number, answer.remarks.get().text) == (1, "Kind")


@pytest.mark.parametrize("number", ["", "2", "9", "x", "99999999999999999999", "-1"])
def test_a_version_that_nobody_can_answer_is_the_one_in_use(number, draft):
    assert form_answered("team", number).number == 1


def test_a_quality_lead_makes_a_version_on_the_pages(client_as, trust):
    client = client_as("quality_lead")
    form = first_form("team")
    assert "Version 1" in client.get("/feedback/forms/").content.decode()

    page = client.post(f"/feedback/forms/{form.pk}/new/", follow=True).content.decode()
    assert "Version 2 is a draft" in page
    draft = FeedbackForm.objects.get(audience="team", number=2)
    client.post(f"/feedback/forms/{draft.pk}/add/words/", WORDING)
    added = draft.questions.get(words="What should stay?")
    client.post(f"/feedback/forms/questions/{added.pk}/move/", {"way": "up"})
    words = WORDING | {"words": "What would you keep?"}
    client.post(f"/feedback/forms/questions/{added.pk}/", words)
    preview = client.get(f"/feedback/forms/{draft.pk}/preview/").content.decode()
    assert "What would you keep?" in preview
    fixed = draft.questions.get(kind="impact")
    refused = client.post(f"/feedback/forms/questions/{fixed.pk}/remove/", follow=True)
    assert "Our figures need this question" in refused.content.decode()
    client.post(f"/feedback/forms/{draft.pk}/publish/")

    assert form_in_use("team") == draft
    assert asked(draft)[1] == "What would you keep?"
    for address in (f"questions/{added.pk}/", f"{draft.pk}/add/words/"):
        assert client.get(f"/feedback/forms/{address}").status_code == 404  # in use by now


@pytest.mark.parametrize(
    ("quote_as", "audience", "setting", "words"),
    [
        ("role", "team", "community", "a member of staff at a community service"),
        ("role", "team", "inpatient", "a member of staff at an inpatient service"),
        ("role", "quality", "community", "a member of the quality team"),
        ("role", "lxr", "prison", "a Lived Experience Reviewer"),
        ("anonymous", "team", "community", ""),
        ("no", "lxr", "community", ""),
    ],
)
def test_a_quote_says_a_role_or_nobody(quote_as, audience, setting, words):
    assert attribution(quote_as, audience, setting) == words


@pytest.mark.django_db(transaction=True)
def test_two_who_start_a_version_at_once_start_one():
    lead, form = UserFactory(), first_form("team")

    outcomes = race(*[lambda: operations.start_version(form=form, by=lead, now=NOW).number] * 2)

    assert outcomes == [2, 2]
    assert FeedbackForm.objects.filter(audience="team", number=2).count() == 1
