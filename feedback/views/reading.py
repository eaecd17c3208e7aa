"""Reading comments: which wait, one of them, and the themes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from feedback import operations, reading_queries
from feedback.filters import CountForm
from feedback.models import Remark, Theme
from feedback.reading_forms import ReadingForm, ThemeForm
from nhsuk import guard
from nhsuk.paging import Sort, paginate
from rules import RuleBroken

EARLIEST = (Sort("earliest", "Earliest first", "answer__received_on"),)
both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.MODERATE_FEEDBACK)
def comments(request: SignedInRequest) -> HttpResponse:
    """Comments that nobody has read yet."""
    page = paginate(reading_queries.to_read(), params=request.GET, sorts=EARLIEST, size=20)
    return render(request, "feedback/comments.html", {"page": page})


@both
@requires(Permission.MODERATE_FEEDBACK)
def comment(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One comment: what it is about, whether it may be quoted, who else should know."""
    remark = _comment(key)
    form = ReadingForm(
        request.POST if request.method == "POST" else None,
        remark=remark,
        themes=reading_queries.themes_offered(remark),
        suggested=reading_queries.suggested(remark),
    )
    if request.method == "POST" and form.is_valid():
        reading = operations.Reading(
            themes=list(form.cleaned_data.get("themes", ())),
            quote=form.quote,
            pass_to=form.passed_to,
        )
        try:
            operations.read_remark(
                remark=remark, reading=reading, by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error("words" if "words" in form.fields else None, str(broken))
        else:
            quoted = " Its words can be quoted." if form.quote else ""
            messages.success(request, f"Saved: you have read this comment.{quoted}")
            return redirect("feedback:comments")
    context = {"remark": remark, "form": form, "warning": guard.shown(guard.marks(remark.text))}
    return render(request, "feedback/comment.html", context)


@require_POST
@requires(Permission.MODERATE_FEEDBACK)
def withdraw_quote(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Stop using words as a quote."""
    operations.withdraw_quote(remark=_comment(key), by=request.user, now=timezone.now())
    messages.success(request, "The words are not used as a quote any more.")
    return redirect("feedback:quotes")


@require_safe
@requires(Permission.SEE_FEEDBACK)
def themes(request: SignedInRequest) -> HttpResponse:
    """What comments are about, in numbers."""
    form = CountForm(request.GET)
    rows = reading_queries.themes_with_counts(**form.chosen)
    context = {
        "form": form,
        "themes": rows,
        "is_chosen": bool(request.GET),
        "address": f"?{request.GET.urlencode()}" if request.GET else "",
        "may_moderate": request.user.may(Permission.MODERATE_FEEDBACK),
    }
    return render(request, "feedback/themes.html", context)


@both
@requires(Permission.MODERATE_FEEDBACK)
def theme_add(request: SignedInRequest) -> HttpResponse:
    """A new theme."""
    return _theme(request, Theme())


@both
@requires(Permission.MODERATE_FEEDBACK)
def theme(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a theme's name, or do not offer it any more."""
    found = reading_queries.get_theme(pk)
    if found is None:
        raise Http404
    return _theme(request, found)


def _theme(request: SignedInRequest, shown: Theme) -> HttpResponse:
    initial = {"name": shown.name, "is_retired": shown.is_retired}
    form = ThemeForm(request.POST if request.method == "POST" else None, initial=initial)
    if not shown.pk:
        del form.fields["is_retired"]
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_theme(
                theme=shown,
                name=form.cleaned_data["name"],
                is_retired=form.cleaned_data.get("is_retired", False),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error("name", str(broken))
        else:
            messages.success(request, "The theme is saved.")
            return redirect("feedback:themes")
    title = "Change this theme" if shown.pk else "Add a theme"
    return render(request, "feedback/theme.html", {"form": form, "title": title})


def _comment(key: UUID) -> Remark:
    remark = reading_queries.get_comment(key)
    if remark is None:
        raise Http404
    return remark
