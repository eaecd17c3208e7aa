"""Tokens are made on a page, shown once, used, revoked; only their hash is kept."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import serializers

from accounts.models import SecretLink
from audit.models import Event
from insights.api import operations, queries
from insights.models import ApiToken
from rules import RuleBroken
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.races import race

pytestmark = pytest.mark.django_db
NEW = "/figures/tokens/new/"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lead(client_as: Any, trust: Any) -> Any:
    return client_as("quality_lead")


def sent(**given: Any) -> dict[str, Any]:
    return {"name": "Power BI", "scopes": ["impact", "coverage"], "once": uuid.uuid4(), **given}


def made(**given: Any) -> tuple[ApiToken, str]:
    return operations.make_token(
        **{
            "name": "Power BI",
            "scopes": ["coverage"],
            "last_day": TODAY + timedelta(days=30),
            "once": uuid.uuid4(),
            "by": make.UserFactory(roles=["quality_lead"]),
            "now": NOW,
            **given,
        }
    )


def actions() -> list[str]:
    return list(
        Event.objects.filter(object_type="insights.apitoken")
        .order_by("pk")
        .values_list("action", flat=True)
    )


def test_secret_is_shown_in_the_answer_and_nowhere_else(lead: Any) -> None:
    response = lead.post(NEW, sent())

    assert response.status_code == 201
    assert "no-store" in response["Cache-Control"]
    secret = response.context["secret"]
    assert response.content.decode().count(secret) == 1
    token = ApiToken.objects.get()
    assert (token.scopes, token.made_by, token.made_at) == ("coverage impact", lead.user, NOW)
    assert queries.find_token(secret, now=NOW) == token
    assert secret not in lead.get("/figures/tokens/").content.decode()
    stored = serializers.serialize("json", [token, *SecretLink.objects.all()])
    assert secret not in stored
    assert secret.removeprefix("lxr_") not in stored
    assert actions() == ["made a figures token"]


def test_every_secret_is_another_and_long() -> None:
    secrets = {made()[1] for _ in range(20)}
    assert len(secrets) == 20
    assert {len(secret) for secret in secrets} == {len("lxr_") + 43}  # 256 bits in base64


def test_form_sent_twice_makes_one_token_and_shows_the_same_secret(lead: Any) -> None:
    form = sent()
    first, second = lead.post(NEW, form), lead.post(NEW, form)
    assert first.context["secret"] == second.context["secret"]
    assert ApiToken.objects.count() == SecretLink.objects.count() == 1
    assert actions() == ["made a figures token"]


def test_same_form_of_somebody_else_is_another_token(client_as: Any, lead: Any) -> None:
    form = sent()
    theirs = client_as("quality_lead").post(NEW, form)
    assert lead.post(NEW, form).context["secret"] != theirs.context["secret"]
    assert ApiToken.objects.count() == 2


def test_without_a_day_it_works_for_a_year(lead: Any) -> None:
    secret = lead.post(NEW, sent()).context["secret"]
    last = date(TODAY.year + 1, TODAY.month, TODAY.day)
    assert queries.tokens(now=NOW).get().last_day == last
    end = NOW.replace(year=NOW.year + 1, hour=22, minute=59)  # 23:59 in London
    assert queries.find_token(secret, now=end) is not None
    assert queries.find_token(secret, now=end + timedelta(minutes=1)) is None


@pytest.mark.parametrize("days", [0, -1, 366 * 2])
def test_a_last_day_that_is_over_or_far_away_is_refused(lead: Any, days: int) -> None:
    response = lead.post(NEW, sent(last_day=(TODAY + timedelta(days=days)).isoformat()))
    assert response.status_code == 200
    assert "The last day must be" in response.content.decode()
    assert not ApiToken.objects.exists()
    with pytest.raises(RuleBroken):
        made(last_day=TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter an answer"),
        ({"scopes": []}, "Select what it may read"),
        ({"scopes": ["everything"]}, "Select one of the options"),
        ({"once": "x"}, "Open this page again"),
    ],
)
def test_what_is_wrong_is_said(lead: Any, wrong: dict[str, Any], words: str) -> None:
    assert words in lead.post(NEW, sent(**wrong)).content.decode()
    assert not ApiToken.objects.exists()


def test_revoked_token_opens_nothing_and_stays_in_the_list(lead: Any) -> None:
    token, secret = made()
    address = f"/figures/tokens/{token.pk}/revoke/"
    assert "Revoke this token?" in lead.get(address).content.decode()
    assert queries.find_token(secret, now=NOW) is not None

    answered = lead.post(address, follow=True).content.decode()

    assert "“Power BI” opens nothing any more." in answered
    assert "Revoked" in answered
    assert queries.find_token(secret, now=NOW) is None
    lead.post(address)
    assert actions() == ["made a figures token", "revoked a figures token"]


def test_use_is_noted_once_a_day() -> None:
    token, _ = made()
    for moment in (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1)):
        operations.note_use(token=token, now=moment)  # as two that were loaded before either
        token_again = ApiToken.objects.get()
        operations.note_use(token=token_again, now=moment)
    assert ApiToken.objects.get().last_used_on == TODAY + timedelta(days=1)
    assert actions() == ["made a figures token", *["read figures with a token"] * 2]
    event = Event.objects.filter(action="read figures with a token").first()
    assert event is not None
    assert (event.kind, event.actor_id) == ("looked", None)


def test_token_and_its_hash_are_made_together_or_not_at_all(monkeypatch: Any) -> None:
    def broken(*args: Any, **given: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(operations, "record", broken)
    with pytest.raises(RuntimeError):
        made()
    assert not ApiToken.objects.exists()
    assert not SecretLink.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_button_pressed_twice_at_once_makes_one_token(trust: Any) -> None:
    once, by = uuid.uuid4(), make.UserFactory(roles=["quality_lead"])
    outcomes = race(*[lambda: made(once=once, by=by)] * 4)
    assert len({secret for _, secret in outcomes}) == 1
    assert ApiToken.objects.count() == 1
    assert actions() == ["made a figures token"]
