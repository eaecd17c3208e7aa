"""Pages of partners: our key, theirs, the file that goes out and those that come in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from insights.partnership import operations, presenting, queries
from insights.partnership.forms import MonthsForm, PartnerForm, ReceiveForm
from insights.partnership.looking import CompareLook
from insights.partnership.models import Partner
from insights.partnership.own import own_content
from insights.partnership.signing import fingerprint
from insights.queries import months_to_choose
from nhsuk.paging import Sort, paginate
from rules import RuleBroken

BY_NAME = (Sort("name", "By name", "name"),)
CHANGES = ["GET", "HEAD", "POST"]


@require_safe
@requires(Permission.SEE_FIGURES)
def compare(request: SignedInRequest) -> HttpResponse:
    """This trust and its partners side by side, as funnel plots."""
    may_publish = request.user.may(Permission.PUBLISH_FIGURES)
    look = CompareLook(request.user, request.GET, timezone.localdate())
    if not look.spans:
        return render(request, "insights/partnership/none.html", {"may_publish": may_publish})
    form = look.compare_form
    context = {
        "form": form,
        "address": look.address,
        "span": form.span,
        "may_publish": may_publish,
        "coverage": look.coverage,
        "activation": look.activation,
        "setting": presenting.setting_in_words(form.chosen_setting),
        "counted_on": presenting.counted_on(look.own, look.found),
        "outdated": [partner for partner, content in look.found if content is None],
    }
    return render(request, "insights/partnership/compare.html", context)


@require_safe
@requires(Permission.PUBLISH_FIGURES)
def partners(request: SignedInRequest) -> HttpResponse:
    """Our key, and the trusts whose files we take."""
    key = queries.own_key()
    page = paginate(queries.partners(), params=request.GET, sorts=BY_NAME)
    context = {
        "key": key,
        "fingerprint": fingerprint(key.public_key) if key else "",
        "page": page,
        "rows": [(partner, fingerprint(partner.public_key)) for partner in page],
    }
    return render(request, "insights/partnership/partners.html", context)


@require_http_methods(CHANGES)
@requires(Permission.PUBLISH_FIGURES)
def key(request: SignedInRequest) -> HttpResponse:
    """Make the portal's key; or, after asking, another in its place."""
    held = queries.own_key()
    if request.method == "POST":
        if held is None:
            operations.make_key(by=request.user, now=timezone.now())
            messages.success(request, "The key is made. Send its public half to your partners.")
        else:
            replaced = request.POST.get("replaced", "")
            operations.replace_key(replaced=replaced, by=request.user, now=timezone.now())
            messages.success(request, "There is a new key. Send its public half to your partners.")
        return redirect("insights:partners")
    context = {"key": held, "fingerprint": fingerprint(held.public_key) if held else ""}
    return render(request, "insights/partnership/key.html", context)


@require_safe
@requires(Permission.PUBLISH_FIGURES)
def share(request: SignedInRequest) -> HttpResponse:
    """What would go into a file of these months."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = MonthsForm(request.GET, months=months_to_choose(today), today=today)
    rows: list[tuple[str, str]] = []
    if form.is_valid():
        months = form.cleaned_data
        content = own_content(months["since"], months["until"], today=today, now=now)
        rows = presenting.shared_rows(content)
    context = {"form": form, "rows": rows, "key": queries.own_key()}
    return render(request, "insights/partnership/share.html", context)


@require_safe
@requires(Permission.PUBLISH_FIGURES)
def share_file(request: SignedInRequest) -> HttpResponse:
    """The signed file."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = MonthsForm(request.GET, months=months_to_choose(today), today=today)
    if not form.is_valid():
        return redirect("insights:share")
    months = form.cleaned_data
    try:
        document = operations.share_figures(
            since=months["since"], until=months["until"], today=today, by=request.user, now=now
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("insights:partners")
    response = HttpResponse(document, content_type="application/json")
    name = f"lxr-figures-{months['since']:%Y-%m}-to-{months['until']:%Y-%m}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(CHANGES)
@requires(Permission.PUBLISH_FIGURES)
def receive(request: SignedInRequest) -> HttpResponse:
    """Take a partner's file in."""
    form = ReceiveForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            received = operations.receive(
                document=form.document(), by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error("file", str(broken))
        else:
            partner = received.figures.partner
            messages.success(
                request,
                f"The figures of {partner} are here."
                if received.is_new
                else f"You had this file of {partner} already. Nothing has changed.",
            )
            span = queries.Span(received.figures.since, received.figures.until)
            return redirect(f"{reverse('insights:compare')}?period={span.key}")
    return render(request, "insights/partnership/receive.html", {"form": form})


@require_http_methods(CHANGES)
@requires(Permission.PUBLISH_FIGURES)
def add(request: SignedInRequest) -> HttpResponse:
    """Add a partner."""
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            partner = operations.add_partner(
                **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{partner} is a partner. Check its fingerprint with them.")
            return redirect("insights:partners")
    return render(request, "insights/partnership/partner.html", {"form": form, "partner": None})


@require_http_methods(CHANGES)
@requires(Permission.PUBLISH_FIGURES)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another name or key for a partner."""
    partner = _partner(pk)
    there = {"name": partner.name, "public_key": partner.public_key}
    form = PartnerForm(request.POST if request.method == "POST" else None, initial=there)
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.change_partner(
                partner=partner, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{changed} is saved.")
            return redirect("insights:partners")
    return render(request, "insights/partnership/partner.html", {"form": form, "partner": partner})


@require_http_methods(CHANGES)
@requires(Permission.PUBLISH_FIGURES)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a partner and its figures, after asking."""
    partner = _partner(pk)
    if request.method == "POST":
        operations.remove_partner(partner=partner, by=request.user, now=timezone.now())
        messages.success(request, f"{partner} and its figures are removed.")
        return redirect("insights:partners")
    return render(request, "insights/partnership/remove.html", {"partner": partner})


def _partner(pk: int) -> Partner:
    partner = queries.get_partner(pk)
    if partner is None:
        raise Http404
    return partner
