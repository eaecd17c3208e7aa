"""Reads about feedback: who is still to be asked, who has not answered, what was answered."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from accounts import links
from accounts.models import SecretLink, User
from feedback.kinds import PURPOSE, REMINDER, REQUEST
from feedback.models import Answer, Asking, Audience, ExtraRating, QuoteAs, Remark
from nhsuk.converters import can_be_id
from notifications.models import Message
from organisation.models import ServiceContact, StaffMember, TrustSettings
from reviewers.models import Reviewer, Stage
from reviews.models import Review, TeamMember

REMIND_AFTER = timedelta(days=7)
ASKED_AT_A_TIME = 100
# While a person takes a break nothing is asked of them; who has left is asked nothing any more.
NOT_NOW = (Stage.PAUSED, Stage.LEFT)


def still_to_ask(
    now: datetime, trust: TrustSettings
) -> Iterator[tuple[Review, Audience, ServiceContact | Reviewer | StaffMember]]:
    """Whom to ask about covered visits: the service, each LXR who came, and the lead.

    Only visits since sending was switched on, and no longer ago than a link lasts. A service
    without an address is asked once it has one.
    """
    if trust.sending_on_since is None or trust.sending_on_since > now:
        return
    since = max(
        localdate(trust.sending_on_since),
        localdate(now) - timedelta(days=trust.feedback_link_days),
    )
    visited = Review.objects.covered().filter(visit_on__gte=since, visit_on__lte=localdate(now))
    yield from _services(visited)
    yield from _members(visited, Audience.LXR)
    yield from _members(visited, Audience.QUALITY)


def _services(
    visited: QuerySet[Review],
) -> Iterator[tuple[Review, Audience, ServiceContact]]:
    asked = Asking.objects.filter(review=OuterRef("pk"), audience=Audience.TEAM)
    answered = Answer.objects.filter(review=OuterRef("pk"), audience=Audience.TEAM)
    reachable = ServiceContact.objects.filter(is_active=True).exclude(email="").order_by("pk")
    at_service = reachable.filter(service=OuterRef("service"))
    reviews = (
        visited.filter(~Exists(asked), ~Exists(answered), Exists(at_service))
        .select_related("service")
        .prefetch_related(Prefetch("service__contacts", reachable, to_attr="reachable"))
        .order_by("visit_on", "pk")
    )
    for review in reviews[:ASKED_AT_A_TIME]:
        first, *_ = review.service.reachable  # type: ignore[attr-defined]  # prefetched
        yield review, Audience.TEAM, first


def _members(
    visited: QuerySet[Review], audience: Audience
) -> Iterator[tuple[Review, Audience, Reviewer | StaffMember]]:
    is_lxr = audience == Audience.LXR
    person = "reviewer" if is_lxr else "staff"
    asked = Asking.objects.filter(review=OuterRef("review"), **{person: OuterRef(person)})
    answered = Answer.objects.filter(review=OuterRef("review"), audience=audience)
    if is_lxr:
        answered = answered.filter(author=OuterRef("reviewer"))
    members = (
        TeamMember.objects.filter(review__in=visited)
        .filter(~Exists(asked), ~Exists(answered))
        .filter(**({"role": "lxr", "attended": True} if is_lxr else {"role": "lead"}))
        .exclude(reviewer__stage__in=NOT_NOW)
        .select_related("review__service", person)
        .order_by("pk")
    )
    for member in members[:ASKED_AT_A_TIME]:
        yield member.review, audience, member.reviewer or member.staff  # type: ignore[misc]


def due_for_reminder(now: datetime) -> QuerySet[Asking]:
    """Asked seven days ago or longer, not answered, not reminded, and not taking a break."""
    asked = Asking.objects.filter(
        state=Asking.State.OPEN,
        reminded_at__isnull=True,
        asked_at__lte=now - REMIND_AFTER,
    )
    return asked.exclude(reviewer__stage__in=NOT_NOW).order_by("asked_at", "pk")[:ASKED_AT_A_TIME]


def waiting() -> QuerySet[Asking]:
    """Askings without an answer, longest waiting first, each with what ``_alike`` counts."""
    return _alike(Asking.objects.filter(state=Asking.State.OPEN))


def asked_about(review: Review) -> QuerySet[Asking]:
    """Everybody who was asked about a visit, with what became of it."""
    return _alike(Asking.objects.filter(review=review)).order_by("audience", "asked_at", "pk")


def _alike(rows: QuerySet[Asking]) -> QuerySet[Asking]:
    """With ``asked`` and ``received``: how many of the same service or team were asked with a
    link and how many answers came; and ``unsettled``, of how many nobody knows who gave them.
    """
    same = {"review": OuterRef("review"), "audience": OuterRef("audience")}
    asked = Asking.objects.with_a_place().filter(**same)
    received = Answer.objects.filter(**same).exclude(how=Answer.How.IMPORTED)
    settled = Asking.objects.filter(**same, state=Asking.State.ANSWERED)
    return rows.select_related("review__service", "contact", "reviewer", "staff").annotate(
        asked=_count(asked),
        received=_count(received),
        unsettled=F("received") - _count(settled),
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("review").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def contacts_not_asked(review: Review) -> QuerySet[ServiceContact]:
    """People of the service who could be asked about a visit and were not yet."""
    asked = Asking.objects.filter(review=review, contact=OuterRef("pk"))
    active = ServiceContact.objects.filter(service=review.service_id, is_active=True)
    return active.filter(~Exists(asked)).order_by("name", "pk")


def received_on(review: Review) -> int:
    """How many answers there are about a visit, from whomever."""
    return Answer.objects.filter(review=review).count()


def answers() -> QuerySet[Answer]:
    """Every answer with its review's service, its comments and its further ratings."""
    remarks = Remark.objects.select_related("question").order_by("question__position")
    ratings = ExtraRating.objects.select_related("question").order_by("question__position")
    return Answer.objects.select_related("review__service", "author").prefetch_related(
        Prefetch("remarks", remarks), Prefetch("extra_ratings", ratings)
    )


