"""The visits of a feed: coming ones and those of late."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from accounts.models import User
from audit.models import Event
from reviewers.models import Stage
from reviews.models import Feed, Review, TeamFeed, TeamMember

BACK = timedelta(days=90)


def feed_of(user: User) -> Feed | None:
    """The address the user made, if there is one."""
    return Feed.objects.filter(user=user).first()


def team_feed() -> TeamFeed | None:
    """The team's address, while it is switched on."""
    return TeamFeed.objects.first()


def visits_of_all(*, today: date) -> list[Review]:
    """Every visit, by day, also one that is called off: a calendar is told of it."""
    found = Review.objects.filter(visit_on__gte=today - BACK).order_by("visit_on", "pk")
    return list(found.only("reference", "visit_on", "starts_at", "ends_at", "status"))


def visits_of(user: User, *, today: date) -> list[TeamMember]:
    """The user's places on teams, by day, whatever they answered: a calendar is told of each.

    What they were asked to is not sure yet, what they said no to is called off for them.
    """
    found = (
        TeamMember.objects.filter(
            Q(reviewer__user=user) | Q(staff__user=user), review__visit_on__gte=today - BACK
        )
        .exclude(reviewer__stage=Stage.LEFT)
        .select_related("review")
        .order_by("review__visit_on", "pk")
    )
    return list(found)


def sequences(members: list[TeamMember]) -> Counter[int]:
    """How often each place or its visit was changed, by the place's id. Two queries.

    Counted from the audit, which only grows: a later state of an event has a higher number.
    """
    reviews = sequences_of_reviews(each.review_id for each in members)
    places = Event.objects.count_by_object("reviews.teammember", {each.pk for each in members})
    return Counter({each.pk: reviews[each.review_id] + places[each.pk] for each in members})


def sequences_of_reviews(ids: Iterable[int]) -> Counter[int]:
    """How often each review was changed, by its id. One query."""
    return Event.objects.count_by_object("reviews.review", set(ids))
