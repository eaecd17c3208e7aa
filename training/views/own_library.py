"""Things to read: what an LXR is asked to read, and what else there is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers.how import How
from reviewers.models import AccessNeed, Reviewer
from rules import RuleBroken
from training.forms.library import ReadForm
from training.models import DocumentFile, DocumentVersion
from training.operations.library import record_reading
from training.queries import library as queries
from training.views.finding import found
from training.views.library import as_attachment

# The format that somebody is given first, by what they need.
FIRST: dict[str, str] = {
    AccessNeed.Kind.LARGE_PRINT: DocumentFile.Format.LARGE_PRINT,
    AccessNeed.Kind.EASY_READ: DocumentFile.Format.EASY_READ,
}


@require_safe
@requires(Permission.OWN_PAGES)
def documents(request: SignedInRequest) -> HttpResponse:
    """What I am asked to read, then everything else."""
    own = queries.for_person(_me(request))
    context = {
        "to_read": [each for each in own if each.is_to_read],
        "others": [each for each in own if not each.is_to_read],
    }
    return render(request, "training/own_library.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them: its formats, what changed, and a button that says I have read it."""
    me = _me(request)
    own = found(queries.own_document(me, pk))
    form = ReadForm(request.POST if request.method == "POST" else None, number=own.newest.number)
    if request.method == "POST" and form.is_valid():
        try:
            record_reading(
                version=form.version_of(own.document),
                reviewer=me,
                read_on=timezone.localdate(),
                how=How.ONLINE,
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            messages.success(request, f"Thank you. You have read “{own.document}”.")
            return redirect("own-library:list")
        return redirect("own-library:detail", pk)
    context = {"own": own, "files": _files(me, own.newest), "form": form}
    return render(request, "training/own_library_document.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file that I may read."""
    return as_attachment(found(queries.own_file(_me(request), pk)))


def _files(me: Reviewer, version: DocumentVersion) -> list[DocumentFile]:
    """In the formats the person needs first, then the others."""
    wanted = {FIRST[each.kind] for each in me.needs.all() if each.kind in FIRST}
    return sorted(version.files.all(), key=lambda each: each.format not in wanted)


def _me(request: SignedInRequest) -> Reviewer:
    return found(queries.own_reader(request.user))
