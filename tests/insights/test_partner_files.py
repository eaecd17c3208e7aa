"""Files of figures: written as they are read, and every wrong one refused in words."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from insights.numbers import Share
from insights.partnership import files, signing
from insights.partnership.content import SCHEMA, SETTINGS, CannotBe, as_json, from_json
from rules import RuleBroken
from tests.factories import NOW, TODAY
from tests.insights.partners import OtherPortal, content, settings


@pytest.fixture
def portal() -> OtherPortal:
    return OtherPortal()


def refusal(document: bytes) -> str:
    """In which words the file is refused."""
    try:
        signed = files.read(document)
        signed.check_signature()
        signed.content()
    except RuleBroken as broken:
        return str(broken)
    return ""


def test_file_says_what_was_written_and_who_signed_it(portal: OtherPortal) -> None:
    signed = files.read(portal.file())
    signed.check_signature()
    assert signed.signed_by == portal.public_key
    assert signed.content() == content()
    assert signed.content().coverage == Share(17, 21)


def test_file_is_small_and_holds_these_fields_alone(portal: OtherPortal) -> None:
    document = portal.file()
    assert len(document) < 1500
    assert json.loads(document) == {
        "format": "lxr-portal-figures",
        "schema": 1,
        "signed_by": portal.public_key,
        "period": {"since": "2025-06", "until": "2026-05"},
        "as_at": TODAY.isoformat(),
        "written_at": (NOW - timedelta(minutes=1)).isoformat(),
        "definitions": {"coverage": 1, "activation": 1},
        "coverage": {
            "overall": {"numerator": 17, "denominator": 21},
            "by_setting": {
                "community": {"numerator": 15, "denominator": 15},
                "inpatient": {"numerator": 2, "denominator": 3},
                "secure": {"numerator": 0, "denominator": 1},
                "prison": {"numerator": 0, "denominator": 2},
            },
        },
        "activation": {"numerator": 15, "denominator": 36},
        "signature": json.loads(document)["signature"],
    }


def test_same_figures_give_the_same_bytes(portal: OtherPortal) -> None:
    assert portal.file() == portal.file()


def test_signature_is_checked_with_nothing_but_the_published_form(portal: OtherPortal) -> None:
    """As a program of somebody else would: RFC 8785, and the words before it."""
    said = json.loads(portal.file())
    signature = signing.base64.b64decode(said.pop("signature"))
    plain = json.dumps(said, sort_keys=True, separators=(",", ":"))
    key = Ed25519PublicKey.from_public_bytes(signing.base64.b64decode(portal.public_key))
    key.verify(signature, b"LXR Portal, shared figures\n" + plain.encode())


def test_spaces_line_ends_and_order_do_not_matter(portal: OtherPortal) -> None:
    said = json.loads(portal.file())
    turned = dict(reversed(said.items()))
    for text in (
        json.dumps(turned, indent=4).replace("\n", "\r\n"),
        "\ufeff" + json.dumps(said),
    ):
        signed = files.read(text.encode())
        signed.check_signature()
        assert signed.content() == content()


def paths(said: Any, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Where every value stands."""
    if not isinstance(said, dict):
        return [before]
    return [path for name, value in said.items() for path in paths(value, (*before, name))]


def changed(document: bytes, path: tuple[str, ...]) -> bytes:
    """The file with one value changed to another of its kind."""
    said = json.loads(document)
    place = said
    for name in path[:-1]:
        place = place[name]
    value = place[path[-1]]
    place[path[-1]] = value + 1 if isinstance(value, int) else f"{value[:-2]}{value[-2:][::-1]}x"
    return json.dumps(said).encode()


@pytest.mark.parametrize("path", paths(json.loads(OtherPortal().file())), ids=".".join)
def test_whatever_was_changed_the_file_is_refused(
    portal: OtherPortal, path: tuple[str, ...]
) -> None:
    assert refusal(changed(portal.file(), path))


def test_changed_number_is_named_as_a_change(portal: OtherPortal) -> None:
    words = refusal(changed(portal.file(), ("coverage", "overall", "numerator")))
    assert words.startswith("The signature does not fit. The file was changed after it was signed")


def test_signature_of_another_file_or_key_does_not_fit(portal: OtherPortal) -> None:
    said = json.loads(portal.file())
    other = json.loads(portal.file(activation=None))
    forged = {**said, "signed_by": OtherPortal().public_key}
    for wrong in ({**said, "signature": other["signature"]}, forged):
        assert refusal(json.dumps(wrong).encode()).startswith("The signature does not fit.")


def test_unsigned_file_is_refused(portal: OtherPortal) -> None:
    for signature in ({}, {"signature": ""}, {"signature": None}, {"signature": 1}):
        document = json.dumps({**portal.said(), **signature}).encode()
        assert refusal(document).startswith("The file is not signed.")


def test_older_and_newer_schemas_are_refused_though_well_signed(portal: OtherPortal) -> None:
    older = portal.signed({**portal.said(), "schema": SCHEMA - 1})
    newer = portal.signed({**portal.said(), "schema": SCHEMA + 1, "more": True})
    assert "older form (0) than this portal reads (1)" in refusal(older)
    assert "newer form (2) than this portal reads (1)" in refusal(newer)


