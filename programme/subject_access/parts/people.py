"""What the person told us about themselves, and their way through the programme."""

from typing import Any

from programme.enquiries.queries import of_person
from programme.subject_access.part import INNER_WORKING, SOMEBODY_ELSE, Part, left_out
from reviewers.models import Reviewer

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _weekdays(person: Reviewer) -> list[str]:
    return [day for bit, day in enumerate(DAYS) if person.available_weekdays >> bit & 1]


def _knows(person: Reviewer) -> list[str]:
    return [str(each) for each in person.experience_of.order_by("name")]


def _themselves(person: Reviewer) -> list[Any]:
    return [person]


PEOPLE: tuple[Part, ...] = (
    Part(
        "reviewers.reviewer",
        "About you",
        _themselves,
        {
            "reference": "Your reference",
            "first_name": "First name",
            "last_name": "Last name",
            "email": "Email",
            "phone": "Phone",
            "address": "Address",
            "preferred_contact": "Best way to reach you",
            "emergency_name": "Whom to ring in an emergency",
            "emergency_phone": "Their phone",
            "source": "How you came to us",
            "joined_on": "Joined on",
            "stage": "Stage",
            "stage_since": "At this stage since",
            "paused_until": "On a pause until",
            "experience": "Your experience",
            "experience_of": "Services you know",
            "access_needs": "What you need, in words",
            "role_description_signed_on": "Role description signed on",
            "signed_version": "Version you signed",
            "available_weekdays": "Days you can come",
            "visits_a_month": "Visits a month, at most",
            "first_visit_anywhere": "A first visit can be anywhere",
        },
        left_out(user="Stands under “Your account”."),
        made={"available_weekdays": _weekdays, "experience_of": _knows},
        free_text=frozenset({"access_needs"}),
    ),
    Part(
        "reviewers.accessneed",
        "What you need",
        lambda person: person.needs.all(),
        {"kind": "Need", "is_shared": "Shared with who leads your visits"},
        left_out(),
    ),
    Part(
        "reviewers.experience",
        "Services you know",
        lambda person: person.experiences.select_related("directorate"),
        {
            "directorate": "Kind of service",
            "kind": "As",
            "consented_at": "You agreed that we keep this",
            "consent_how": "How you told us",
        },
        left_out(),
    ),
    Part(
        "reviewers.exclusion",
        "Places you would rather not go",
        lambda person: person.exclusions.select_related("service"),
        {"service": "Service"},
        left_out(),
    ),
    Part(
        "reviewers.timeaway",
        "Days away",
        lambda person: person.times_away.all(),
        {"starts_on": "First day", "ends_on": "Last day"},
        left_out(),
    ),
    Part(
        "reviewers.enquiry",
        "When you first asked about the role",
        of_person,
        {
            "name": "Name you gave",
            "contact": "How to reach you",
            "needs": "What would help us meet your needs",
            "received_at": "Received",
            "outcome": "What came of it",
            "closed_at": "Closed",
        },
        left_out(token=INNER_WORKING, closed_by=SOMEBODY_ELSE),
        free_text=frozenset({"needs"}),
    ),
    Part(
        "reviewers.interview",
        "Talks about the role",
        lambda person: person.interviews.all(),
        {
            "held_on": "Day",
            "starts_at": "Time",
            "place": "Where",
            "outcome": "What came of it",
            "recorded_at": "Recorded",
        },
        left_out(interviewers=SOMEBODY_ELSE, recorded_by=SOMEBODY_ELSE),
        free_text=frozenset({"place"}),
    ),
    Part(
        "reviewers.rolesignature",
        "Role descriptions you signed",
        lambda person: person.role_signatures.all(),
        {"version": "Version", "signed_on": "Signed on", "how": "How"},
        left_out(recorded_by=SOMEBODY_ELSE),
    ),
    Part(
        "reviewers.stagechange",
        "Your way through the programme",
        lambda person: person.stage_changes.all(),
        {
            "from_stage": "From",
            "to_stage": "To",
            "at": "When",
            "note": "Note",
            "leaving_reason": "Why you left",
        },
        left_out(by=SOMEBODY_ELSE),
        free_text=frozenset({"note"}),
    ),
)
