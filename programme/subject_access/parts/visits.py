"""Training, visits, what the person asked and answered about them, and messages to them."""

from django.db.models import Q, QuerySet

from feedback.models import Answer, Asking, Concern, ExtraRating, Remark
from notifications.models import Message
from programme.releasing.models import Keeping
from programme.subject_access.part import INNER_WORKING, SOMEBODY_ELSE, Part, left_out
from reviewers.models import Reviewer
from reviews.first_visits.models import FirstVisit
from reviews.models import Question, VisitRequest
from reviews.planner.models import KeptProposal
from training.models import Session

NOT_ABOUT_YOU = "Words about the training, not about the person."


def _questions(person: Reviewer) -> QuerySet[Question]:
    return Question.objects.filter(member__reviewer=person).select_related(
        "member__review__service"
    )


def _first_visits(person: Reviewer) -> QuerySet[FirstVisit]:
    return FirstVisit.objects.filter(reviewer=person)


def _kept(person: Reviewer) -> QuerySet[KeptProposal]:
    return KeptProposal.objects.filter(reviewer=person).select_related("review__service")


def _keepings(person: Reviewer) -> QuerySet[Keeping]:
    return Keeping.objects.filter(member__reviewer=person).select_related("member__review__service")


def _askings(person: Reviewer) -> QuerySet[Asking]:
    return Asking.objects.filter(reviewer=person).select_related("review__service")


def _answers(person: Reviewer) -> QuerySet[Answer]:
    return Answer.objects.filter(author=person).select_related("review__service")


def _remarks(person: Reviewer) -> QuerySet[Remark]:
    rows = Remark.objects.filter(answer__author=person)
    return rows.select_related("answer__review__service", "question")


def _extra_ratings(person: Reviewer) -> QuerySet[ExtraRating]:
    rows = ExtraRating.objects.filter(answer__author=person)
    return rows.select_related("answer__review__service", "question")


def _messages(person: Reviewer) -> QuerySet[Message]:
    to = Q(recipient_kind=Message.Recipient.REVIEWER, recipient_id=person.pk)
    if person.user_id is not None:
        to |= Q(recipient_kind=Message.Recipient.USER, recipient_id=person.user_id)
    return Message.objects.filter(to)


def _body(message: Message) -> str | None:
    return None if message.is_secret else message.body or None


def _led(person: Reviewer) -> QuerySet[Session]:
    return person.sessions_co_facilitated.filter(is_cancelled=False).select_related(
        "version__course"
    )


