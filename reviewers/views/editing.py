"""What both doors share: a part of what we know about a person, shown and saved."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import SignedInRequest
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviewers.parts import Part
from rules import RuleBroken


def edit_part(
    request: SignedInRequest, reviewer: Reviewer, part: Part, *, for_them: bool, back: str
) -> HttpResponse:
    """The part's form; saved by its one operation, then ``back``."""
    sent = request.POST if request.method == "POST" else None
    form = part.form(sent, reviewer=reviewer, for_them=for_them)
    if sent is not None and form.is_valid():
        try:
            part.save(form, request.user, timezone.now())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, part.done)
            return redirect(back)
    context: dict[str, Any] = {
        "form": form,
        "part": part,
        "person": reviewer,
        "for_them": for_them,
        "title": part.title_for_them if for_them else part.title,
        "back": back,
        "trust": trust_settings() if part.is_free_text and not for_them else None,
        "today": timezone.localdate(),
    }
    return render(request, "reviewers/form.html", context)
