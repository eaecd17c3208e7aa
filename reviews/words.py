"""What the people on a team are told. The subject never names the service."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from nhsuk.words import nhs_date, nhs_day, nhs_deadline
from notifications.models import Channel
from notifications.operations import queue
from notifications.words import letter
from organisation.contact import addressee as staff_addressee
from organisation.contact import mailbox_of
from organisation.models import TrustSettings
from organisation.queries import trust_settings
from reviewers.contact import addressee as reviewer_addressee
from reviews.holds import hold_of
from reviews.models import Review, TeamMember

INVITATION = "visit-invitation"
UNANSWERED = "visit-unanswered"
IN_A_WEEK = "visit-in-a-week"
TOMORROW = "visit-tomorrow"
CHANGED = "visit-changed"
POSTPONED = "visit-postponed"
CANCELLED = "visit-cancelled"
NOT_NEEDED = "visit-not-needed"
FILLED = "visit-filled"
CALLED = "visit-reserve-called"
LONGER = "visit-longer-to-answer"
SAID_YES = "visit-said-yes"
SAID_NO = "visit-said-no"
ON_TEAM = "visit-staff-on"
OFF_TEAM = "visit-staff-off"
DROPPED_OUT = "visit-dropped-out"


BY_POST = timedelta(days=3)  # what a letter takes to arrive


def addressee(member: TeamMember, *, in_haste: bool = False) -> Any:
    """Where a message to this member of a team goes: a reviewer or a staff member.

    ``in_haste``: whoever is reached by post is rung.
    """
    if member.reviewer is not None:
        return reviewer_addressee(member.reviewer, in_haste=in_haste)
    assert member.staff is not None  # noqa: S101 - a constraint of the table
    return staff_addressee(member.staff)


def first_name_of(member: TeamMember) -> str:
    """How the message greets."""
    return member.reviewer.first_name if member.reviewer else str(member.staff)


def link_of(member: TeamMember) -> str:
    """Where the person answers; empty for staff who have no page for it.

    Opened by somebody else it says no more than that.
    """
    if member.reviewer_id is not None:
        path = reverse("own-reviews:visit", args=[member.pk])
    elif member.staff is not None and _has_pages(member.staff.user):
        path = reverse("reviews:cannot-come", args=[member.review_id])
    else:
        return ""
    return settings.PUBLIC_URL.rstrip("/") + path


def _has_pages(user: User | None) -> bool:
    return user is not None and (
        user.may(Permission.RECORD_OWN_VISITS) or user.may(Permission.PLAN_REVIEWS)
    )


def body_of(
    name: str,
    member: TeamMember,
    *,
    review: Review | None = None,
    trust: TrustSettings | None = None,
    **extra: Any,
) -> str:
    """The words of ``templates/reviews/messages/NAME.txt`` for this member."""
    review = review or member.review
    context = {
        "name": first_name_of(member),
        "is_lxr": member.reviewer_id is not None,
        "is_shadow": member.role == TeamMember.Role.SHADOW,
        "is_reserve": member.role == TeamMember.Role.RESERVE,
        "answer_by": nhs_deadline(member.answer_by),
        "link": link_of(member),
        "can_come": member.response == TeamMember.Response.ACCEPTED,
        "review": review,
        "service": review.service,
        "site": review.service.site,
        **extra,
    }
    return letter(f"reviews/messages/{name}.txt", context, trust=trust)


def tell_invited(member: TeamMember, *, now: datetime) -> None:
    """Ask the person whether they can come."""
    _tell(INVITATION, member, "Can you come on a visit with the quality team?", "invitation", now)


def tell_not_needed(member: TeamMember, *, now: datetime, moved_from: Any = None) -> None:
    """The invitation was taken back, or the visit moved to a day on which they cannot come."""
    subject = "Your visit with the quality team: you do not need to come"
    _tell(NOT_NEEDED, member, subject, "not_needed", now, moved_from=moved_from)


def tell_filled(member: TeamMember, *, now: datetime) -> None:
    """Enough others have said yes."""
    subject = "The visit with the quality team: the places are filled"
    _tell(FILLED, member, subject, "filled", now)


def tell_called(member: TeamMember, *, now: datetime) -> None:
    """Somebody dropped out: can this reserve come after all?"""
    _tell(CALLED, member, "Can you come on the visit after all?", "called", now)


def tell_longer(member: TeamMember, *, now: datetime) -> None:
    """They have until a later moment to answer."""
    _tell(LONGER, member, "You have longer to answer about a visit", "longer", now)


def tell_said_yes(member: TeamMember, *, now: datetime) -> None:
    """What they said yes to, to keep. Whoever is reached by phone has just heard or read it."""
    if addressee(member, in_haste=_is_near(member, now)).channel != Channel.PHONE:
        _tell(SAID_YES, member, "Thank you for saying yes to a visit", "said_yes", now)


def tell_said_no(member: TeamMember, *, now: datetime) -> None:
    """Thank whoever cannot come, by email: it takes the visit out of their calendar."""
    if addressee(member).channel == Channel.EMAIL:
        _tell(SAID_NO, member, "Thank you for telling us about the visit", "said_no", now)


def tell_on_team(member: TeamMember, *, by: User, now: datetime) -> None:
    """Tell a staff member that they lead a visit or come along, with the visit for their calendar.

    Nobody is told what they did themselves, and nobody is rung for it.
    """
    if _is_told(member, by):
        does = "lead" if member.role == TeamMember.Role.LEAD else "are on"
        subject = f"You {does} a visit with the quality team"
        _tell(ON_TEAM, member, subject, "on_team", now, does=does)


def tell_off_team(member: TeamMember, *, by: User, now: datetime) -> None:
    """Tell a staff member that they need not come; it takes the visit out of their calendar."""
    if _is_told(member, by):
        subject = "You are not on a visit with the quality team any more"
        _tell(OFF_TEAM, member, subject, "off_team", now)


def _is_told(member: TeamMember, by: User) -> bool:
    staff = member.staff
    is_own = staff is not None and staff.user_id == by.pk
    return not is_own and addressee(member).channel == Channel.EMAIL


def tell_team_of_drop_out(review: Review, *, now: datetime, is_staff: bool = False) -> None:
    """Tell the team's mailbox that somebody can no longer come: no name, service or place."""
    trust = trust_settings()
    link = settings.PUBLIC_URL.rstrip("/") + reverse("reviews:detail", args=[review.pk])
    queue(
        key=f"{DROPPED_OUT}:{review.pk}:{now:%Y%m%d%H%M%S%f}",
        kind=DROPPED_OUT,
        to=mailbox_of(trust),
        subject="Somebody can no longer come on a visit",
        body=letter(
            "reviews/messages/dropped_out.txt",
            {"day": review.visit_on, "link": link, "is_staff": is_staff},
            trust=trust,
        ),
        now=now,
        about_id=review.pk,
        too_late_at=_too_late(review, now),
    )


