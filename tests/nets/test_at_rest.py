"""What must be encrypted stands nowhere in plain: no table, log, session, cache or message."""

import base64
import json
import logging
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection

from encryption.fields import place_of
from encryption.rotation import encrypted_fields
from notifications.models import Message
from programme.models import Keeping
from reviewers.models import Enquiry
from tests.factories import NOW
from tests.nets.canaries import CANARIES
from tests.nets.pages import all_pages
from tests.nets.walk import ask, client_of, may_open, undone, url_of
from tests.programme.pages import its_hold

ENCRYPTED = (
    "access needs",
    "shared need",
    "emergency contact",
    "emergency phone",
    "emergency contact today",
    "certificate number",
    "document reference",
    "condition",
    "letter",
    "hold",
)
SECRET = {name: CANARIES[name] for name in ENCRYPTED}
# What a person is asked for once, or what only a job holds for a moment, is not in the world.
NOT_IN_THE_WORLD = {
    "jobs_jobfile.content",
    "programme_subjectrequest.data",
    "programme_subjectrequest.document",
}
# A key is made by the portal; a file stands as it was sent.
NO_WORDS = {
    "insights_signingkey.private_key",
    "programme_upload.content",
    "programme_upload.outcome",
}
SECRET |= {"enquirer": "Canary Enquirer", "enquiry": "canary.enquirer@example.org"}
SECRET |= {"kept": "Canary note on a visit"}
SEEN_BY = (
    "coordinator", "checks_officer", "second_approver", "governance", "lxr", "visit_lead",
    "quality_lead", "administrator",
)  # fmt: skip


@pytest.fixture
def full_world(world: Any) -> Any:
    """The world, with a hold, an enquiry and a place that is kept."""
    its_hold(world)
    Enquiry.objects.create(
        name=SECRET["enquirer"],
        contact=SECRET["enquiry"],
        needs=SECRET["access needs"],
        received_at=NOW,
    )
    Keeping.objects.get_or_create(
        member=world.membership,
        defaults={"seen": "x", "note": SECRET["kept"], "by": world.coordinator, "at": NOW},
    )
    return world


def ways_to_write(secret: str) -> set[bytes]:
    """In plain, as JSON escapes it, and in base64 at each of three offsets."""
    plain = secret.encode()
    shifted = {base64.b64encode(b"\0" * n + plain)[(0, 2, 3)[n] : -4] for n in range(3)}
    return {plain, json.dumps(secret)[1:-1].encode(), *shifted}


def dump() -> bytes:
    """Every value of every table as it stands in the database."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own
            for row in cursor.fetchall():
                found += [
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    for value in row
                ]
    return b"\n".join(found)


def plain_in(held: bytes) -> list[str]:
    """The names of the canaries that stand in these bytes."""
    return [
        name for name, secret in SECRET.items() if any(way in held for way in ways_to_write(secret))
    ]


def sessions() -> bytes:
    """What every session holds, opened."""
    return json.dumps(
        [session.get_decoded() for session in Session.objects.all()], default=str
    ).encode()


def cached() -> bytes:
    """Every key and value of the cache as it stands."""
    entries: dict[str, bytes] = cache._cache  # type: ignore[attr-defined]
    return b"\n".join(part for key, value in entries.items() for part in (key.encode(), value))


def written(caplog: pytest.LogCaptureFixture) -> bytes:
    """Every log line, the statements to the database too: their values are encrypted by then."""
    return "\n".join(record.getMessage() for record in caplog.records).encode()


def sent() -> bytes:
    """Every letter that went out, and of messages what is not encrypted or newly written."""
    letters = [str(letter.message()) for letter in mail.outbox]
    bodies = Message.objects.exclude(body=CANARIES["letter"]).values_list("subject", "address")
    return "\n".join([*letters, *(" ".join(each) for each in bodies)]).encode()


def test_the_net_sees_what_stands_in_plain(full_world: Any) -> None:
    """It would be blind if a canary were nowhere, or were looked for in the wrong way."""
    assert CANARIES["address"].encode() in dump()
    for way in (SECRET["condition"], f"x{SECRET['condition']}", f"xy{SECRET['condition']}"):
        assert plain_in(base64.b64encode(way.encode())) == ["condition"]


def test_every_encrypted_column_holds_what_names_its_key(full_world: Any) -> None:
    with connection.cursor() as cursor:
        for field in encrypted_fields():
            table, column = field.model._meta.db_table, field.column
            cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - names of our own models
            held = [bytes(v) if isinstance(v, memoryview) else v for (v,) in cursor.fetchall()]
            full = [v.decode() if isinstance(v, bytes) else v for v in held if v]
            assert full or place_of(field) in NOT_IN_THE_WORLD, place_of(field)
            assert [v for v in full if not v.startswith("enc:t1:")] == [], place_of(field)


def test_every_canary_that_must_be_encrypted_is_in_the_world(full_world: Any) -> None:
    opened = "\n".join(
        str(value)
        for field in encrypted_fields()
        for value in field.model._base_manager.values_list(field.name, flat=True)
    )
    assert [name for name, secret in SECRET.items() if secret not in opened] == []


def test_every_encrypted_field_holds_a_canary(full_world: Any) -> None:
    looked_for = set(SECRET.values())
    blind = {
        place_of(field)
        for field in encrypted_fields()
        if not looked_for.intersection(
            map(str, field.model._base_manager.values_list(field.name, flat=True))
        )
    }
    assert blind == NOT_IN_THE_WORLD | NO_WORDS


def test_no_table_holds_one_in_plain(full_world: Any) -> None:
    assert plain_in(dump()) == []


@pytest.mark.parametrize("who", SEEN_BY)
def test_nothing_is_left_behind_by_whoever_opens_and_sends_everything(
    who: str, full_world: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    opened = 0
    for page in all_pages():
        if not may_open(page, who):
            continue
        with undone():
            ask(client_of(full_world, who), page, url_of(page, page.kwargs(full_world)), full_world)
            for held in (dump, sessions, cached, sent):
                assert plain_in(held()) == [], f"{held.__name__} after {page.name} {page.method}"
        opened += 1
    assert opened > 5
    assert plain_in(written(caplog)) == []