def test_file_that_is_too_large_is_refused_unread(portal: OtherPortal) -> None:
    words = refusal(portal.file() + b" " * files.LARGEST)
    assert words.startswith("The file is too large: a file of figures has less than 32 KB.")


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"PK\x03\x04",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"lxr-portal-figures"',
        b"{}",
        b'{"format": "lxr-portal-figures"}',
        b'{"format": "lxr-portal-figures", "schema": true}',
        b'{"format": "lxr-portal-figures", "schema": 1.0}',
        b'{"format": "lxr-portal-figures", "schema": NaN}',
        b'{"format": "lxr-portal-figures", "format": "lxr-portal-figures", "schema": 1}',
        b'{"format": "lxr-portal-figures", "schema": ' + b"9" * 5000 + b"}",
        b"[" * 20_000,
        b'{"format": "lxr-portal-figures", "schema": 1, "x": ' + b'{"a":' * 900 + b"1" + b"}" * 901,
        b'{"format": "lxr-portal-figures", "schema": 1, "signed_by": "x", "signature": "x"}',
        b'{"format": "lxr-portal-figures", "schema": 1, "signed_by": "\xc3\xa9", "signature": "x"}',
    ],
    ids=lambda document: document[:30].decode(errors="replace") + str(len(document)),
)
def test_what_is_no_file_of_ours_is_refused(document: bytes) -> None:
    assert refusal(document)


@given(st.binary(max_size=200))
def test_no_bytes_are_an_error(document: bytes) -> None:
    assert refusal(document)


SHARE = {"numerator": 1, "denominator": 2}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"person": "Ada"}, "one too many"),
        ({"as_at": "2026-02-30"}, "A date is none"),
        ({"as_at": 20260610}, "A date is none"),
        ({"as_at": "2025-05-31"}, "counted before its period"),
        ({"written_at": "2026-06-10T10:00:00"}, "no time zone"),
        ({"written_at": "today"}, "A time is none"),
        ({"period": {"since": "2026-05", "until": "2026-04"}}, "ends before it begins"),
        ({"period": {"since": "2026-13", "until": "2026-04"}}, "A month is none"),
        ({"period": {"since": "2026-05"}}, "A field is missing"),
        ({"period": []}, "A field is missing"),
        ({"definitions": {"coverage": 2, "activation": 1}}, "other definitions"),
        ({"activation": {"numerator": 3, "denominator": 2}}, "larger than its whole"),
        ({"activation": {"numerator": -1, "denominator": 2}}, "larger than its whole"),
        ({"activation": {"numerator": 1, "denominator": 10**9}}, "too large"),
        ({"activation": {"numerator": True, "denominator": 2}}, "no whole number"),
        ({"activation": {**SHARE, "names": []}}, "one too many"),
        ({"activation": 5}, "A field is missing"),
        (
            {"coverage": {"overall": SHARE, "by_setting": dict.fromkeys(SETTINGS, SHARE)}},
            "do not add up",
        ),
        (
            {"coverage": {"overall": SHARE, "by_setting": {**dict.fromkeys(SETTINGS, SHARE),
                                                           "Harbour Clinic": SHARE}}},
            "one too many",
        ),
    ],
)  # fmt: skip
def test_signed_figures_that_cannot_be_are_refused(
    portal: OtherPortal, wrong: dict[str, Any], words: str
) -> None:
    assert words in refusal(portal.signed({**portal.said(), **wrong}))


@given(
    shares=st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda two: (min(two), sum(two))),
        min_size=4,
        max_size=4,
    ),
    people=st.none() | st.just(Share(7, 19)),
    first=st.dates(date(2020, 1, 1), date(2026, 5, 31)),
)
def test_content_comes_back_as_it_was_written(shares: Any, people: Any, first: date) -> None:
    said = content(since=first.replace(day=1), by_setting=settings(*shares), activation=people)
    assert from_json(as_json(said)) == said


def test_definitions_of_another_version_cannot_be_compared(monkeypatch: Any) -> None:
    said = as_json(content())
    monkeypatch.setattr("insights.partnership.content.definitions", lambda: {"coverage": 2})
    with pytest.raises(CannotBe, match="other definitions"):
        from_json(said)


@pytest.mark.parametrize(
    "text", ["", "A", "A" * 43, "A" * 44, "!" * 44, "é" * 44, "A" * 43 + "=A", "QUJD"]
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert not signing.is_public_key(text)
    with pytest.raises(ValueError, match="no public key"):
        signing.tidied(text)


def test_key_that_was_broken_into_lines_is_the_same_key(portal: OtherPortal) -> None:
    broken = f" {portal.public_key[:20]}\r\n{portal.public_key[20:]}\n"
    assert signing.tidied(broken) == portal.public_key


def test_fingerprints_are_short_and_differ() -> None:
    marks = {signing.fingerprint(OtherPortal().public_key) for _ in range(5)}
    assert len(marks) == 5
    assert {len(mark) for mark in marks} == {39}
    assert signing.fingerprint(f"{'A' * 43}=") == "6668 7aad f862 bd77 6c8f c18b 8e9f 8e20"
