"""What tests of a line say and look at."""

from reviews.models import Turn
from reviews.waves.operations import add_to_line, start
from tests.factories import NOW


def running(review, people, by, *, at_once=1, answer_days=None):
    add_to_line(review=review, people=people, by=by, now=NOW)
    start(review=review, at_once=at_once, answer_days=answer_days, by=by, now=NOW)


def asked(review):
    """First names in the order in which they were asked, with their answer."""
    members = review.team.people().select_related("reviewer").order_by("pk")
    return [(each.reviewer.first_name, each.response) for each in members]


def line(review):
    return [
        (turn.reviewer.first_name, turn.state)
        for turn in Turn.objects.filter(wave__review=review).select_related("reviewer")
    ]


def member_of(review, name):
    return review.team.get(reviewer__first_name=name)


def turn_of(review, name):
    return Turn.objects.select_related("wave__review").get(
        wave__review=review, reviewer__first_name=name
    )