VISITS: tuple[Part, ...] = (
    Part(
        "training.place",
        "Your training",
        lambda person: person.places.select_related("session"),
        {
            "session.title": "Training",
            "session.held_on": "Day",
            "session.venue": "Where",
            "outcome": "What came of it",
            "booked_at": "Booked",
            "answer_by": "Answer by",
            "how": "How you told us",
            "walk_in_why": "Why you came without a place",
            "corrected_why": "Why what we wrote down was changed",
            "followed_up_on": "We got in touch after you did not come",
            "cancelled_at": "The place was given up",
        },
        left_out(kept_as=INNER_WORKING),
        free_text=frozenset({"session.venue", "walk_in_why", "corrected_why"}),
    ),
    Part(
        "training.session",
        "Training you helped to lead",
        _led,
        {"title": "Training", "held_on": "Day", "version": "What was taught"},
        left_out(
            code=INNER_WORKING,
            kind=INNER_WORKING,
            starts_at=INNER_WORKING,
            ends_at=INNER_WORKING,
            venue=INNER_WORKING,
            venue_access=INNER_WORKING,
            booking_opens_on=INNER_WORKING,
            counts_until=INNER_WORKING,
            is_cancelled=INNER_WORKING,
            cancelled_why=INNER_WORKING,
            capacity=INNER_WORKING,
            staff_facilitators=SOMEBODY_ELSE,
            co_facilitators=SOMEBODY_ELSE,
        ),
    ),
    Part(
        "training.reading",
        "What you have read",
        lambda person: person.readings.select_related("version__document"),
        {"version": "What", "read_on": "On", "how": "How you told us"},
        left_out(recorded_by=SOMEBODY_ELSE),
    ),
    Part(
        "training.cyclenote",
        "What you wrote about changes to training",
        lambda person: person.cycle_notes.select_related("cycle"),
        {"cycle.title": "The change", "words": "What you wrote", "written_at": "When"},
        left_out(),
        free_text=frozenset({"words"}),
    ),
    Part(
        "training.cycle",
        "Changes to training that you helped to try",
        lambda person: person.cycles.all(),
        {"title": "The change", "stage": "How far it is", "planned_on": "Planned"},
        left_out(
            about=INNER_WORKING,
            course=INNER_WORKING,
            staff_owners=SOMEBODY_ELSE,
            lxr_owners=SOMEBODY_ELSE,
            idea=NOT_ABOUT_YOU,
            prediction=NOT_ABOUT_YOU,
            measure=NOT_ABOUT_YOU,
            sessions=INNER_WORKING,
            what_happened=NOT_ABOUT_YOU,
            done_on=INNER_WORKING,
            learnt=NOT_ABOUT_YOU,
            summary=NOT_ABOUT_YOU,
            summary_agreed_on=INNER_WORKING,
            summary_agreed_by=INNER_WORKING,
            studied_on=INNER_WORKING,
            outcome=INNER_WORKING,
            decision=NOT_ABOUT_YOU,
            acted_on=INNER_WORKING,
        ),
    ),
    Part(
        "reviews.teammember",
        "Visits",
        lambda person: person.memberships.select_related("review__service"),
        {
            "review.reference": "Visit",
            "review.service": "Service",
            "review.visit_on": "Day",
            "review.status": "State of the visit",
            "role": "Your part",
            "response": "Your answer",
            "invited_at": "Asked",
            "asked_for": "Asked for the day",
            "answer_by": "You could answer until",
            "called_at": "Asked to come after all",
            "answered_at": "Answered",
            "answered_how": "How you answered",
            "why_not": "Why you could not come",
            "taken_back": "Why we did not need you",
            "attended": "You took part",
            "is_remote": "From a distance",
            "holds_from": "Time kept free, from",
            "holds_until": "Time kept free, until",
        },
        left_out(staff=SOMEBODY_ELSE),
    ),
    Part(
        "reviews.turn",
        "Visits we thought of asking you to",
        lambda person: person.turns.select_related("wave__review__service"),
        {
            "wave.review.service": "Visit to",
            "wave.review.visit_on": "On",
            "state": "How far it came",
        },
        left_out(place=INNER_WORKING),
    ),
    Part(
        "reviews.firstvisit",
        "Your first visit",
        _first_visits,
        {
            "wish": "How you would like to start",
            "not_before": "When we may ask you again",
            "said_at": "You told us",
            "said_how": "How you told us",
            "buddy_agreed_on": "You agreed who goes with you",
            "asked_at": "We asked you",
            "debriefed_on": "We talked after your first visit",
            "agreed": "What we agreed",
            "no_debrief_why": "Why we did not talk after your first visit",
        },
        left_out(buddy=SOMEBODY_ELSE, staff_buddy=SOMEBODY_ELSE),
        free_text=frozenset({"agreed", "no_debrief_why"}),
    ),
    Part(
        "reviews.keptproposal",
        "Visits you may be asked to",
        _kept,
        {"review.service": "Visit to", "review.visit_on": "On", "kept_at": "Noted"},
        left_out(kept_by=SOMEBODY_ELSE),
    ),
    Part(
        "programme.keeping",
        "Why you stayed on a visit",
        _keepings,
        {
            "member.review.service": "Visit to",
            "member.review.visit_on": "On",
            "note": "What we wrote down",
            "at": "Written",
        },
        left_out(seen=INNER_WORKING, by=SOMEBODY_ELSE),
        free_text=frozenset({"note"}),
    ),
    Part(
        "reviews.question",
        "Questions you asked",
        _questions,
        {
            "member.review.service": "About the visit to",
            "member.review.visit_on": "On",
            "words": "Your question",
            "asked_at": "Asked",
            "closed_at": "Answered",
        },
        left_out(closed_by=SOMEBODY_ELSE),
        free_text=frozenset({"words"}),
    ),
    Part(
        "reviews.visitrequest",
        "What you would like on a visit",
        lambda person: VisitRequest.objects.filter(member__reviewer=person).select_related(
            "member__review__service"
        ),
        {
            "member.review.service": "Visit to",
            "member.review.visit_on": "On",
            "kind": "You asked for",
            "asked_at": "Asked",
            "asked_how": "How you told us",
            "answer": "Our answer",
            "words": "What we said",
            "answered_at": "Answered",
        },
        left_out(answered_by=SOMEBODY_ELSE),
        free_text=frozenset({"words"}),
    ),
    Part(
        "feedback.asking",
        "When we asked what you think",
        _askings,
        {
            "review.service": "About the visit to",
            "review.visit_on": "On",
            "asked_at": "Asked",
            "reminded_at": "Reminded",
            "state": "What came of it",
        },
        left_out(
            audience=INNER_WORKING,
            contact=SOMEBODY_ELSE,
            staff=SOMEBODY_ELSE,
            nonce=INNER_WORKING,
            may_have_answered=INNER_WORKING,
        ),
    ),
    Part(
        "feedback.answer",
        "What you told us about visits",
        _answers,
        {
            "review.service": "About the visit to",
            "review.visit_on": "On",
            "support_in_training": "Support in training, of 10",
            "support_on_visit": "Support on the visit, of 10",
            "support_after_visit": "Support after the visit, of 10",
            "quote_as": "How we may quote you",
            "quote_changed_on": "You changed that on",
            "received_on": "Received on",
            "how": "How",
        },
        left_out(
            key=INNER_WORKING,
            form=INNER_WORKING,
            author="Says that the row is about this person.",
            audience=INNER_WORKING,
            impact="Rated by services and the quality team alone.",
            withdrawal_digest=INNER_WORKING,
        ),
    ),
    Part(
        "feedback.extrarating",
        "Further ratings you gave",
        _extra_ratings,
        {
            "answer.review.service": "About the visit to",
            "answer.review.visit_on": "On",
            "question": "Question",
            "value": "Your rating, of 10",
        },
        left_out(key=INNER_WORKING),
    ),
    Part(
        "feedback.remark",
        "What you said about visits in your own words",
        _remarks,
        {
            "answer.review.service": "About the visit to",
            "answer.review.visit_on": "On",
            "question": "Question",
            "text": "Your words",
            "approved_at": "Approved for use",
            "quote_words": "Those of your words that are used",
            "read_at": "Read by the quality team",
            "passed_to": "Passed on to",
            "passed_at": "Passed on",
        },
        left_out(
            key=INNER_WORKING,
            approved_by=SOMEBODY_ELSE,
            read_by=SOMEBODY_ELSE,
            themes="How the quality team sorts all comments.",
            passed_by=SOMEBODY_ELSE,
        ),
        free_text=frozenset({"text"}),
    ),
    Part(
        "feedback.concern",
        "When your feedback asked us to get in touch",
        lambda person: Concern.objects.filter(answer__author=person).select_related(
            "answer__review__service"
        ),
        {
            "answer.review.service": "About the visit to",
            "answer.review.visit_on": "On",
            "raised_at": "You told us",
            "is_low_rating": "You rated your support 4 or lower",
            "asks_for_help": "Your words may have asked for help",
            "in_touch_at": "Somebody got in touch",
        },
        left_out(in_touch_by=SOMEBODY_ELSE),
    ),
    Part(
        "notifications.message",
        "Messages to you",
        _messages,
        {
            "queued_at": "Written",
            "subject": "Subject",
            "body": "Words",
            "channel": "Way",
            "address": "Sent to",
            "state": "What became of it",
            "due_at": "To be sent",
            "sent_at": "Sent",
            "problem": "What went wrong",
            "note": "Note",
        },
        left_out(
            key=INNER_WORKING,
            kind=INNER_WORKING,
            about_id=INNER_WORKING,
            recipient_kind=INNER_WORKING,
            recipient_id=INNER_WORKING,
            recipient_name="Stands under “About you”.",
            is_secret=INNER_WORKING,
            is_urgent=INNER_WORKING,
            too_late_at=INNER_WORKING,
            claim=INNER_WORKING,
            lease_until=INNER_WORKING,
            attempts=INNER_WORKING,
            sent_by=SOMEBODY_ELSE,
        ),
        made={"body": _body},
        free_text=frozenset({"subject", "body", "problem", "note"}),
    ),
)