def tell_changed(member: TeamMember, *, now: datetime) -> None:
    """Times or arrangements of a visit have changed."""
    _tell(CHANGED, member, "Your visit with the quality team has changed", "changed", now)


def tell_postponed(
    member: TeamMember, *, moved_from: Any, now: datetime, could_not: bool = False
) -> None:
    """The visit has another day; LXRs are asked again. ``could_not``: come on the old day."""
    day = nhs_date(member.review.visit_on)
    subject = f"Your visit with the quality team is now on {day}"
    _tell(POSTPONED, member, subject, "postponed", now, moved_from=moved_from, could_not=could_not)


def tell_cancelled(member: TeamMember, *, now: datetime) -> None:
    """The visit has been called off."""
    subject = f"The visit on {nhs_day(member.review.visit_on)} has been called off"
    _tell(CANCELLED, member, subject, "cancelled", now)


def _tell(
    kind: str, member: TeamMember, subject: str, name: str, now: datetime, **extra: Any
) -> None:
    # A reserve has hours to answer; and no letter comes before a visit that is near.
    in_haste = kind == CALLED or _is_near(member, now)
    # The moment is in the key: a person asked again after a change is asked by a new message.
    queue(
        key=f"{kind}:{member.pk}:{now:%Y%m%d%H%M%S%f}",
        kind=kind,
        to=addressee(member, in_haste=in_haste),
        subject=subject,
        body=body_of(name, member, **extra),
        now=now,
        about_id=member.pk,
        too_late_at=_too_late(member.review, now),
    )


def _is_near(member: TeamMember, now: datetime) -> bool:
    return member.review.visit_on <= localdate(now) + BY_POST


def _too_late(review: Review, now: datetime) -> datetime | None:
    """News of a visit is of use until it begins."""
    begins = hold_of(review)[0]
    return begins if begins > now else None
