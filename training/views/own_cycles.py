"""Changes that a Lived Experience Reviewer helps to lead, and their notes about them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from organisation.queries import trust_settings
from training.forms.cycles import NoteForm
from training.operations import cycles as operations
from training.queries import cycles as queries
from training.views.finding import found, tell


@require_safe
@requires(Permission.OWN_PAGES)
def cycles(request: SignedInRequest) -> HttpResponse:
    """The changes that I help to lead."""
    context = {"cycles": list(queries.own_cycles(request.user)[:50])}
    return render(request, "training/cycles_own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def cycle(request: SignedInRequest, pk: int) -> HttpResponse:
    """One change that I help to lead, and what I want to say about it."""
    cycle = found(queries.get_own_cycle(request.user, pk))
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = next(each for each in cycle.lxr_owners.all() if each.user_id == request.user.pk)
        words = form.cleaned_data["words"]
        tell(
            request,
            lambda: operations.add_note(
                cycle=cycle, reviewer=person, words=words, by=request.user, now=timezone.now()
            ),
            "Thank you. Your note is saved.",
        )
        return redirect("own-cycles:detail", pk)
    context = {
        "cycle": cycle,
        "version": next(iter(cycle.versions.all()), None),
        "form": form,
        "trust": trust_settings(),
    }
    return render(request, "training/cycles_own_one.html", context)
