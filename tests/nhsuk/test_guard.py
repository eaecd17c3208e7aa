"""What the guard sees in free text, and what it leaves alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsuk.guard import find, is_nhs_number, marks, shown, warning_about


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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dr Smith listened.", ["Dr Smith"]),
        ("mrs Patel-Jones and Mr. O’Brien were there", ["mrs Patel-Jones", "Mr. O’Brien"]),
        ("Nurse Kelly was kind", ["Nurse Kelly"]),
        ("Sarah asked what we forgot to ask.", ["Sarah"]),
        ("We met Sarah Jones on the ward.", ["Sarah Jones"]),
        ("Then Fatima’s questions helped.", ["Fatima"]),
        ("I spoke with Mohammed and Priya.", ["Mohammed", "Priya"]),
        ("A patient called Zbigniew told us", ["Zbigniew"]),
        ("My name is Olu Adeyemi", ["Olu Adeyemi"]),
        ("Thanks to Grace Okoro and Mark Evans", ["Grace Okoro", "Mark Evans"]),
        ("I’m James, by the way", ["James"]),
    ],
)
def test_names_are_seen(text: str, names: list[str]) -> None:
    assert [each.words for each in marks(text) if each.kind == "a name"] == names


@pytest.mark.parametrize(
    "text",
    [
        "The Lived Experience Reviewer saw what we had stopped seeing.",
        "Hope and faith: may they stay. Will they come in June? I will. Joy!",
        "May we ask for more visits? Mark my words, the Memory Clinic gains from it.",
        "It was on St James Ward, next to Victoria House and the Elizabeth Unit.",
        "Martin House and James Street were easy to find.",
        "The Nurse Station was calm, the Sister Manager led well, Matron Office too.",
        "On Monday 10 June 2026 the Quality Team rated us 8 of 10. The CQC and NHS England agree.",
        "May June or July do? April was too early. Rose and lily grew outside.",
        "I am Welsh. I’m Happy with it.",
        "We gave 9434765918 leaflets and 2000 2001 2002 copies; room B12 3 was fine.",
        "Between 9.30 and 12.45, 3/4 of the staff came; 1 in 10 did not.",
        "the reviewer asked sarah",  # lower case: not seen, a person reads it
    ],
)
def test_little_is_taken_for_what_it_is_not(text: str) -> None:
    assert marks(text) == []


def test_marks_say_where_and_in_the_order_of_the_text() -> None:
    text = "Ring Sam on 07700 900123, SW1A 1AA."
    found = marks(text)
    assert [(each.kind, each.words) for each in found] == [
        ("a name", "Sam"),
        ("a phone number", "07700 900123"),
        ("a postcode", "SW1A 1AA"),
    ]
    assert all(text[each.start : each.end] == each.words for each in found)
    assert shown(found) == (
        "a name (“Sam”), a phone number (“07700 900123”) and a postcode (“SW1A 1AA”)"
    )


def test_kinds_stand_in_their_own_order_and_once() -> None:
    assert find("Sam and Sarah, SW1A 1AA, 943 476 5919") == [
        "an NHS number",
        "a postcode",
        "a name",
    ]


@given(st.text(max_size=400))
def test_whatever_is_written_is_looked_at_and_marks_do_not_overlap(text: str) -> None:
    found = marks(text)
    assert all(text[each.start : each.end] == each.words for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
