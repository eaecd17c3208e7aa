"""Messages about visits: what falls due, and whether each is still true when it is about to go.

While a person takes a break, nothing is asked of them and nothing reminds them; they still hear
that a visit is off, or that they need not come.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db.models import F, Q
from django.utils.timezone import get_default_timezone, localdate

from nhsuk.words import nhs_day
from notifications.delivery import goes_on
from notifications.registry import Due, Kind, register
from organisation.queries import trust_settings
from reviewers.models import Reviewer, Stage
from reviews import words
from reviews.attachments import entries_of
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.queries import has_been_since_training
from reviews.first_visits.words import BUDDY, GENTLE_ASK, NO_BUDDY
from reviews.holds import hold_of
from reviews.models import Review, TeamMember, TeamMemberQuerySet, VisitRequest
from reviews.requests.words import ANSWERED

DAYS_UNANSWERED = 3  # until somebody who has not answered is reminded
A_NIGHT = timedelta(hours=12)
Response = TeamMember.Response


def _members() -> TeamMemberQuerySet:
    return TeamMember.objects.select_related("reviewer", "staff", "review__service__site")


def _asked_now(now: datetime) -> Q:
    """On a coming visit whose day has not passed, and not taking a break."""
    not_paused = Q(reviewer__isnull=True) | ~Q(reviewer__stage__in=[Stage.PAUSED, Stage.LEFT])
    return not_paused & Q(review__status__in=Review.COMING, review__visit_on__gte=localdate(now))


def _invited(now: datetime) -> Q:
    return _asked_now(now) & Q(response=Response.INVITED)


def _accepted(now: datetime) -> Q:
    return _asked_now(now) & Q(response=Response.ACCEPTED)


def _said_no(now: datetime) -> Q:
    return Q(response__in=[Response.DECLINED, Response.WITHDRAWN], taken_back="")


def _on_team(now: datetime) -> Q:
    return _asked_now(now) & Q(response__in=TeamMember.LIVE)


def _coming_within(days: int) -> Callable[[datetime], Q]:
    def coming(now: datetime) -> Q:
        until = localdate(now) + timedelta(days=days)
        return _asked_now(now) & Q(response=Response.ACCEPTED, review__visit_on__lte=until)

    return coming


def _called_off(now: datetime) -> Q:
    return Q(review__status=Review.Status.CANCELLED)


def _not_needed(now: datetime) -> Q:
    return ~Q(taken_back="")  # nobody else tells them, if the visit is called off since


def _those(condition: Callable[[datetime], Q]) -> Callable[[set[int], datetime], set[int]]:
    def still_true_of(ids: set[int], now: datetime) -> set[int]:
        members = TeamMember.objects.filter(condition(now), pk__in=ids)
        return set(members.values_list("pk", flat=True))

    return still_true_of


def due_unanswered(now: datetime) -> Iterator[Due]:
    """One reminder for each invitation, three days after it.

    Sooner where the time to answer is shorter, and none where they have less than a night.
    """
    waiting = _members().people().filter(_invited(now), invited_at__lte=now - A_NIGHT)
    trust = trust_settings()
    for member in waiting:
        too_late_at = member.answer_by or hold_of(member.review)[0]
        due_at = _reminded_at(member, too_late_at)
        if member.invited_at is not None and due_at is not None and due_at <= now < too_late_at:
            yield Due(
                key=f"{words.UNANSWERED}:{member.pk}:{member.invited_at:%Y%m%d%H%M%S}",
                about_id=member.pk,
                to=words.addressee(member, in_haste=True),
                subject="We have not heard from you yet about a visit",
                body=partial(words.body_of, "unanswered", member, trust=trust),
                due_at=due_at,
                too_late_at=too_late_at,
            )


def _reminded_at(member: TeamMember, too_late_at: datetime) -> datetime | None:
    """08:00 on the third day, or on the last before it that is in time; a night after asking."""
    if (asked_at := member.invited_at) is None:
        return None
    for days in range(DAYS_UNANSWERED, 0, -1):
        moment = _eight_oclock(localdate(asked_at), -days)
        if asked_at + A_NIGHT <= moment < too_late_at:
            return moment
    return None


def _due_before(now: datetime, *, kind: str, days: int) -> Iterator[Due]:
    """A reminder for each LXR who comes, from 08:00 so many days before."""
    coming = list(_members().lxrs().filter(_coming_within(days)(now)))
    leads = _leads(member.review_id for member in coming)
    trust = trust_settings()
    for member in coming:
        due_at = _eight_oclock(member.review.visit_on, days)
        too_late_at = hold_of(member.review)[0]
        if days > 1:
            too_late_at = _eight_oclock(member.review.visit_on, 1)  # tomorrow's reminder takes over
            if member.answered_at is not None and member.answered_at > due_at:
                continue  # they said yes within the week and know
        if due_at <= now < too_late_at:
            how_soon = _how_soon(member.review.visit_on, goes_on(trust, now))
            yield Due(
                key=f"{kind}:{member.pk}:{member.review.visit_on}",
                about_id=member.pk,
                to=words.addressee(member, in_haste=days == 1),
                subject=f"Your visit with the quality team is {how_soon}",
                body=partial(
                    words.body_of,
                    "coming",
                    member,
                    trust=trust,
                    how_soon=how_soon,
                    lead=leads.get(member.review_id),
                ),
                due_at=due_at,
                too_late_at=too_late_at,
            )


def _how_soon(visit_on: date, told_on: date) -> str:
    """``tomorrow, Wednesday 8 July 2026``: a reminder that comes late says what is true then."""
    days = (visit_on - told_on).days
    return f"{ {0: 'today', 1: 'tomorrow'}.get(days, f'in {days} days') }, {nhs_day(visit_on)}"


def _eight_oclock(day: date, days_before: int) -> datetime:
    day -= timedelta(days=days_before)
    return datetime.combine(day, time(8), tzinfo=get_default_timezone())


def _leads(review_ids: Iterable[int]) -> dict[int, str]:
    leads = TeamMember.objects.filter(review__in=set(review_ids), role=TeamMember.Role.LEAD)
    return {review: name for review, name in leads.values_list("review", "staff__name") if name}


def due_in_a_week(now: datetime) -> Iterator[Due]:
    """Seven days before, for who had said yes by then."""
    return _due_before(now, kind=words.IN_A_WEEK, days=7)


def due_tomorrow(now: datetime) -> Iterator[Due]:
    """The day before."""
    return _due_before(now, kind=words.TOMORROW, days=1)


def _still_coming(ids: set[int], now: datetime) -> set[int]:
    """Of these reviews, those that are still to come."""
    coming = Review.objects.coming().filter(pk__in=ids, visit_on__gte=localdate(now))
    return set(coming.values_list("pk", flat=True))


def _still_waiting(ids: set[int], now: datetime) -> set[int]:
    """Asked gently, here, not on a break, and without a visit or an answer since."""
    answered = FirstVisit.objects.filter(said_at__gt=F("asked_at"))
    waiting = Reviewer.objects.filter(pk__in=ids).exclude(stage__in=[Stage.PAUSED, Stage.LEFT])
    waiting = waiting.exclude(pk__in=answered.values("reviewer"))
    return set(waiting.exclude(has_been_since_training()).values_list("pk", flat=True))


def _still_buddies(ids: set[int], now: datetime) -> set[int]:
    """First visits on which an LXR who is here goes along, as both agreed."""
    agreed = FirstVisit.objects.filter(
        pk__in=ids, buddy_agreed_on__isnull=False, buddy__stage=Stage.ACTIVE
    )
    return set(agreed.values_list("pk", flat=True))


def _no_buddies(ids: set[int], now: datetime) -> set[int]:
    """Whoever went along is told as long as they are here."""
    return set(FirstVisit.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _still_answered(ids: set[int], now: datetime) -> set[int]:
    """What was asked for by people who are on a visit to come, and has an answer."""
    members = TeamMember.objects.filter(_on_team(now))
    answered = VisitRequest.objects.filter(pk__in=ids, answered_at__isnull=False)
    return set(answered.filter(member__in=members).values_list("pk", flat=True))


# Told of in an email, the visit goes with it, for the person's calendar.
_for_calendar = partial(Kind, attached_to=entries_of)
KINDS = (
    Kind(BUDDY, still_true_of=_still_buddies, label="Buddy on a first visit"),
    Kind(NO_BUDDY, still_true_of=_no_buddies, label="No longer a buddy"),
    Kind(GENTLE_ASK, still_true_of=_still_waiting, label="How would you like to start?"),
    _for_calendar(words.INVITATION, still_true_of=_those(_invited), label="Invitation to a visit"),
    Kind(
        words.UNANSWERED,
        still_true_of=_those(_invited),
        due=due_unanswered,
        label="Invitation without an answer",
    ),
    _for_calendar(
        words.IN_A_WEEK,
        still_true_of=_those(_coming_within(7)),
        due=due_in_a_week,
        label="Visit in 7 days",
    ),
    _for_calendar(
        words.TOMORROW,
        still_true_of=_those(_coming_within(1)),
        due=due_tomorrow,
        label="Visit tomorrow",
    ),
    _for_calendar(words.CHANGED, still_true_of=_those(_on_team), label="Visit changed"),
    _for_calendar(
        words.POSTPONED, still_true_of=_those(_on_team), label="Visit moved to another day"
    ),
    _for_calendar(words.CANCELLED, still_true_of=_those(_called_off), label="Visit called off"),
    _for_calendar(words.CALLED, still_true_of=_those(_invited), label="Reserve asked to come"),
    _for_calendar(words.SAID_YES, still_true_of=_those(_accepted), label="Yes to a visit"),
    _for_calendar(words.SAID_NO, still_true_of=_those(_said_no), label="No to a visit"),
    _for_calendar(words.ON_TEAM, still_true_of=_those(_on_team), label="On a visit’s team"),
    _for_calendar(words.OFF_TEAM, still_true_of=_those(_not_needed), label="Off a visit’s team"),
    Kind(words.LONGER, still_true_of=_those(_invited), label="Longer to answer"),
    Kind(ANSWERED, still_true_of=_still_answered, label="Answer to what was asked for on a visit"),
    Kind(words.DROPPED_OUT, still_true_of=_still_coming, label="Somebody dropped out"),
    _for_calendar(
        words.FILLED, still_true_of=_those(_not_needed), label="Places of a visit filled"
    ),
    _for_calendar(
        words.NOT_NEEDED, still_true_of=_those(_not_needed), label="Not needed on a visit"
    ),
)
for kind in KINDS:
    register(kind)
