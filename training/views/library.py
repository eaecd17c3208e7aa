"""The library, for those who run training."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.forms import Form
from nhsuk.paging import Sort, paginate
from reviewers import role_descriptions
from reviewers.at_contact import needs_of, needs_of_one
from reviewers.forms.files import FormatForm
from reviewers.views.files import as_attachment
from rules import RuleBroken
from training.forms.library import AddForm, DetailsForm, PublishForm, ReadingForm
from training.models import Document, DocumentFile
from training.operations import library as operations
from training.queries import library as queries
from training.views.finding import found

SORTS = (Sort("name", "By name", "last_name"),)


@require_safe
@requires(Permission.RUN_TRAINING)
def documents(request: SignedInRequest) -> HttpResponse:
    """Everything there is to read, and who has read it."""
    context = {"rows": queries.rows(), "role": role_descriptions.newest_as_listed()}
    return render(request, "training/library.html", context)


@require_safe
@requires(Permission.RUN_TRAINING)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One document: its formats, who still has to read it, its older versions."""
    document = _document(pk)
    page = paginate(queries.still_to_read(document), params=request.GET, sorts=SORTS)
    newest, *older = document.versions.all()
    there = {each.format for each in newest.files.all()}
    context = {
        "document": document,
        "row": queries.rows(document)[0],
        "newest": newest,
        "older": older,
        "page": page,
        "needs": needs_of({person.pk for person in page.rows}, request.user),
        "has_every_format": there == set(DocumentFile.Format.values),
    }
    return render(request, "training/library_document.html", context)


@require_safe
@requires(Permission.RUN_TRAINING)
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file of any version."""
    return as_attachment(found(queries.get_file(pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def add(request: SignedInRequest) -> HttpResponse:
    """Add a document with its first file."""
    form = AddForm(*_sent(request))

    def save() -> Document:
        return operations.add_document(
            details=form.details(), file=form.checked, by=request.user, now=timezone.now()
        )

    return _answer(request, form, save, "Add a document", "The document is added.")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change its title, what it is about, and who has to read it."""
    document = _document(pk)
    there = {name: getattr(document, name) for name in ("title", "about", "must_read")}
    form = DetailsForm(*_sent(request), initial=there)

    def save() -> Document:
        return operations.change_document(
            document=document, details=form.details(), by=request.user, now=timezone.now()
        )

    return _answer(request, form, save, "Change this document", "The document is saved.", document)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a new version; who has to read it is asked again."""
    document = _document(pk)
    form = PublishForm(*_sent(request))

    def save() -> Document:
        return operations.publish_document(
            document=document,
            what_changed=form.cleaned_data["what_changed"],
            file=form.checked,
            by=request.user,
            now=timezone.now(),
        ).document

    return _answer(request, form, save, "Publish a new version", "It is published.", document)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def add_format(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add large print or Easy Read to the newest version."""
    document = _document(pk)
    form = FormatForm(*_sent(request))

    def save() -> Document:
        operations.add_format(
            version=queries.newest(document),
            kind=form.cleaned_data["kind"],
            file=form.checked,
            by=request.user,
            now=timezone.now(),
        )
        return document

    return _answer(request, form, save, "Add a format", "The format is added.", document)


@require_POST
@requires(Permission.RUN_TRAINING)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Withdraw a document, or put it back."""
    is_withdrawn = request.POST.get("to") != "back"
    operations.withdraw_document(
        document=_document(pk), is_withdrawn=is_withdrawn, by=request.user, now=timezone.now()
    )
    done = "Nobody is asked to read it any more. We keep it." if is_withdrawn else "It is back."
    messages.success(request, done)
    return redirect("library:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def record(request: SignedInRequest, pk: int, person: int) -> HttpResponse:
    """Record that somebody read it, by phone or on paper."""
    document = _document(pk)
    reader = found(queries.get_reader(person))
    form = ReadingForm(
        request.POST if request.method == "POST" else None,
        initial={"read_on": timezone.localdate()},
    )

    def save() -> Document:
        operations.record_reading(
            version=queries.newest(document),
            reviewer=reader,
            read_on=form.cleaned_data["read_on"],
            how=form.said_how(),
            by=request.user,
            now=timezone.now(),
        )
        return document

    done = f"It is saved that {reader} has read it."
    needs = needs_of_one(reader.pk, request.user)
    title = f"{reader} has read it"
    return _answer(request, form, save, title, done, document, needs=needs)


def _answer(
    request: SignedInRequest,
    form: Form,
    save: Callable[[], Document],
    title: str,
    done: str,
    document: Document | None = None,
    **more: Any,
) -> HttpResponse:
    """The form; or, once it is sent and holds, the document's page with what was done."""
    if request.method == "POST" and form.is_valid():
        try:
            document = save()
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, done)
            return redirect("library:detail", document.pk)
    context = {"form": form, "title": title, "document": document, **more}
    return render(request, "training/library_form.html", context)


def _sent(request: SignedInRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _document(pk: int) -> Document:
    return found(queries.get_document(pk))
