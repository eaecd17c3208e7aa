"""Reads of what is asked: the version in use, its questions, every version of a form."""

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import Now

from feedback.first_wording import FIRST
from feedback.models import FeedbackForm, FormQuestion
from nhsuk.converters import can_be_id


def first_form(audience: str) -> FeedbackForm:
    """Version 1 of a form, made with its questions when it is missing."""
    with transaction.atomic():
        form, is_new = FeedbackForm.objects.get_or_create(
            audience=audience, number=1, defaults={"published_at": Now()}
        )
        if is_new:
            form.refresh_from_db()
            FormQuestion.objects.bulk_create(
                FormQuestion(form=form, position=position, **asked._asdict())
                for position, asked in enumerate(FIRST[audience], start=1)
            )
    return form


def form_in_use(audience: str) -> FeedbackForm:
    """What people are asked now, with its questions: the newest version that is published."""
    return _published(audience).first() or first_form(audience)


def form_answered(audience: str, number: str) -> FeedbackForm:
    """The version that a form was sent under; the one in use where the number names none."""
    named = _published(audience).filter(number=number) if _is_number(number) else None
    found = named.first() if named is not None else None
    return found or form_in_use(audience)


def _published(audience: str) -> QuerySet[FeedbackForm]:
    forms = FeedbackForm.objects.filter(audience=audience, published_at__isnull=False)
    return forms.prefetch_related("questions").order_by("-number")


def _is_number(words: str) -> bool:
    return can_be_id(words) and int(words) <= LARGEST_NUMBER


LARGEST_NUMBER = 32_767


def versions() -> QuerySet[FeedbackForm]:
    """Every version of every form, newest first, with how often it was answered."""
    forms = FeedbackForm.objects.annotate(answered=Count("answers"))
    return forms.select_related("published_by").order_by("audience", "-number")


def get_form(pk: int) -> FeedbackForm | None:
    """The version with its questions in their order."""
    return FeedbackForm.objects.prefetch_related("questions").filter(pk=pk).first()


def get_question(pk: int) -> FormQuestion | None:
    """One question of a draft, with its version."""
    drafts = FormQuestion.objects.filter(form__published_at__isnull=True)
    return drafts.select_related("form").filter(pk=pk).first()
