"""What was asked for about the person's data, and what was done with them and when."""

from django.db.models import Q, QuerySet

from audit.models import Event
from programme.enquiries.queries import of_person
from programme.models import Erasure, LegalHold, SubjectRequest
from programme.subject_access.part import INNER_WORKING, ITS_NUMBER, SOMEBODY_ELSE, Part, left_out
from reviewers.models import Enquiry, Reviewer

# A step on the way to a decision would tell it before an officer does; a hold may serve a claim.
CHECKS = "checks."
NOT_TOLD = ("programme.legalhold",)


def _requests(person: Reviewer) -> QuerySet[SubjectRequest]:
    return SubjectRequest.objects.filter(reviewer=person).defer("document", "data")


def _erasures(person: Reviewer) -> QuerySet[Erasure]:
    return Erasure.objects.filter(reviewer=person)


def _holds(person: Reviewer) -> QuerySet[LegalHold]:
    return LegalHold.objects.filter(reviewer=person, lifted_at__isnull=False)


def _events(person: Reviewer) -> QuerySet[Event]:
    theirs = Q(person_id=person.pk)
    sent = [str(enquiry.pk) for enquiry in of_person(person)]
    theirs |= Q(object_type=Enquiry._meta.label_lower, object_id__in=sent)
    if person.user_id is not None:
        theirs |= Q(actor_id=person.user_id)
        theirs |= Q(object_type="accounts.user", object_id=str(person.user_id))
    return Event.objects.filter(theirs).exclude(object_type__in=NOT_TOLD)


def _action(event: Event) -> str:
    if event.kind == Event.Kind.LOOKED:
        return "Somebody looked at your checks"
    if event.object_type.startswith(CHECKS):
        return "The checks team worked on your checks"
    return event.action[:1].upper() + event.action[1:]


REQUESTS: tuple[Part, ...] = (
    Part(
        "programme.subjectrequest",
        "Copies of your data",
        _requests,
        {"asked_at": "Asked for", "way": "How you get it", "state": "State", "ended_at": "Given"},
        left_out(
            asked_by=SOMEBODY_ELSE,
            job=INNER_WORKING,
            document="Is such a copy.",
            data="Is such a copy.",
            made_at=INNER_WORKING,
        ),
    ),
    Part(
        "programme.erasure",
        "Erasing your data",
        _erasures,
        {"asked_at": "Asked for", "reason": "Why", "state": "State", "ended_at": "Ended"},
        left_out(asked_by=SOMEBODY_ELSE, ended_by=SOMEBODY_ELSE, enquiry=ITS_NUMBER),
    ),
    Part(
        "programme.legalhold",
        "Times when your data had to be kept",
        _holds,
        {"placed_at": "From", "lifted_at": "Until"},
        left_out(
            reason="Is advice on a claim, or about somebody else.",
            placed_by=SOMEBODY_ELSE,
            lifted_by=SOMEBODY_ELSE,
        ),
    ),
    Part(
        "audit.event",
        "What was done with your data",
        _events,
        {"at": "When", "action": "What", "why": "Why, or how we were told"},
        left_out(
            kind=INNER_WORKING,
            actor_id=SOMEBODY_ELSE,
            object_type=INNER_WORKING,
            object_id=ITS_NUMBER,
            person_id="Says that the row is about this person.",
            fields="Names of columns of the portal.",
        ),
        made={"action": _action},
    ),
)
