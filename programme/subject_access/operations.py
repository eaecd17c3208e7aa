"""Asking for a copy of everything held on a person, making it, giving it, and erasing it here.

The person downloads it themselves, or the checks team posts it: it holds what stands on their
checks, so nobody else opens it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from audit.models import Event
from audit.operations import record
from jobs.operations import ask
from jobs.registry import Progress
from organisation.queries import trust_settings
from programme.models import SubjectRequest
from programme.subject_access import policies
from programme.subject_access.files import as_json, as_pdf
from programme.subject_access.gathering import everything_on
from reviewers.models import Reviewer
from reviewers.operations.recording import locked

MAKE = "a copy of everything held"
HOURS_KEPT = 24
State, Way = SubjectRequest.State, SubjectRequest.Way


@transaction.atomic
def ask_for_own(*, reviewer: Reviewer, by: User, now: datetime) -> SubjectRequest:
    """The person asks for their own copy. It is made at once; one that is there is made anew."""
    held = locked(reviewer)
    request = _open(held, Way.ONLINE)
    if request is None:
        request = SubjectRequest(
            reviewer=held, way=Way.ONLINE, asked_by=by, asked_at=now, state=State.MAKING
        )
        request.save()
        record("asked for their data", on=request, by=by, now=now, about=held.pk)
    elif is_being_made(request):
        return request
    return _make(request, by=by, now=now)


@transaction.atomic
def ask_to_post(*, reviewer: Reviewer, by: User, now: datetime) -> SubjectRequest:
    """Ask the checks team to post a copy. Asking again while one is open changes nothing."""
    held = locked(reviewer)
    request = _open(held, Way.POST)
    if request is None:
        request = SubjectRequest.objects.create(
            reviewer=held, way=Way.POST, asked_by=by, asked_at=now, state=State.WAITING
        )
        record("asked for their data", on=request, by=by, now=now, about=held.pk)
    return request


@transaction.atomic
def make_to_post(
    *, request: SubjectRequest, purpose: str, by: User, now: datetime
) -> SubjectRequest:
    """A checks officer has the copy made, and is recorded as looking. Raises RuleBroken."""
    held = _locked(request)
    policies.check_can_be_made(held)
    if is_being_made(held):
        return held
    _look("had a copy of their data made", held, purpose=purpose, by=by, now=now)
    return _make(held, by=by, now=now)


def fill(*, request: SubjectRequest, now: datetime, progress: Progress) -> None:
    """The work behind a copy: gather, write both files, keep them encrypted."""
    progress(10, "Finding everything")
    gathered = everything_on(request.reviewer)
    progress(60, "Writing the files")
    data, document = as_json(gathered, now=now), as_pdf(gathered, trust=trust_settings(), now=now)
    with transaction.atomic():
        held = _locked(request)
        if held.state != State.MAKING:  # erased, or given, meanwhile
            return
        held.data, held.document, held.made_at, held.state = data, document, now, State.READY
        held.save(update_fields=["data", "document", "made_at", "state"])
        record("made a copy of their data", on=held, by=None, now=now, about=held.reviewer_id)


@transaction.atomic
def download_own(*, request: SubjectRequest, name: str, by: User, now: datetime) -> bytes:
    """One of the person's own files, ``document`` or ``data``; recorded."""
    record("downloaded their data", on=request, by=by, now=now, about=request.reviewer_id)
    return bytes(getattr(request, name))


@transaction.atomic
def open_to_post(
    *, request: SubjectRequest, name: str, purpose: str, by: User, now: datetime
) -> bytes:
    """One of the files for a checks officer, whose look is recorded with its purpose."""
    _look("opened a copy of their data", request, purpose=purpose, by=by, now=now)
    return bytes(getattr(request, name))


@transaction.atomic
def record_posted(*, request: SubjectRequest, by: User, now: datetime) -> SubjectRequest:
    """It was posted; the files go. Raises RuleBroken while there is nothing to post."""
    held = _locked(request)
    if held.state == State.DONE:
        return held
    policies.check_can_be_posted(held)
    _erase_files(held)
    held.state, held.ended_at = State.DONE, now
    held.save()
    record("posted a copy of their data", on=held, by=by, now=now, about=held.reviewer_id)
    return held


def forget_copies(*, now: datetime) -> int:
    """Erase every copy made more than a day ago; how many. One still to be posted waits again."""
    count = 0
    old = SubjectRequest.objects.filter(
        state=State.READY, made_at__lt=now - timedelta(hours=HOURS_KEPT)
    )
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            held = SubjectRequest.objects.select_for_update(of=("self",)).filter(pk=pk).first()
            if held is None or held.state != State.READY:
                continue
            _erase_files(held)
            if held.way == Way.ONLINE:
                held.state, held.ended_at = State.DONE, now
            else:
                held.state = State.WAITING
            held.save()
            record("erased a copy of their data", on=held, by=None, now=now, about=held.reviewer_id)
            count += 1
    return count


def gather_by_command(*, reviewer: Reviewer, now: datetime) -> tuple[bytes, bytes]:
    """The PDF and the JSON for whoever looks after the server; recorded as a look."""
    gathered = everything_on(reviewer)
    document = as_pdf(gathered, trust=trust_settings(), now=now)
    with transaction.atomic():
        record(
            "copied their data by command",
            on=reviewer,
            by=None,
            now=now,
            about=reviewer.pk,
            why="subject access",
            kind=Event.Kind.LOOKED,
        )
    return document, as_json(gathered, now=now)


def _open(reviewer: Reviewer, way: SubjectRequest.Way) -> SubjectRequest | None:
    found = SubjectRequest.objects.filter(reviewer=reviewer, way=way, state__in=SubjectRequest.OPEN)
    return found.select_related("job").first()


def is_being_made(request: SubjectRequest) -> bool:
    """Whether a worker has it, or will take it: its job has not ended."""
    job = request.job
    return request.state == State.MAKING and job is not None and job.finished_at is None


def _make(request: SubjectRequest, *, by: User, now: datetime) -> SubjectRequest:
    _erase_files(request)
    request.state = State.MAKING
    request.job = ask(kind=MAKE, by=by, now=now, arguments={"request": request.pk})
    request.save()
    return request


def _erase_files(request: SubjectRequest) -> None:
    request.document = request.data = b""
    request.made_at = None


def _locked(request: SubjectRequest) -> SubjectRequest:
    rows = SubjectRequest.objects.select_for_update(of=("self",))
    return rows.select_related("reviewer", "job").get(pk=request.pk)


def _look(action: str, request: SubjectRequest, *, purpose: str, by: User, now: datetime) -> None:
    record(
        action,
        on=request,
        by=by,
        now=now,
        about=request.reviewer_id,
        why=purpose,
        kind=Event.Kind.LOOKED,
    )
