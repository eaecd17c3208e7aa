"""A token opens what it may, as often as it may; every other is answered alike."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import links
from insights.api import limits
from insights.api.operations import revoke_token
from insights.api.scopes import Scope
from insights.models import ApiToken
from nhsuk.cache import ForgivingRedisCache
from tests.factories import NOW, TODAY
from tests.insights.reading import PATHS, ask, broken_promises, read, token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def secret(trust: Any) -> str:
    return token()[1]


def closed_tokens() -> dict[str, str]:
    revoked, secret_revoked = token()
    revoke_token(token=revoked, by=revoked.made_by, now=NOW)
    before = NOW - timedelta(days=400)
    _, ended = token(now=before, last_day=TODAY - timedelta(days=1))
    link = links.issue(purpose="feedback", object_id=1, now=NOW, expires_at=NOW + timedelta(days=1))
    return {
        "unknown": "lxr_unknown",
        "revoked": secret_revoked,
        "ended": ended,
        "for something else": link,
        "NUL": "a\x00b",
        "long": "x" * 5000,
        "not of this alphabet": "\xff\xed",
    }


@pytest.mark.parametrize("path", PATHS)
def test_tokens_that_open_nothing_are_answered_alike(path: str, trust: Any) -> None:
    answers = {}
    for name, secret in closed_tokens().items():
        with CaptureQueriesContext(connection) as captured:
            response = ask(path, secret)
        assert response.status_code == 401, name
        assert broken_promises(path, response) == []
        answers[name] = (
            response.content,
            {k: v for k, v in response.headers.items() if k != "Date"}.items(),
            len(captured),
        )
    assert len({str(each) for each in answers.values()}) == 1
    assert 'error="invalid_token"' in response["WWW-Authenticate"]


def test_without_a_token_it_is_asked_for_also_of_somebody_signed_in(client_as: Any) -> None:
    for client in (Client(), client_as("quality_lead")):
        response = ask("/coverage", client=client)
        assert response.status_code == 401
        assert response["WWW-Authenticate"] == 'Bearer realm="Figures of the LXR Portal"'
        assert broken_promises("/coverage", response) == []


def test_token_in_the_address_or_of_another_scheme_opens_nothing(secret: str) -> None:
    assert Client().get(f"/api/v1/coverage?token={secret}").status_code == 401
    basic = Client().get("/api/v1/coverage", headers={"Authorization": f"Basic {secret}"})
    assert basic.status_code == 401
    lower = Client().get("/api/v1/coverage", headers={"Authorization": f"bearer {secret}"})
    assert lower.status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_token_opens_its_scope_alone(path: str, trust: Any) -> None:
    own = path.removeprefix("/")
    read(path, token(own)[1])
    others = [scope for scope in Scope.values if scope != own]
    response = ask(path, token(*others)[1])
    assert response.status_code == 403
    assert broken_promises(path, response) == []
    assert f'scope="{own}"' in response["WWW-Authenticate"]


def test_too_many_requests_of_a_token_wait_and_others_do_not(secret: str, monkeypatch: Any) -> None:
    monkeypatch.setattr("insights.api.access.READS", 3)
    for _ in range(3):
        assert ask("/coverage", secret).status_code == 200
    response = ask("/coverage", secret)
    assert response.status_code == 429
    assert broken_promises("/coverage", response) == []
    assert response["Retry-After"] == "60"
    assert ask("/impact", token()[1]).status_code == 200
    with time_machine.travel(NOW + timedelta(seconds=60), tick=False):
        assert ask("/coverage", secret).status_code == 200


def test_too_many_wrong_tokens_from_one_address_wait_and_a_right_one_does_not(
    secret: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr("insights.api.access.REFUSALS", 2)
    assert [ask("/coverage", "wrong").status_code for _ in range(3)] == [401, 401, 429]
    assert ask("/coverage", secret).status_code == 200


def test_seconds_to_wait_are_those_left_of_the_minute() -> None:
    late = NOW.replace(second=48)
    assert [limits.seconds_to_wait("x", 1, now=late) for _ in range(2)] == [0, 12]


def test_lost_cache_lets_everybody_read(secret: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "cache", ForgivingRedisCache("redis://127.0.0.1:1/0", {}))
    monkeypatch.setattr("insights.api.access.READS", 1)
    assert [ask("/coverage", secret).status_code for _ in range(3)] == [200] * 3


def test_last_use_is_noted_where_something_was_read(trust: Any) -> None:
    made, secret = token("coverage")
    ask("/impact", secret)
    assert ApiToken.objects.get(pk=made.pk).last_used_on is None
    ask("/coverage", secret)
    assert ApiToken.objects.get(pk=made.pk).last_used_on == TODAY
