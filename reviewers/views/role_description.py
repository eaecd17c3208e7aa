"""The role description: its versions for everyone, publishing for staff, signing for LXRs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers import operations, queries, role_descriptions
from reviewers.at_contact import needs_of_one
from reviewers.forms import SignatureForm, SignForm, VersionForm
from reviewers.forms.files import FormatForm
from reviewers.how import How
from reviewers.models import KeptFile, Reviewer, RoleDescription, RoleDescriptionFile
from reviewers.views.files import as_attachment
from rules import RuleBroken


@require_safe
@requires(Permission.EDIT_PEOPLE)
def versions(request: SignedInRequest) -> HttpResponse:
    """The newest version in full, and every older one to open."""
    found = list(role_descriptions.versions())
    newest = found[0] if found else None
    files = list(newest.files.all()) if newest else []
    every = {*KeptFile.Format.values} - {KeptFile.Format.STANDARD}
    context = {
        "version": newest,
        "files": files,
        "has_every_format": {each.format for each in files} == every,
        "older": found[1:],
    }
    return render(request, "reviewers/versions.html", context)


@require_safe
@requires(Permission.EDIT_PEOPLE)
def version(request: SignedInRequest, number: int) -> HttpResponse:
    """One version, as it was published."""
    version = _version(number)
    context = {"version": version, "files": version.files.all()}
    return render(request, "reviewers/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def publish(request: SignedInRequest) -> HttpResponse:
    """Write a new version, starting from the words of the newest."""
    before = role_descriptions.newest()
    start = {"words": before.words if before else "", "needed_from": timezone.localdate()}
    sent = request.POST if request.method == "POST" else None
    form = VersionForm(sent, request.FILES or None, before=before, initial=start)
    if sent is not None and form.is_valid():
        try:
            new = operations.publish_version(
                words=form.cleaned_data["words"],
                what_changed=form.cleaned_data["what_changed"],
                needed_from=form.cleaned_data["needed_from"],
                is_what_was_signed=form.cleaned_data.get("is_what_was_signed") == "yes",
                files=form.formats(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"Version {new.number} of the role description is published.")
            return redirect("reviewers:versions")
    return render(request, "reviewers/publish_version.html", {"form": form, "before": before})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def add_format(request: SignedInRequest) -> HttpResponse:
    """Add large print or Easy Read to the newest version."""
    newest = role_descriptions.newest()
    if newest is None:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FormatForm(*sent)
    if sent and form.is_valid():
        try:
            operations.add_role_format(
                version=newest,
                kind=form.cleaned_data["kind"],
                file=form.checked,
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The format is added.")
            return redirect("reviewers:versions")
    return render(request, "reviewers/add_format.html", {"form": form, "version": newest})


@require_safe
@requires(Permission.EDIT_PEOPLE)
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file of any version."""
    return as_attachment(_file(pk))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that a person signed, by phone or on paper."""
    person = queries.get_person(request.user, pk)
    if person is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    found = list(role_descriptions.versions())
    form = SignatureForm(sent, reviewer=person, for_them=True, versions=found)
    if sent is not None and form.is_valid():
        try:
            operations.record_signature(
                reviewer=person,
                version=form.cleaned_data["version"],
                signed_on=form.cleaned_data["signed_on"],
                how=form.signed_how,
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The signature is recorded.")
            return redirect("reviewers:detail", person.pk)
    context = {
        "form": form,
        "person": person,
        "version": found[0] if found else None,
        "needs": needs_of_one(person.pk, request.user),
    }
    return render(request, "reviewers/record_signature.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def own(request: SignedInRequest) -> HttpResponse:
    """Read the newest version, and sign it."""
    me = _me(request)
    found = list(role_descriptions.versions())
    newest = found[0] if found else None
    is_signed = role_descriptions.has_signed(
        me, newest.number if newest else role_descriptions.ON_PAPER
    )
    sent = request.POST if request.method == "POST" else None
    form = SignForm(sent, version=newest.number) if newest else None
    if form is not None and sent is not None and form.is_valid():
        try:
            operations.record_signature(
                reviewer=me,
                version=form.cleaned_data["version"],
                signed_on=timezone.localdate(),
                how=How.ONLINE,
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "Thank you. You have signed the role description.")
            return redirect("own-reviewers:role-description")
    context: dict[str, object] = {
        "person": me,
        "version": newest,
        "files": queries.needed_first(me, newest.files.all()) if newest else [],
        "older": found[1:],
        "is_signed": is_signed,
        "signed_before": me.role_description_signed_on is not None,
    }
    if sent is not None or not is_signed:
        context["form"] = form
    return render(request, "reviewers/own_role_description.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
def own_version(request: SignedInRequest, number: int) -> HttpResponse:
    """An older version, to compare."""
    me, version = _me(request), _version(number)
    files = queries.needed_first(me, version.files.all())
    context = {"version": version, "files": files, "is_own": True}
    return render(request, "reviewers/version.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
def own_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file of any version: an LXR may read each."""
    _me(request)
    return as_attachment(_file(pk))


def _version(number: int) -> RoleDescription:
    found = role_descriptions.get_version(number)
    if found is None:
        raise Http404
    return found


def _file(pk: int) -> RoleDescriptionFile:
    found = role_descriptions.get_file(pk)
    if found is None:
        raise Http404
    return found


def _me(request: SignedInRequest) -> Reviewer:
    me = queries.own(request.user)
    if me is None:
        raise Http404
    return me
