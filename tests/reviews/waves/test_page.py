"""The page of a line, and what its tables refuse."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from reviewers.models import Reviewer, TimeAway
from reviews.models import TeamMember, Turn, Wave
from reviews.waves.operations import (
    add_to_line,
)
from tests.factories import (
    NOW,
    TurnFactory,
    WaveFactory,
)
from tests.reviews.waves.lines import asked, line, running, turn_of

pytestmark = pytest.mark.django_db
Response = TeamMember.Response


def test_line_is_made_changed_and_started_on_its_page(review, people, client_as, time_machine):
    time_machine.move_to(NOW)
    client = client_as("coordinator")
    url = reverse("reviews:line", args=[review.pk])
    add = reverse("reviews:line-add", args=[review.pk])

    page = client.post(add, {"person": [people[1].pk, people[0].pk]}, follow=True).text
    assert "2 people are added." in page
    assert [name for name, _ in line(review)] == ["Bo", "Ada"]
    turn = turn_of(review, "Ada")
    client.post(reverse("reviews:line-move", args=[review.pk, turn.pk]), {"to": "up"})
    page = client.post(url, {"at_once": "1", "answer_days": "3"}, follow=True).text
    assert "1 person has been asked." in page

    assert asked(review) == [("Ada", "invited")]
    assert (Wave.objects.get().at_once, Wave.objects.get().answer_days) == (1, 3)


def test_page_says_why_somebody_could_not_be_asked(review, people, client_as, by, time_machine):
    time_machine.move_to(NOW)
    TimeAway.objects.create(reviewer=people[0], starts_on=review.visit_on, ends_on=review.visit_on)
    running(review, people[:1], by)

    page = client_as("coordinator").get(reverse("reviews:line", args=[review.pk])).text

    assert "Could not be asked" in page
    assert "Ada has told us they cannot come that day." in page


@pytest.mark.parametrize("sends", [{"at_once": "0"}, {"at_once": "x"}, {}])
def test_pace_that_makes_no_sense_is_a_form_error(sends, review, people, client_as, by):
    add_to_line(review=review, people=people[:1], by=by, now=NOW)

    page = client_as("coordinator").post(reverse("reviews:line", args=[review.pk]), sends).text

    assert "There is a problem" in page
    assert asked(review) == []


def test_ticking_nobody_says_so(review, client_as):
    page = (
        client_as("coordinator")
        .post(reverse("reviews:line-add", args=[review.pk]), follow=True)
        .text
    )
    assert "Tick at least one person." in page


# What the tables refuse


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("reviews_wave_asks_somebody", lambda turn: WaveFactory(at_once=0)),
        ("reviews_wave_asks_somebody", lambda turn: WaveFactory(answer_days=0)),
        ("reviews_turn_state", lambda turn: TurnFactory(state="lost")),
        (
            "reviews_turn_once|wave_id",
            lambda turn: TurnFactory(wave=turn.wave, reviewer=turn.reviewer),
        ),
    ],
)
def test_what_a_line_must_keep(name, make):
    turn = TurnFactory()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(turn)


def test_a_person_in_line_goes_with_the_person():
    turn = TurnFactory()
    Reviewer.objects.filter(pk=turn.reviewer_id).delete()
    assert not Turn.objects.exists()
