"""People who are interested: the public page where they say so, and what staff make of it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, public, requires
from accounts.permissions import Permission
from nhsuk.converters import can_be_id
from nhsuk.paging import Sort, paginate
from organisation.queries import trust_settings
from reviewers import operations, queries, recruitment_queries
from reviewers.filters import EnquiryFilter
from reviewers.forms import InterestedForm

OLDEST = (Sort("oldest", "Longest waiting first", "received_at"),)


# Public: people who are interested have no account. Not there unless the trust opened it.
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def interested(request: HttpRequest) -> HttpResponse:
    """What the role is, and a form. Whoever writes, known or not, gets the same thanks."""
    trust = trust_settings()
    if not trust.enquiries_open:
        raise Http404
    form = InterestedForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_machine:
            return redirect("interested-thanks")
        if ratelimit.consume(request, action="interested"):
            operations.receive_enquiry(
                name=form.cleaned_data["name"],
                contact=form.cleaned_data["contact"],
                needs=form.cleaned_data["needs"],
                token=form.once,
                now=timezone.now(),
            )
            return redirect("interested-thanks")
        status = 429
        form.add_error(
            None,
            "Many people have written to us from where you are. Please try again later,"
            f" or ring {trust.team_name} on {trust.telephone}.",
        )
    context = {"form": form, "trust": trust}
    return render(request, "reviewers/interested.html", context, status=status)


# Public: see interested.
@require_safe
@public
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    trust = trust_settings()
    if not trust.enquiries_open:
        raise Http404
    return render(request, "reviewers/interested_thanks.html", {"trust": trust})


@require_safe
@requires(Permission.EDIT_PEOPLE)
def enquiries(request: SignedInRequest) -> HttpResponse:
    """People who are interested, those who wait for us first."""
    narrowed = EnquiryFilter(request.GET, queryset=recruitment_queries.enquiries())
    page = paginate(narrowed.qs, params=request.GET, sorts=OLDEST, size=20)
    context = {
        "filterset": narrowed,
        "page": page,
        "is_narrowed": bool(request.GET.get("outcome")),
        "trust": trust_settings(),
    }
    return render(request, "reviewers/enquiries.html", context)


@require_POST
@requires(Permission.EDIT_PEOPLE)
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an enquiry; with ``person``, because we know them already."""
    enquiry = recruitment_queries.get_enquiry(pk)
    if enquiry is None:
        raise Http404
    chosen = request.POST.get("person", "")
    person = None
    if chosen:
        person = queries.get_person(request.user, int(chosen)) if can_be_id(chosen) else None
        if person is None:
            raise Http404
    operations.close_enquiry(enquiry=enquiry, reviewer=person, by=request.user, now=timezone.now())
    messages.success(request, "The enquiry is closed.")
    if person is not None:
        return redirect("reviewers:detail", person.pk)
    return redirect("reviewers:enquiries")
