"""A visit that an import moves is a later state of the same event in people's calendars."""

import pytest

from audit.models import Event
from reviews.feeds.queries import sequences
from reviews.models import TeamMember
from tests.programme import files
from tests.programme.files import bring_in, sheets, with_cell, workbook

pytestmark = pytest.mark.django_db


def test_what_a_file_moves_or_answers_has_a_higher_number_in_calendars():
    bring_in(workbook(sheets()))
    ada = TeamMember.objects.get(review__reference="R-2", reviewer__reference="L-1")
    numbers = [sequences([ada])[ada.pk]]
    rows = with_cell(files.REVIEWS, 3, "Visit on", "2026-07-08")
    teams = with_cell(files.TEAMS, 4, "Response", "accepted")
    for file in ({"Reviews": rows}, {"Reviews": rows, "Teams": teams}):
        assert bring_in(workbook(file)).is_good
        numbers.append(sequences([ada])[ada.pk])
    assert numbers == [0, 1, 2]
    moved = Event.objects.filter(action="changed by an import")
    assert set(moved.values_list("object_type", "person_id")) == {
        ("reviews.review", None),
        ("reviews.teammember", ada.reviewer_id),
    }
