"""What this floor tells in a person's story: stages, interviews, signatures, messages."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from nhsuk.words import nhs_time
from notifications.models import Channel, Message
from notifications.registry import confined
from reviewers.models import Interview, Reviewer, Stage, StageChange
from reviewers.recruitment_queries import interviews_of
from reviewers.story import COMING, Before, Entry, Source, register, start_of

_SENT_BY = {
    Channel.EMAIL: "Email:",
    Channel.TEXT: "Text message:",
    Channel.PHONE: "Phone call:",
    Channel.POST: "Letter:",
}


def _joined(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    moment = start_of(reviewer.joined_on)
    if not before.allows(moment, reviewer.pk):
        return []
    return [Entry(moment, reviewer.pk, "Joined the programme.")]


def _stages(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    changes = (
        reviewer.stage_changes.select_related("by")
        .filter(before.moments("at"))
        .only("reviewer", "from_stage", "to_stage", "at", "note", "by__name", "by__email")
    )
    may_read = user.may(Permission.EDIT_PEOPLE)
    return [
        Entry(
            each.at,
            each.pk,
            _of_stage(each) + (f", recorded by {each.by}." if each.by else "."),
            note=each.note if may_read else "",
        )
        for each in changes.order_by("-at", "-pk")[:limit]
    ]


def _of_stage(change: StageChange) -> str:
    if change.to_stage == Stage.PAUSED:
        return "Started a break"
    if change.to_stage == Stage.LEFT:
        return "Left the programme"
    stage = change.get_to_stage_display().lower()
    if change.from_stage == Stage.PAUSED:
        return f"Came back from a break, to the stage {stage}"
    return f"Stage: {stage}"


def _interviews(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    return [
        Entry(
            start_of(each.held_on),
            each.pk,
            f"Interview with {each.interviewers}. "
            + (
                "Still to record."
                if each.outcome == Interview.Outcome.PLANNED
                else f"{each.get_outcome_display()}."
            ),
        )
        for each in interviews_of(reviewer)
        if before.allows(start_of(each.held_on), each.pk)
    ][:limit]


def _coming_interviews(reviewer: Reviewer, user: User, now: datetime) -> list[Entry]:
    today = localdate(now)
    coming = [
        each
        for each in reversed(interviews_of(reviewer))
        if each.outcome == Interview.Outcome.PLANNED and each.held_on >= today
    ]
    return [
        Entry(
            start_of(each.held_on),
            each.pk,
            f"Interview with {each.interviewers}"
            + (f" at {nhs_time(each.starts_at)}" if each.starts_at else "")
            + (f", {each.place}" if each.place else "")
            + ".",
        )
        for each in coming[:COMING]
    ]


def _signatures(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    """Each version signed; a signature on paper that came without a row of its own as well."""
    rows = list(reviewer.role_signatures.all())
    found = [
        Entry(
            start_of(each.signed_on),
            each.pk,
            f"Signed version {each.version} of the role description.",
        )
        for each in rows
    ]
    signed_on = reviewer.role_description_signed_on
    if signed_on and all(each.version != reviewer.signed_version for each in rows):
        found.append(Entry(start_of(signed_on), 0, "Signed the role description."))
    found.sort(key=lambda entry: (entry.moment, entry.pk), reverse=True)
    return [entry for entry in found if before.allows(entry.moment, entry.pk)][:limit]


def _messages(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    """Messages that were sent. What is secret or confined, for the person alone, is not told."""
    sent = (
        Message.objects.exclude(kind__in=confined())
        .filter(
            before.moments("sent_at"),
            recipient_kind=Message.Recipient.REVIEWER,
            recipient_id=reviewer.pk,
            state=Message.State.SENT,
            is_secret=False,
        )
        .order_by("-sent_at", "-pk")
        .values_list("sent_at", "pk", "channel", "subject")
    )
    return [
        Entry(
            sent_at,
            pk,
            _SENT_BY[Channel(channel)],
            link=subject or "a message",
            href=reverse("notifications:detail", args=[pk]),
        )
        for sent_at, pk, channel, subject in sent[:limit]
        if sent_at is not None
    ]


register(Source("joined", Permission.SEE_PEOPLE, _joined))
register(Source("stage", Permission.SEE_PEOPLE, _stages))
register(Source("interview", Permission.EDIT_PEOPLE, _interviews, _coming_interviews))
register(Source("signature", Permission.EDIT_PEOPLE, _signatures))
register(Source("message", Permission.SEND_MESSAGES, _messages))
