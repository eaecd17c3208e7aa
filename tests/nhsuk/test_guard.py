"""What the guard sees in free text, and what it leaves alone."""

import pytest

from nhsuk.guard import find, is_nhs_number, warning_about


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Her number is 943 476 5919.", ["an NHS number"]),
        ("943 476 5918 has a wrong check digit", []),
        ("Ring 07700 900123 or +44 7700 900123", ["a phone number"]),
        ("write to sam.jones@example.org please", ["an email address"]),
        ("lives at SW1A 1AA", ["a postcode"]),
        ("born on 3 May 1961", ["a date of birth"]),
        ("DOB: 03/05/2001", ["a date of birth"]),
        ("since 3/5/1961", ["a date of birth"]),
        ("The visit on 10 June 2026 at 9:30am went well, 8 of 10 staff spoke with us.", []),
        ("", []),
    ],
)
def test_kinds_found(text: str, kinds: list[str]) -> None:
    assert find(text) == kinds


def test_warning_names_every_kind() -> None:
    assert warning_about("943 476 5919, a@b.org") == (
        "This looks as if it holds an NHS number and an email address. "
        "Please take out anything that shows who somebody is."
    )
    assert warning_about("A good day.") == ""


def test_nhs_number_needs_its_check_digit() -> None:
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765910")
    assert not is_nhs_number("0000000000")
    assert not is_nhs_number("943476591")
