"""Where a person stands with sites, and each site's form."""

from django.http import HttpResponse
from django.utils import timezone

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from checks import forms, operations, queries
from checks.sitting import asks_purpose
from checks.views.framing import form_page, opened, sent


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def clearance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record where a person stands with a site."""
    reviewer = opened(request, queries.get_person, pk)
    form = forms.ClearanceForm(sent(request), initial={"version": 0}, sites=queries.sites_asking())

    def save() -> None:
        operations.record_clearance(
            reviewer=reviewer, by=request.user, now=timezone.now(), **form.values
        )

    done = "The clearance is recorded."
    return form_page(request, reviewer, form, save, title="Record a site clearance", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def clearance_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change where a person stands with a site."""
    stands = opened(request, queries.get_clearance, pk)
    form = forms.ClearanceForm(
        sent(request), initial=forms.ClearanceForm.of(stands), sites=queries.sites_asking()
    )
    form.fields["site"].disabled = True

    def save() -> None:
        operations.record_clearance(
            reviewer=stands.reviewer, by=request.user, now=timezone.now(), **form.values
        )

    title, done = f"{stands.site}: where it stands", "The clearance is recorded."
    return form_page(request, stands.reviewer, form, save, title=title, done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def ticks(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick what is done of the site's form."""
    stands = opened(request, queries.get_clearance, pk)
    lines = list(stands.site.form_items.all())
    ticked = [str(each.item_id) for each in stands.ticks.all()]
    initial = {"version": stands.version, "items": ticked}
    form = forms.TicksForm(sent(request), initial=initial, lines=lines)

    def save() -> None:
        operations.tick_form_lines(
            clearance=stands,
            items=form.done,
            version=form.cleaned_data["version"],
            by=request.user,
            now=timezone.now(),
        )

    title, done = f"The form of {stands.site}", "The ticks are saved."
    return form_page(request, stands.reviewer, form, save, title=title, done=done)
