"""What the floors above add to a person's page."""

import pytest

from accounts.permissions import Permission
from reviewers.person_page import SECTIONS, Section, register, sections_for
from tests.factories import NOW, ReadyReviewerFactory


def test_sections_stand_in_order_for_those_who_may_see_them(user_as, trust):
    person = ReadyReviewerFactory()

    def templates(role):
        found = [each["template"] for each in sections_for(person, user=user_as(role), now=NOW)]
        return [name for name in found if not name.startswith("programme/")]

    assert templates("coordinator") == [
        "reviewers/joining_section.html",
        "checks/person_section.html",
        "training/person_section.html",
        "reviews/first_visits/person_section.html",
    ]
    assert templates("checks_officer") == ["checks/person_section.html"]
    assert templates("administrator") == []


def test_section_is_registered_once():
    with pytest.raises(ValueError, match="already a section called checks"):
        register(Section("checks", 1, Permission.SEE_PEOPLE, "x.html", lambda *_: {}))
    assert SECTIONS["checks"].template == "checks/person_section.html"
