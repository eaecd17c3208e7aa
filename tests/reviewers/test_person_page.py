"""What the floors above add to a person's page."""

import pytest

from accounts.permissions import Permission
from reviewers.person_page import SECTIONS, Section, register, sections_for
from reviews.person_page import visits_of
from tests.factories import NOW, TODAY, LXROnTeamFactory, ReadyReviewerFactory, ReviewFactory


def test_sections_stand_in_order_for_those_who_may_see_them(user_as, trust):
    person = ReadyReviewerFactory()

    def templates(role):
        return [each["template"] for each in sections_for(person, user=user_as(role), now=NOW)]

    assert templates("coordinator") == [
        "checks/person_section.html",
        "training/person_section.html",
        "reviews/person_section.html",
    ]
    assert templates("checks_officer") == ["checks/person_section.html"]
    assert templates("administrator") == []


def test_section_is_registered_once():
    with pytest.raises(ValueError, match="already a section called checks"):
        register(Section("checks", 1, Permission.SEE_PEOPLE, "x.html", lambda *_: {}))
    assert SECTIONS["checks"].template == "checks/person_section.html"


def test_not_coming_is_on_no_screen(user_as, trust):
    person = ReadyReviewerFactory()

    def on_visit(status, **member):
        review = ReviewFactory(status=status, visit_on=TODAY)
        return LXROnTeamFactory(review=review, reviewer=person, **member)

    came = on_visit("completed", response="accepted", attended=True)
    coming = on_visit("confirmed", response="accepted")
    on_visit("completed", response="accepted", attended=False)
    on_visit("completed", response="declined")
    on_visit("confirmed", response="withdrawn")
    on_visit("cancelled", response="accepted")
    shown = visits_of(person, user_as("coordinator"), NOW)
    assert shown == {"coming": [coming], "past": [came], "has_more": False}
