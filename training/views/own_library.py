"""Things to read: what an LXR is asked to read, and what else there is."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers import role_descriptions
from reviewers.how import How
from reviewers.models import Reviewer
from reviewers.queries import needed_first
from reviewers.views.files import as_attachment
from rules import RuleBroken
from training.forms.library import ReadForm
from training.operations.library import record_reading
from training.queries import library as queries
from training.views.finding import found


@dataclass(frozen=True)
class Shown:
    """One thing to read, as its card says it."""

    title: str
    about: str
    href: str
    note: str
    is_to_read: bool


@require_safe
@requires(Permission.OWN_PAGES)
def documents(request: SignedInRequest) -> HttpResponse:
    """What I am asked to read, the role description among it, then everything else."""
    me = _me(request)
    shown = [*_role(me), *map(_shown, queries.for_person(me))]
    context = {
        "to_read": [each for each in shown if each.is_to_read],
        "others": [each for each in shown if not each.is_to_read],
    }
    return render(request, "training/own_library.html", context)


def _role(me: Reviewer) -> list[Shown]:
    """The role description lies where it is signed."""
    newest = role_descriptions.newest()
    if newest is None:
        return []
    is_signed = role_descriptions.has_signed(me, newest.number)
    note = "You have signed this." if is_signed else "Please read it, then sign it."
    about = "What the role is, and what you can expect from us."
    href = reverse("own-reviewers:role-description")
    return [Shown("Role description", about, href, note, not is_signed)]


def _shown(own: queries.Own) -> Shown:
    note = "You have read this." if own.is_read else ""
    if own.is_to_read and own.last_read:
        note = f"You read version {own.last_read}. There is a new one."
    href = reverse("own-library:detail", args=[own.document.pk])
    return Shown(own.document.title, own.document.about, href, note, own.is_to_read)


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
    files = needed_first(me, own.newest.files.all())
    context = {"own": own, "files": files, "form": form}
    return render(request, "training/own_library_document.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file that I may read."""
    return as_attachment(found(queries.own_file(_me(request), pk)))


def _me(request: SignedInRequest) -> Reviewer:
    return found(queries.own_reader(request.user))