def get_asking(pk: int) -> Asking | None:
    """The asking with whom and what it is about."""
    return (
        Asking.objects.select_related("review__service", "contact", "reviewer", "staff")
        .filter(pk=pk)
        .first()
    )


def is_alone(asking: Asking, *, now: datetime) -> bool:
    """Whether an answer could be nobody's but this person's: no other has a link that reached them.

    The pages say whose message could not be sent, and who has no address to send one to.
    """
    by_link = SecretLink.objects.filter(
        purpose=PURPOSE, object_id=OuterRef("pk"), revoked_at__isnull=True, expires_at__gt=now
    )
    person, kind = ("contact", "contact") if asking.contact_id else ("staff", "staff")
    failed = Message.objects.filter(
        recipient_kind=kind,
        recipient_id=OuterRef(person),
        about_id=OuterRef("pk"),
        kind__in=[REQUEST, REMINDER],
        state=Message.State.FAILED,
    )
    others = Asking.objects.filter(
        Exists(by_link),
        ~Exists(failed),
        review=asking.review_id,
        audience=asking.audience,
        state=Asking.State.OPEN,
    )
    return not others.exclude(**{f"{person}__email": ""}).exclude(pk=asking.pk).exists()


def get_answer(key: UUID) -> Answer | None:
    """The answer with this key."""
    return Answer.objects.select_related("review__service").filter(key=key).first()


def get_remark(key: UUID) -> Remark | None:
    """The comment with this key, with its answer."""
    return Remark.objects.select_related("answer__review__service").filter(key=key).first()


def answer_of(withdrawal: str) -> Answer | None:
    """The answer whose author has this withdrawal secret."""
    rows = Answer.objects.select_related("review__service")
    return rows.filter(withdrawal_digest=links.digest_of(withdrawal)).first()


def own_answers(user: User) -> QuerySet[Answer]:
    """What the person who is signed in has answered, newest first."""
    return (
        Answer.objects.filter(author__user=user)
        .select_related("review__service")
        .order_by("-received_on", "-key")
    )


def own_askings(user: User) -> QuerySet[Asking]:
    """What the person who is signed in was asked and has not answered, newest first."""
    return _own(user).filter(state=Asking.State.OPEN).order_by("-asked_at", "-pk")


def own_asking(user: User, pk: int) -> Asking | None:
    """One of the things the person who is signed in was asked."""
    return _own(user).filter(pk=pk).first()


def _own(user: User) -> QuerySet[Asking]:
    rows = Asking.objects.filter(reviewer__user=user)
    return rows.select_related("review__service", "reviewer")


def visits_without_feedback(*, now: datetime) -> QuerySet[Review]:
    """Covered visits of the last 90 days without any answer from the service, oldest first."""
    since = localdate(now) - timedelta(days=90)
    # Looked up once, not once a visit: an index holds the lately answered ones.
    answered = Answer.objects.filter(audience=Audience.TEAM, received_on__gte=since)
    return (
        Review.objects.covered()
        .filter(visit_on__gte=since)
        .exclude(pk__in=answered.order_by().values("review"))
        .select_related("service")
        .order_by("visit_on", "pk")
    )


def visits_not_asked(*, now: datetime) -> QuerySet[Review]:
    """Those of ``visits_without_feedback`` whose service nobody asked: the tick could not.

    Because the visit was before sending was switched on, or there is no address. Each row says
    whether there ``is_a_contact`` to ask.
    """
    asked = Asking.objects.filter(review=OuterRef("pk"), audience=Audience.TEAM)
    contacts = ServiceContact.objects.filter(service=OuterRef("service"), is_active=True)
    rows = visits_without_feedback(now=now).filter(~Exists(asked))
    return rows.annotate(is_a_contact=Exists(contacts))[:ASKED_AT_A_TIME]


def get_covered_visit(pk: int) -> Review | None:
    """A visit at which an LXR was, with its service."""
    return Review.objects.covered().select_related("service").filter(pk=pk).first()


def is_covered(review: Review) -> bool:
    """Whether there is something to ask about: an LXR was at the visit."""
    return Review.objects.covered().filter(pk=review.pk).exists()


def contact_to_ask(review: Review, pk: str = "") -> ServiceContact | None:
    """The contact with that id who was not asked yet; without one the service's first who has an
    address, else one to ring, asked or not: pressed twice, nobody else is asked.
    """
    if pk:
        return contacts_not_asked(review).filter(pk=int(pk)).first() if can_be_id(pk) else None
    active = ServiceContact.objects.filter(service=review.service_id, is_active=True)
    return active.order_by(Case(When(email="", then=1), default=0), "pk").first()


def allowed(rows: QuerySet[Remark]) -> QuerySet[Remark]:
    """Comments that their author allowed us to quote, in whichever way."""
    return rows.exclude(answer__quote_as=QuoteAs.NO)


def quotes() -> QuerySet[Remark]:
    """Comments that may be used: the author allows it, and a person has approved them."""
    approved = Remark.objects.filter(approved_at__isnull=False)
    return allowed(approved).select_related("answer__review__service")


def with_words(rows: QuerySet[Answer], *, approved: bool) -> QuerySet[Answer]:
    """Answers with words that may be quoted and are approved, or wait to be read."""
    remarks = allowed(Remark.objects.filter(answer=OuterRef("pk")))
    return rows.filter(Exists(remarks.filter(approved_at__isnull=not approved)))
