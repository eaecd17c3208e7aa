"""The outbox: every message, one message, and failed ones sent again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.forms import Form
from nhsuk.paging import Sort, paginate
from notifications import by_hand, policies, queries
from notifications.forms import MessageFilter, try_again_form
from notifications.models import Message
from notifications.registry import label_of
from organisation.queries import trust_settings
from rules import RuleBroken, allows

SORTS = (Sort("newest", "Newest first", "queued_at", descending=True),)


@requires(Permission.SEND_MESSAGES)
@require_safe
def outbox(request: SignedInRequest) -> HttpResponse:
    """Every message, newest first."""
    filterset = MessageFilter(request.GET, queryset=queries.outbox())
    page = paginate(filterset.qs, params=request.GET, sorts=SORTS)
    return render(
        request,
        "notifications/outbox.html",
        {
            "filterset": filterset,
            "page": page,
            "rows": [(each, label_of(each.kind)) for each in page],
            "todo": queries.todo(timezone.now()),
            "trust": trust_settings(),
        },
    )


@requires(Permission.SEND_MESSAGES)
@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One message: to whom, how, what became of it, and its words."""
    message = get_object_or_404(queries.outbox(), pk=pk)
    can_try = allows(policies.check_can_try_again, message)
    form = try_again_form(message) if can_try else None
    return _detail(request, message, form)


@requires(Permission.SEND_MESSAGES)
@require_POST
def try_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a failed message again, to an address that may have been put right."""
    message = get_object_or_404(queries.outbox(), pk=pk)
    form = try_again_form(message, request.POST)
    if form.is_valid():
        try:
            by_hand.try_again(
                message=message,
                address=form.cleaned_data["address"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "The message will be sent again within a minute.")
        return redirect("notifications:detail", pk=pk)
    return _detail(request, message, form)


def _detail(request: SignedInRequest, message: Message, form: Form | None) -> HttpResponse:
    context = {
        "queued": message,
        "label": label_of(message.kind),
        "shows_words": policies.may_show_words(message),
        "form": form,
    }
    return render(request, "notifications/detail.html", context)
