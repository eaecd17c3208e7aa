"""Secret links open once, until their day, and tell nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import links
from accounts.models import SecretLink
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=60)


def issue(**given: Any) -> str:
    return links.issue(
        **{"purpose": "feedback", "object_id": 7, "now": NOW, "expires_at": LATER, **given}
    )


def test_issued_link_is_found_by_its_secret_and_stored_as_a_hash_only() -> None:
    secret = issue()

    link = links.find(secret=secret, purpose="feedback", now=NOW)

    assert link is not None
    assert (link.object_id, link.purpose, link.expires_at) == (7, "feedback", LATER)
    assert len(secret) >= 43  # 256 bits in base64
    assert secret not in str(SecretLink.objects.values_list().get())


def test_every_secret_is_another() -> None:
    assert len({issue() for _ in range(20)}) == 20


def test_secret_made_elsewhere_is_stored_as_its_hash_and_only_once() -> None:
    assert issue(secret="made elsewhere") == "made elsewhere"
    assert links.find(secret="made elsewhere", purpose="feedback", now=NOW) is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        issue(secret="made elsewhere")
    assert "made elsewhere" not in str(SecretLink.objects.values_list().get())


def closed_links() -> dict[str, str]:
    used, revoked = issue(), issue(object_id=8)
    link = links.find(secret=used, purpose="feedback", now=NOW)
    assert link
    links.use(link, NOW)
    links.revoke(purpose="feedback", object_id=8, now=NOW)
    return {
        "unknown": "x" * 43,
        "used": used,
        "revoked": revoked,
        "expired": issue(now=NOW - timedelta(days=90), expires_at=NOW),
        "of another purpose": issue(purpose="other"),
        "lone surrogate": "\ud800",
        "NUL": "a\0b",
        "empty": "",
    }


def test_closed_links_are_all_alike_and_cost_the_same() -> None:
    costs = {}
    for what, secret in closed_links().items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert links.find(secret=secret, purpose="feedback", now=NOW) is None, what
        costs[what] = len(queries)

    assert set(costs.values()) == {1}


def test_link_is_used_once() -> None:
    link = links.find(secret=issue(), purpose="feedback", now=NOW)
    assert link
    again = SecretLink.objects.get(pk=link.pk)

    assert links.use(link, NOW) is True
    assert links.use(again, NOW) is False
    assert SecretLink.objects.get(pk=link.pk).used_at == NOW


def test_link_that_expired_or_was_revoked_meanwhile_cannot_be_used() -> None:
    link = links.find(secret=issue(), purpose="feedback", now=NOW)
    assert link

    assert links.use(link, LATER) is False
    assert links.revoke(purpose="feedback", object_id=7, now=NOW) == 1
    assert links.use(link, NOW) is False


def test_revoking_leaves_used_links_and_other_objects_alone() -> None:
    link = links.find(secret=issue(), purpose="feedback", now=NOW)
    assert link
    links.use(link, NOW)
    issue(object_id=8)

    assert links.revoke(purpose="feedback", object_id=7, now=NOW) == 0


def test_link_must_expire_after_it_was_made() -> None:
    """Breaks accounts_link_expires_later."""
    with pytest.raises(IntegrityError, match="accounts_link_expires_later"):
        issue(expires_at=NOW)
