"""Interviews: planned, and what came of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers import operations, queries, recruitment_queries
from reviewers.at_contact import needs_of_one
from reviewers.forms import InterviewForm
from rules import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def save(request: SignedInRequest, pk: int, interview: int | None = None) -> HttpResponse:
    """Plan an interview with this person, or say what came of it."""
    person = queries.get_person(request.user, pk)
    if person is None:
        raise Http404
    found = None
    if interview is not None:
        found = recruitment_queries.get_interview(person, interview)
        if found is None:
            raise Http404
    form = InterviewForm(request.POST if request.method == "POST" else None, interview=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_interview(
                reviewer=person,
                talk=form.talk,
                interview=found,
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The interview is saved.")
            return redirect("reviewers:detail", person.pk)
    context = {
        "form": form,
        "person": person,
        "is_new": found is None,
        "needs": needs_of_one(person.pk, request.user),
    }
    return render(request, "reviewers/interview.html", context)
