"""Writing a board report, and approving it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from feedback.attribution import cited
from feedback.filters import QuoteFilter
from feedback.reading_queries import quotes as library
from insights.queries import months_to_choose
from insights.reports import operations, policies, queries
from insights.reports.forms import QuoteForm, StartForm, WordsForm
from insights.reports.setting import as_page, content_of, digest_of
from insights.reports.views import find
from nhsuk.paging import Sort, paginate
from rules import RuleBroken

CHANGES = ["GET", "HEAD", "POST"]
LATEST = (
    Sort("latest", "Latest visit first", "answer__review__visit_on", descending=True),
    Sort("earliest", "Earliest visit first", "answer__review__visit_on"),
)


@require_http_methods(CHANGES)
@requires(Permission.WRITE_REPORTS)
def start(request: SignedInRequest) -> HttpResponse:
    """Start a report, and have its figures counted."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = StartForm(request.POST, months=months_to_choose(today), today=today)
    if request.method == "POST" and form.is_valid():
        months = form.cleaned_data
        report, is_new = operations.start_report(
            since=months["since"], until=months["until"], by=request.user, now=now
        )
        if not is_new:
            messages.success(request, "There is a draft for these months already. This is it.")
        return redirect("insights:report", report.pk)
    return render(request, "insights/reports/new.html", {"form": form})


@require_http_methods(CHANGES)
@requires(Permission.WRITE_REPORTS)
def words(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the report's own words."""
    report = find(request, pk)
    there = {name: getattr(report, name) for name in ("title", "headline", "done", "actions")}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=there)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in there}
        try:
            operations.write_report(report=report, words=given, by=request.user, now=timezone.now())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The words are saved.")
            return redirect("insights:report", pk)
    return render(request, "insights/reports/words.html", {"form": form, "report": report})


@require_http_methods(CHANGES)
@requires(Permission.WRITE_REPORTS)
def quotes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose quotes from the library."""
    report = find(request, pk)
    if request.method == "POST":
        return _choose(request, pk)
    chosen = queries.quotes_in(report)
    filterset = QuoteFilter(
        request.GET,
        queryset=library().prefetch_related(None).exclude(pk__in=[each.pk for each in chosen]),
    )
    page = paginate(filterset.qs, params=request.GET, sorts=LATEST, size=20)
    context = {
        "report": report,
        "chosen": [(each, cited(each)) for each in chosen],
        "filterset": filterset,
        "page": page,
        "others": [(each, cited(each)) for each in page],
    }
    return render(request, "insights/reports/quotes.html", context)


def _choose(request: SignedInRequest, pk: int) -> HttpResponse:
    form = QuoteForm(request.POST)
    quote = queries.get_quote(form.cleaned_data["key"]) if form.is_valid() else None
    if quote is None:
        messages.error(request, "These words may not be quoted any more.")
        return redirect("insights:report-quotes", pk)
    change = (
        operations.use_quote if form.cleaned_data["use"] == "yes" else operations.leave_out_quote
    )
    try:
        change(report=find(request, pk), quote=quote, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        done = "stands in" if form.cleaned_data["use"] == "yes" else "is left out of"
        messages.success(request, f"The quote {done} the report.")
    return redirect("insights:report-quotes", pk)


@require_POST
@requires(Permission.WRITE_REPORTS)
def count(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have its figures counted anew, and watch."""
    try:
        job = operations.ask_to_count(report=find(request, pk), by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("insights:report", pk)
    return _watch(request, pk, job.pk, job.asked_by_id)


@require_http_methods(CHANGES)
@requires(Permission.WRITE_REPORTS)
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after asking."""
    report = find(request, pk)
    if not report.is_draft:
        raise Http404
    if request.method == "POST":
        try:
            operations.discard_report(report=report, by=request.user, now=timezone.now())
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            messages.success(request, "The draft is gone.")
        return redirect("insights:reports")
    return render(request, "insights/reports/discard.html", {"report": report})


@require_http_methods(CHANGES)
@requires(Permission.APPROVE_REPORTS)
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read the draft once more, and approve exactly that."""
    report = find(request, pk)
    content = content_of(report)
    if content is None or policies.still_to_do(report, content):
        return redirect("insights:report", pk)  # which says what is still to do
    if request.method == "POST":
        try:
            job = operations.ask_to_approve(
                report=report,
                read=request.POST.get("read", ""),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            messages.error(request, str(broken))
            return redirect("insights:report", pk)
        return _watch(request, pk, job.pk, job.asked_by_id)
    article = as_page(queries.words_now(report), content)
    context = {"report": report, "article": article, "read": digest_of(article.encode())}
    return render(request, "insights/reports/approve.html", context)


def _watch(request: SignedInRequest, pk: int, job: int, asked_by: int | None) -> HttpResponse:
    """To the job, for whoever asked for it; else to the report, which says that it goes on."""
    if asked_by == request.user.pk:
        return redirect("jobs:detail", job)
    return redirect("insights:report", pk)
