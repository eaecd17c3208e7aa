"""Secret links open once, until their day, and tell nothing."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import links
from accounts.models import SecretLink, SpentSecret
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


def derived(nonce: str, expires_at: datetime = LATER) -> str:
    secret = links.secret_of(purpose="feedback", object_id=7, nonce=nonce)
    links.keep_open(secret=secret, purpose="feedback", object_id=7, now=NOW, expires_at=expires_at)
    return secret


def test_same_nonce_is_the_same_link_with_a_later_end() -> None:
    first = derived("n")
    again = derived("n", LATER + timedelta(days=1))

    assert (first == again, first == derived("other")) == (True, False)
    link = links.find(secret=first, purpose="feedback", now=LATER)
    assert link is not None
    assert (link.object_id, link.expires_at) == (7, LATER + timedelta(days=1))


def test_revoked_link_stays_closed_when_it_is_kept_open() -> None:
    secret = derived("n")
    links.revoke(purpose="feedback", object_id=7, now=NOW)

    assert derived("n") == secret
    assert links.find(secret=secret, purpose="feedback", now=NOW) is None


def closed_links() -> dict[str, str]:
    spent, revoked = issue(), issue(object_id=8)
    links.spend(spent)
    links.revoke(purpose="feedback", object_id=8, now=NOW)
    return {
        "unknown": "x" * 43,
        "spent": spent,
        "revoked": revoked,
        "expired": issue(now=NOW - timedelta(days=90), expires_at=NOW),
        "of another purpose": issue(purpose="other"),
        "lone surrogate": "\ud800",
        "NUL": "a\0b",
        "empty": "",
    }


def test_closed_links_are_all_alike_and_cost_the_same() -> None:
    asked = {}
    for what, secret in closed_links().items():
        with CaptureQueriesContext(connection) as queries:
            assert links.find_unspent(secret=secret, purpose="feedback", now=NOW) is None, what
        asked[what] = tuple(re.sub("'.*?'", "''", each["sql"]) for each in queries)

    assert {len(each) for each in asked.values()} == {2}
    assert len(set(asked.values())) == 1


def test_secret_is_spent_once() -> None:
    secret, other = issue(), issue()

    assert links.spend(secret) is True
    assert links.spend(secret) is False
    assert links.find_unspent(secret=secret, purpose="feedback", now=NOW) is None
    assert links.find_unspent(secret=other, purpose="feedback", now=NOW) is not None


def test_nothing_stored_says_which_link_was_used() -> None:
    """The rows are what they would be if the other one had been used, but for one random number."""
    secret = issue()
    before = list(SecretLink.objects.values())
    links.spend(secret)

    assert list(SecretLink.objects.values()) == before
    spent = SpentSecret.objects.get()
    assert [field.name for field in SpentSecret._meta.fields] == ["digest"]
    assert spent.digest not in {secret, links.digest_of(secret)}
    assert str(spent) == spent.digest[:8]


def test_revoking_leaves_other_objects_alone() -> None:
    issue()
    issue(object_id=8)

    assert links.revoke(purpose="feedback", object_id=7, now=NOW) == 1
    assert links.revoke(purpose="feedback", object_id=7, now=NOW) == 0
    assert links.revoke(purpose="feedback", object_id=8, now=NOW) == 1


def test_link_must_expire_after_it_was_made() -> None:
    """Breaks accounts_link_expires_later."""
    with pytest.raises(IntegrityError, match="accounts_link_expires_later"):
        issue(expires_at=NOW)
