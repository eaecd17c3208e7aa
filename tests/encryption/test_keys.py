"""What is encrypted opens with its key, in its place, or not at all."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from encryption.keys import CannotDecrypt, decrypt, encrypt, key_id_of
from reviewers.models import Reviewer
from tests.factories import ReviewerFactory

OLD = "old:" + base64.b64encode(b"o" * 32).decode()
NEW = "new:" + base64.b64encode(b"n" * 32).decode()
OTHER_UNDER_THE_SAME_NAME = "old:" + base64.b64encode(b"x" * 32).decode()


def test_a_value_opens_in_its_place(settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    stored = encrypt(b"plain", place="people.needs")

    assert key_id_of(stored) == "new"
    assert b"plain" not in stored
    assert decrypt(stored, place="people.needs") == b"plain"


def test_the_same_words_never_look_the_same():
    assert encrypt(b"plain", place="a.b") != encrypt(b"plain", place="a.b")


def test_an_older_key_still_opens(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    stored = encrypt(b"plain", place="a.b")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]

    assert decrypt(stored, place="a.b") == b"plain"


@pytest.mark.parametrize("keys", [[NEW], [OTHER_UNDER_THE_SAME_NAME]])
def test_a_wrong_key_refuses_and_says_where(settings, keys):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    stored = encrypt(b"plain", place="a.b")
    settings.FIELD_ENCRYPTION_KEYS = keys

    with pytest.raises(CannotDecrypt, match=r"A value in a\.b cannot be opened"):
        decrypt(stored, place="a.b")


def test_a_value_moved_to_another_column_refuses():
    with pytest.raises(CannotDecrypt):
        decrypt(encrypt(b"plain", place="a.b"), place="a.c")


@pytest.mark.parametrize("stored", [b"plain", b"", b"enc:t1", b"enc:t1:!", b"enc:t1:AAAA", b"\xff"])
def test_what_is_not_ours_is_never_returned(stored):
    with pytest.raises(CannotDecrypt):
        decrypt(stored, place="a.b")


def test_one_changed_letter_refuses():
    stored = bytearray(encrypt(b"plain", place="a.b"))
    stored[-3] = ord("A") if stored[-3] != ord("A") else ord("B")

    with pytest.raises(CannotDecrypt):
        decrypt(bytes(stored), place="a.b")


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ([], "Set FIELD_ENCRYPTION_KEYS"),
        (["k1:short"], "not base64|32 bytes"),
        (["k1:AAAA"], "32 bytes"),
        ([OLD.replace("old", "", 1)], "ID:KEY"),
    ],
)
def test_keys_that_are_none_are_refused(settings, keys, says):
    settings.FIELD_ENCRYPTION_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match=says):
        encrypt(b"plain", place="a.b")


@pytest.mark.django_db
def test_a_column_holds_no_plain_words_and_empty_stays_empty():
    full = ReviewerFactory(access_needs="Plain words")
    empty = ReviewerFactory(access_needs="")

    with connection.cursor() as cursor:
        cursor.execute("SELECT id, access_needs FROM reviewers_reviewer")
        stored = dict(cursor.fetchall())
    assert stored[full.pk].startswith("enc:t1:")
    assert stored[empty.pk] == ""
    assert Reviewer.objects.get(pk=full.pk).access_needs == "Plain words"
    assert Reviewer.objects.get(pk=empty.pk).access_needs == ""
