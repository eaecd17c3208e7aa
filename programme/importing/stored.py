"""What the portal holds now, in the words of the import format, for the rows a file names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from checks.history import Standing, standings
from feedback.models import Answer, Remark
from organisation.models import Service, ServiceContact, StaffMember
from programme.importing import check_columns
from programme.importing.batch import Key, key_of
from programme.importing.known import Known
from programme.importing.sheets import (
    ATTENDANCE,
    FEEDBACK,
    REVIEWERS,
    REVIEWS,
    SERVICES,
    STAFF,
    TEAMS,
    TRAINING,
    Sheet,
)
from programme.importing.taking import Taking
from reviewers.models import Exclusion, Experience, Reviewer
from reviews.models import Review, TeamMember
from training.models import Place, Session

CHUNK = 900
PRISON_VARIANT = "Visits to a prison"


@dataclass
class Stored:
    """The rows of one sheet as the portal has them: values and ids by key.

    ``more``: the id of the row of another table that holds a part of them, where there is one.
    ``checks``: every check of each person, the latest last; the latest is among the values too.
    """

    values: dict[Key, dict[str, Any]] = field(default_factory=dict)
    ids: dict[Key, Any] = field(default_factory=dict)
    more: dict[Key, Any] = field(default_factory=dict)
    checks: dict[Key, list[Standing]] = field(default_factory=dict)

    def add(self, key: Key, pk: Any, values: dict[str, Any]) -> None:
        """One row; blanks are left out."""
        self.ids[key] = pk
        self.values[key] = {
            name: value for name, value in values.items() if value not in (None, "", ())
        }


def chunks(items: Iterable[int]) -> Iterator[list[int]]:
    """Ids in portions that a database takes in one query."""
    every = sorted(set(items))
    for start in range(0, len(every), CHUNK):
        yield every[start : start + CHUNK]


def load(sheet: Sheet, keys: Iterable[Key], known: Known, taking: Taking) -> Stored:
    """What is here of these rows."""
    return LOADERS[sheet.name](keys, known, taking)


def _found(keys: Iterable[Key], ids: dict[str, int]) -> list[int]:
    return [ids[key[0]] for key in keys if key[0] in ids]


def _services(keys: Iterable[Key], known: Known, taking: Taking) -> Stored:
    stored = Stored()
    for ids in chunks(_found(keys, known.services)):
        contacts: dict[int, tuple[str, str]] = {}
        for service_id, name, email in (
            ServiceContact.objects.filter(service_id__in=ids, is_active=True)
            .order_by("-pk")
            .values_list("service_id", "name", "email")
        ):
            contacts[service_id] = (name, email)
        for service in Service.objects.filter(pk__in=ids).select_related(
            "directorate", "site", "role_variant"
        ):
            name, email = contacts.get(service.pk, ("", ""))
            is_prison = service.role_variant.name == PRISON_VARIANT
            stored.add(
                key_of(service.name),
                service.pk,
                {
                    "Directorate": service.directorate.name,
                    "Service": service.name,
                    "Site": service.site.name,
                    "Setting": service.setting,
                    "Clearance": "prison" if is_prison else service.role_variant.level,
                    "Contact name": name,
                    "Contact email": email,
                },
            )
    return stored


def _staff(keys: Iterable[Key], known: Known, taking: Taking) -> Stored:
    stored = Stored()
    for ids in chunks(_found(keys, known.staff)):
        for person in StaffMember.objects.filter(pk__in=ids):
            stored.add(key_of(person.name), person.pk, {"Name": person.name, "Email": person.email})
    return stored


def _reviewers(keys: Iterable[Key], known: Known, taking: Taking) -> Stored:
    stored = Stored()
    for ids in chunks(_found(keys, known.reviewers)):
        checks = {} if taking is Taking.PROGRAMME else standings(ids)
        directorates, services = _names_by_reviewer(ids)
        for person in Reviewer.objects.filter(pk__in=ids):
            values = {
                "Reference": person.reference,
                "First name": person.first_name,
                "Last name": person.last_name,
                "Email": person.email,
                "Phone": person.phone,
                "Preferred contact": person.preferred_contact,
                "Joined on": person.joined_on,
                "Stage": person.stage,
                "Experience": person.experience,
                "Experience of": tuple(directorates[person.pk]),
                "Support needs": person.access_needs,
                "Not to visit": tuple(services[person.pk]),
                "Role description signed on": person.role_description_signed_on,
            }
            key = key_of(person.reference)
            if person.pk in checks:
                stored.checks[key] = checks[person.pk]
                values |= check_columns.values_of(checks[person.pk][-1])
            stored.add(key, person.pk, values)
    return stored


def _names_by_reviewer(ids: list[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    directorates: dict[int, list[str]] = defaultdict(list)
    for pk, name in Experience.objects.filter(reviewer_id__in=ids).values_list(
        "reviewer_id", "directorate__name"
    ):
        directorates[pk].append(name)
    services: dict[int, list[str]] = defaultdict(list)
    for pk, name in Exclusion.objects.filter(reviewer_id__in=ids).values_list(
        "reviewer_id", "service__name"
    ):
        services[pk].append(name)
    return directorates, services


def _training(keys: Iterable[Key], known: Known, taking: Taking) -> Stored:
    stored = Stored()
    for ids in chunks(_found(keys, known.sessions)):
        facilitators = _facilitators(ids)
        for session in Session.objects.filter(pk__in=ids).prefetch_related("co_facilitators"):
            stored.add(
                key_of(session.code),
                session.pk,
                {
                    "Code": session.code,
                    "Title": session.title,
                    "Held on": session.held_on,
                    "Kind": session.kind,
                    "Venue": session.venue,
                    "Capacity": session.capacity,
                    "Staff facilitator": facilitators.get(session.pk, ""),
                    "Co-facilitators": tuple(
                        each.reference for each in session.co_facilitators.all()
                    ),
                },
            )
    return stored


def _facilitators(ids: list[int]) -> dict[int, str]:
    """The staff facilitator of each session who was named first: the format has room for one."""
    rows = Session.staff_facilitators.through.objects.filter(session_id__in=ids)
    return dict(rows.order_by("-pk").values_list("session_id", "staffmember__name"))


def _attendance(keys: Iterable[Key], known: Known, taking: Taking) -> Stored:
    stored = Stored()
    for ids in chunks(_found(keys, known.sessions)):
        for pk, code, reference, outcome in Place.objects.filter(session_id__in=ids).values_list(
            "pk", "session__code", "reviewer__reference", "outcome"
        ):
            stored.add(
                key_of(code, reference),
                pk,
                {"Session": code, "Reviewer": reference, "Outcome": outcome},
            )
    return stored


def _reviews(keys: Iterable[Key], known: Known, taking: Taking) -> Stored:
    stored = Stored()
    for ids in chunks(_found(keys, known.reviews)):
        leads = dict(
            TeamMember.objects.filter(review_id__in=ids, role=TeamMember.Role.LEAD).values_list(
                "review_id", "staff__name"
            )
        )
        for review in Review.objects.filter(pk__in=ids).select_related("service"):
            unrecorded = review.gap_reason == Review.GapReason.NOT_RECORDED
            stored.add(
                key_of(review.reference),
                review.pk,
                {
                    "Reference": review.reference,
                    "Service": review.service.name,
                    "Visit on": review.visit_on,
                    "Status": review.status,
                    "Lead": leads.get(review.pk),
                    "Start": review.starts_at,
                    "End": review.ends_at,
                    "Meet at": review.meet_at,
                    "Ring on the day": review.ring_on_the_day,
                    "Gap reason": "" if unrecorded else review.gap_reason,
                },
            )
    return stored


def _teams(keys: Iterable[Key], known: Known, taking: Taking) -> Stored:
    stored = Stored()
    for ids in chunks(_found(keys, known.reviews)):
        for pk, review, reviewer, staff, role, response, attended in TeamMember.objects.filter(
            review_id__in=ids
        ).values_list(
            "pk",
            "review__reference",
            "reviewer__reference",
            "staff__name",
            "role",
            "response",
            "attended",
        ):
            member = reviewer or staff
            stored.add(
                key_of(review, member),
                pk,
                {
                    "Review": review,
                    "Member": member,
                    "Role": role,
                    "Response": response,
                    "Attended": attended,
                },
            )
    return stored


def _feedback(keys: Iterable[Key], known: Known, taking: Taking) -> Stored:
    """Answers by an LXR, and those of services and the quality team that were imported.

    Of several comments the first is the one that a file speaks of.
    """
    stored = Stored()
    for ids in chunks(_found(keys, known.reviews)):
        comments = _comments(ids)
        for answer in Answer.objects.filter(review_id__in=ids).select_related("review", "author"):
            if answer.author is None and answer.how != Answer.How.IMPORTED:
                continue
            author = answer.author.reference if answer.author else ""
            key = key_of(answer.review.reference, answer.audience, author)
            comment = comments.get(answer.pk)
            if comment is not None:
                stored.more[key] = comment.pk
            stored.add(
                key,
                answer.pk,
                {
                    "Review": answer.review.reference,
                    "From": answer.audience,
                    "Author": author,
                    "Impact": answer.impact,
                    "Supported in training": answer.support_in_training,
                    "Supported on the visit": answer.support_on_visit,
                    "Supported after the visit": answer.support_after_visit,
                    "Comment": comment.text if comment else "",
                    "May quote": answer.may_quote,
                    "Received on": answer.received_on,
                },
            )
    return stored


def _comments(reviews: list[int]) -> dict[UUID, Remark]:
    """The first comment of each answer to these reviews."""
    remarks = Remark.objects.filter(answer__review_id__in=reviews)
    return {each.answer_id: each for each in remarks.order_by("-question__position")}


LOADERS: dict[str, Callable[[Iterable[Key], Known, Taking], Stored]] = {
    SERVICES.name: _services,
    STAFF.name: _staff,
    REVIEWERS.name: _reviewers,
    TRAINING.name: _training,
    ATTENDANCE.name: _attendance,
    REVIEWS.name: _reviews,
    TEAMS.name: _teams,
    FEEDBACK.name: _feedback,
}
