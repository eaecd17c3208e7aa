"""What both doors share: the parts of what we know about a person, shown and saved.

The pages are named alike on both: ``own-reviewers:places`` is a person's own page,
``reviewers:places`` the one on which a coordinator records for them.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import SignedInRequest
from accounts.models import User
from notifications.at_contact import Needs
from organisation.queries import trust_settings
from reviewers.at_contact import needs_of_one
from reviewers.models import Reviewer
from reviewers.parts import HOME, Part
from rules import RuleBroken


@dataclass(frozen=True)
class Door:
    """Whose pages these are, and by which door somebody came to them."""

    reviewer: Reviewer
    for_them: bool

    def url(self, name: str, *args: int) -> str:
        """The address of a page on this door; HOME: the page that lists everything."""
        if self.for_them:
            return reverse(f"reviewers:{name or 'detail'}", args=[self.reviewer.pk, *args])
        return reverse(f"own-reviewers:{name or 'menu'}", args=args)

    @property
    def home(self) -> str:
        """Everything about the person."""
        return self.url(HOME)

    def needs(self, user: User) -> Needs | None:
        """What whoever records for the person does well to know; on one's own pages nothing."""
        return needs_of_one(self.reviewer.pk, user) if self.for_them else None


def edit_part(
    request: SignedInRequest,
    door: Door,
    part: Part,
    *,
    context: dict[str, Any] | None = None,
    **given: Any,
) -> HttpResponse:
    """The part's form (made with ``given``), saved by its one operation; then on."""
    sent = request.POST if request.method == "POST" else None
    form = part.form(sent, reviewer=door.reviewer, for_them=door.for_them, **given)
    back = door.url(part.back_of(for_them=door.for_them))
    if sent is not None and form.is_valid():
        try:
            part.save(form, request.user, timezone.now())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, part.done)
            return redirect(back if part.then is None else door.url(part.then))
    shown = {
        "form": form,
        "part": part,
        "person": door.reviewer,
        "for_them": door.for_them,
        "title": part.title_for_them if door.for_them else part.title,
        "back": back,
        "trust": trust_settings() if part.is_free_text and not door.for_them else None,
        "today": timezone.localdate(),
        "needs": door.needs(request.user),
    }
    return render(request, "reviewers/form.html", shown | (context or {}))
