"""The condition on reviewers that each rule asks: who meets it for a visit.

Conditions are written as sets that depend on no outer row, so that the database works each out
once and not once per person.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.lookups import GreaterThan

from checks import readiness
from reviewers.models import Exclusion, Stage, TimeAway
from reviewers.role_descriptions import number_needed_on
from reviews.eligibility.visit import Visit
from reviews.models import Review, TeamMember, TeamMemberQuerySet
from training.queries import trained_by
from training.queries.same_time import in_training

EVERYONE = Q(pk__isnull=False)


def active(visit: Visit) -> Q:
    """In the active stage."""
    return Q(stage=Stage.ACTIVE)


def trained(visit: Visit) -> Q:
    """Their training counts that day."""
    return trained_by(visit.day)


def signed(visit: Visit) -> Q:
    """Signed the role description that counts that day."""
    return Q(
        role_description_signed_on__isnull=False,
        signed_version__gte=number_needed_on(visit.day),
    )


def ready(visit: Visit) -> Q:
    """Everything that checks ask for this visit."""
    return readiness.fits(
        service=visit.service,
        on=visit.day,
        trust=visit.trust,
        is_accompanied=visit.has_staff,
    )


def no_exclusion(visit: Visit) -> Q:
    """Would not rather stay away from this service."""
    return ~Q(pk__in=Exclusion.objects.filter(service=visit.service).values("reviewer"))


def available(visit: Visit) -> Q:
    """Can come that day, as far as they told us."""
    weekday = GreaterThan(F("available_weekdays").bitand(1 << visit.day.weekday()), 0)
    away = TimeAway.objects.filter(starts_on__lte=visit.day, ends_on__gte=visit.day)
    return Q(weekday) & ~Q(pk__in=away.values("reviewer"))


def free(visit: Visit) -> Q:
    """On no other visit that overlaps, nor asked about one, and not in training then."""
    start, end = visit.hold
    busy = TeamMember.objects.filter(
        reviewer__isnull=False, holds_from__lt=end, holds_until__gt=start
    ).exclude(review=visit.review)
    return ~Q(pk__in=busy.values("reviewer")) & ~in_training(visit.day, *visit.hours)


def counts_towards_cap() -> TeamMemberQuerySet:
    """The visits that count towards what a person wants in a month, and ask for rest.

    Not those for which they stand by: the rules are asked anew when they are asked to come.
    """
    return (
        TeamMember.objects.live()
        .filter(reviewer__isnull=False)
        .exclude(review__status=Review.Status.CANCELLED)
        .exclude(attended=False)
        .exclude(role=TeamMember.Role.RESERVE)
    )


def below_cap(visit: Visit) -> Q:
    """Below the number of visits they want that month."""
    first = visit.day.replace(day=1)
    at_cap = (
        counts_towards_cap()
        .filter(review__visit_on__gte=first, review__visit_on__lt=first + relativedelta(months=1))
        .exclude(review=visit.review)
        .values("reviewer")
        .annotate(visits=Count("pk"))
        .filter(visits__gte=F("reviewer__visits_a_month"))
    )
    return ~Q(pk__in=at_cap.values("reviewer"))


def rested(visit: Visit) -> Q:
    """Rest lies between days: visits of one day that do not overlap are one day out."""
    rest = timedelta(days=visit.trust.rest_days)
    near = (
        counts_towards_cap()
        .filter(review__visit_on__gte=visit.day - rest, review__visit_on__lte=visit.day + rest)
        .exclude(review__visit_on=visit.day)
        .exclude(review=visit.review)
    )
    return ~Q(pk__in=near.values("reviewer"))


def has_been_on_a_visit() -> Exists:
    """The condition on reviewers: attended a review as an LXR."""
    return Exists(TeamMember.objects.lxrs().filter(reviewer=OuterRef("pk"), attended=True))


def first_visit_not_secure(visit: Visit) -> Q:
    """A first visit is not to a secure or prison service, unless they wish it."""
    if not visit.service.is_harder_to_reach:
        return EVERYONE
    return Q(first_visit_anywhere=True)


def first_visit_not_alone(visit: Visit) -> Q:
    """A first visit is not as the only LXR, unless they wish it."""
    if len(visit.lxrs_on_team) > 1:
        return EVERYONE
    anywhere = Q(first_visit_anywhere=True)
    # One LXR on the team: company for everyone but that LXR.
    return anywhere | ~Q(pk__in=visit.lxrs_on_team) if visit.lxrs_on_team else anywhere
