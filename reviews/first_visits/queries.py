"""Who is trained and has not been on a visit yet, from the teams and the training."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate

from accounts.models import User
from reviewers.models import Reviewer, Stage
from reviewers.queries import people
from reviews.first_visits.models import FirstVisit
from reviews.models import Review, TeamMember, TeamMemberQuerySet
from training.models import Place
from training.queries import conferring_places, with_trained_on

# Whoever stands by as a reserve may not go
GOING = (TeamMember.Role.LXR, TeamMember.Role.SHADOW)


def visits_since(training: QuerySet[Place]) -> TeamMemberQuerySet:
    """Visits somebody attended as an LXR after a day they were trained: what activation counts.

    Later than the first training is later than any, so there is no need to find the first.
    """
    trained_before = training.filter(
        reviewer=OuterRef("reviewer"), session__held_on__lt=OuterRef("review__visit_on")
    )
    return TeamMember.objects.lxrs().filter(
        Exists(trained_before), attended=True, review__status__in=Review.VISITED
    )


def has_been_since_training() -> Exists:
    """The condition on reviewers: on a visit since their training.

    Asked of each, so that the first few of a long list, or one person, cost no more than those.
    """
    return Exists(visits_since(conferring_places()).filter(reviewer=OuterRef("pk")))


def is_trained() -> Exists:
    """The condition on reviewers: attended a session that makes a person trained."""
    return Exists(conferring_places().filter(reviewer=OuterRef("pk")))


def waiting(user: User) -> QuerySet[Any]:
    """Trained people who are here and have not been on a visit since."""
    found = people(user).exclude(stage=Stage.LEFT).filter(is_trained())
    return found.exclude(has_been_since_training())


def coming_yes(today: date) -> TeamMemberQuerySet:
    """Places on visits to come that somebody has said yes to, to watch or as an LXR."""
    return TeamMember.objects.filter(
        role__in=GOING,
        response=TeamMember.Response.ACCEPTED,
        review__status__in=Review.COMING,
        review__visit_on__gte=today,
    )


def without_visit(user: User, today: date) -> QuerySet[Any]:
    """Those of them who have said yes to no visit yet: whoever says yes leaves this list."""
    return waiting(user).filter(~Exists(coming_yes(today).filter(reviewer=OuterRef("pk"))))


def with_visit(user: User, today: date) -> QuerySet[Any]:
    """Those with a visit to come, on ``coming_on``."""
    visits = coming_yes(today).filter(reviewer=OuterRef("pk")).order_by("review__visit_on")
    soonest = Subquery(visits.values("review__visit_on")[:1])
    found: QuerySet[Any] = waiting(user).annotate(coming_on=soonest)
    return found.filter(coming_on__isnull=False)


def to_help(user: User, today: date) -> QuerySet[Any]:
    """Those whom we can help now: no visit to come, no break, and they did not say not now."""
    asked = TeamMember.objects.live().filter(
        role__in=GOING,
        reviewer=OuterRef("pk"),
        review__status__in=Review.COMING,
        review__visit_on__gte=today,
    )
    later = FirstVisit.objects.filter(
        Q(not_before__isnull=True) | Q(not_before__gt=today),
        reviewer=OuterRef("pk"),
        wish=FirstVisit.Wish.NOT_NOW,
    )
    return waiting(user).filter(~Exists(asked), ~Exists(later)).exclude(stage=Stage.PAUSED)


def with_plans(reviewers: QuerySet[Any]) -> QuerySet[Any]:
    """The same with ``trained_on``, ``waits_since``, and their ``first_visit`` and buddy.

    ``waits_since``: the day of the last thing that happened on their way, trained, asked or said.
    """
    asked = TeamMember.objects.filter(reviewer=OuterRef("pk"), invited_at__isnull=False)
    last_asked = Subquery(asked.order_by("-invited_at").values("invited_at")[:1])
    moments = (F("first_visit__asked_at"), F("first_visit__said_at"), last_asked)
    days = [Coalesce(TruncDate(moment), F("trained_on")) for moment in moments]
    found: QuerySet[Any] = with_trained_on(reviewers).annotate(
        waits_since=Greatest("trained_on", *days, output_field=DateField())
    )
    return found.select_related("first_visit__buddy", "first_visit__staff_buddy")


def first_visit_days(ids: Collection[int]) -> dict[int, date]:
    """The day of each person's first visit since their training. One query."""
    visits = visits_since(conferring_places()).filter(reviewer__in=ids)
    days = visits.values("reviewer").annotate(first=Min("review__visit_on")).order_by()
    return dict(days.values_list("reviewer", "first"))


def to_talk_to(user: User) -> QuerySet[Any]:
    """People who have been on a first visit, ``been_on``, and had no talk about it yet.

    However long ago that was, until the talk is recorded or left out with a reason.
    """
    visits = visits_since(conferring_places()).filter(reviewer=OuterRef("pk"))
    settled = FirstVisit.objects.filter(
        Q(debriefed_on__isnull=False) | ~Q(no_debrief_why=""), reviewer=OuterRef("pk")
    )
    return (
        people(user)
        .exclude(stage=Stage.LEFT)
        .filter(Exists(visits), ~Exists(settled))
        .annotate(
            been_on=Subquery(visits.order_by("review__visit_on").values("review__visit_on")[:1])
        )
    )


def get_person(user: User, pk: int) -> Any:
    """The person with ``trained_on`` and what they told us, or None."""
    return with_plans(people(user)).filter(pk=pk).first()


def own(user: User) -> Any:
    """The person who is signed in, likewise; None for somebody who is no reviewer."""
    return with_plans(Reviewer.objects.filter(user=user)).first()


def buddies(reviewer: Reviewer) -> QuerySet[Reviewer]:
    """Active people who have been on a visit, to go with somebody."""
    experienced = TeamMember.objects.lxrs().filter(attended=True)
    active = Reviewer.objects.filter(stage=Stage.ACTIVE, pk__in=experienced.values("reviewer"))
    return active.exclude(pk=reviewer.pk).order_by("first_name", "last_name", "pk")


def watched_on(reviewer: Reviewer) -> date | None:
    """The day the person first learned beside a team."""
    watched = TeamMember.objects.filter(
        reviewer=reviewer, role=TeamMember.Role.SHADOW, attended=True
    )
    days = watched.order_by("review__visit_on").values_list("review__visit_on", flat=True)
    return days.first()


def is_unanswered(reviewer: Reviewer) -> bool:
    """Whether we asked the person how they would like to start, and they have not said since."""
    return FirstVisit.objects.filter(unanswered(), reviewer=reviewer).exists()


def unanswered() -> Q:
    """The condition on what is known of first visits: asked, and nothing said since."""
    never = Q(said_at__isnull=True)
    return Q(asked_at__isnull=False) & (never | Q(said_at__lt=F("asked_at")))
