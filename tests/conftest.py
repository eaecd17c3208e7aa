"""Fixtures that every test may use."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from organisation.models import TrustSettings
from tests.factories import NOW, UserFactory


def signed_in_client(user: Any, *, seconds_ago: int = 0) -> Client:
    """A browser whose user signed in, by default this moment, with a code by email."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "code", "at": time.time() - seconds_ago, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    if hasattr(user, "checks_purpose"):  # the world's: said why they look at checks
        session["checks_purpose"] = user.checks_purpose
    session.save()
    return client


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Every test starts with an empty cache."""
    cache.clear()


@pytest.fixture
def now() -> Any:
    """The moment tests are set in: 11:00 in London on Wednesday 10 June 2026."""
    return NOW


@pytest.fixture
def trust(db: None) -> TrustSettings:
    """The trust's settings, with sending switched on a year ago."""
    settings, _ = TrustSettings.objects.update_or_create(
        pk=1, defaults={"sending_on_since": NOW.replace(year=NOW.year - 1)}
    )
    return settings


@pytest.fixture
def user_as(db: None) -> Callable[..., Any]:
    """``user_as("coordinator")``: a user who holds the roles named."""
    return lambda *roles, **extra: UserFactory(roles=list(roles), **extra)


@pytest.fixture
def coordinator() -> Any:
    """A user who plans reviews and looks after people."""
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def by(coordinator: Any) -> Any:
    """Who does it: a coordinator, where a test names nobody else."""
    return coordinator


@pytest.fixture
def client_as(db: None) -> Callable[..., Client]:
    """``client_as("coordinator")`` or ``client_as(user)``: a signed-in test client."""

    def sign_in(*who: Any, **extra: Any) -> Client:
        user = who[0] if not isinstance(who[0], str) else UserFactory(roles=list(who), **extra)
        client = signed_in_client(user)
        client.user = user  # type: ignore[attr-defined]
        return client

    return sign_in
