"""The pages about questions say what is wrong and lose nothing."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.factories import NOW
from training.operations import questions as operations

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make.FocusGroupFactory()


def key(framework, name):
    return framework.key_questions.get(name=name)


@pytest.fixture
def client(client, by):
    client.force_login(by)
    return client


def test_without_a_framework_the_first_is_offered(client):
    page = client.get(reverse("questions:list"))
    assert "First add the framework" in page.content.decode()
    assert client.get(reverse("questions:add-group")).url == reverse("questions:add-framework")
    form = client.get(reverse("questions:add-framework")).context["form"]
    assert form["name"].value() == "CQC quality statements"
    assert form["lines"].value().count("\n") == 5


def test_what_is_wrong_loses_nothing(client, group):
    sent = {"key_question": key(group.framework, "Safe").pk, "words": "A?\n" + "x" * 301}
    page = client.post(reverse("questions:propose", args=[group.pk]), sent)
    assert "Question 2 is too long. Keep each to 300 letters." in page.content.decode()
    assert page.context["form"]["words"].value() == sent["words"]
    assert not group.questions.exists()


def test_statements_from_elsewhere_are_no_choice(client, by, group):
    operations.propose(
        group=group, key_question=key(group.framework, "Safe"), words=["Is it clean?"],
        by=by, now=NOW,
    )  # fmt: skip
    question = group.questions.get()
    kind = key(group.framework, "Caring").statements.get()
    sent = {"words": "A?", "key_question": question.key_question_id, "statements": [kind.pk]}
    page = client.post(reverse("questions:proposed", args=[question.pk]), sent)
    assert page.status_code == 200
    assert group.questions.get().words == "Is it clean?"
