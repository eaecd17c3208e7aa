"""A form's next version: drafted from the one in use, changed question by question, published."""

from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.operations import record
from feedback import policies
from feedback.models import FeedbackForm, FormQuestion
from rules import RuleBroken

ASIDE = 1000  # further than any place a question stands at


class Wording(TypedDict):
    """What a question says, as its form asks."""

    words: str
    help: str
    low: str
    middle: str
    high: str


@transaction.atomic
def start_version(*, form: FeedbackForm, by: User, now: datetime) -> FeedbackForm:
    """A draft that asks what ``form`` asks. The draft that is there already, if there is one."""
    series = FeedbackForm.objects.filter(audience=form.audience)
    list(series.filter(number=1).select_for_update())  # so that only one draft is begun
    latest = series.order_by("-number")[0]
    if latest.is_draft:
        return latest
    draft = FeedbackForm.objects.create(audience=form.audience, number=latest.number + 1)
    questions = list(form.questions.order_by("position"))
    for question in questions:
        question.pk, question.form = None, draft
    FormQuestion.objects.bulk_create(questions)
    record("started a feedback form", on=draft, by=by, now=now)
    return draft


@transaction.atomic
def reword(*, question: FormQuestion, wording: Wording, by: User, now: datetime) -> FormQuestion:
    """Another wording for a question of a draft. Raises RuleBroken."""
    draft = _draft(question.form_id)
    question = FormQuestion.objects.select_for_update().get(pk=question.pk)
    changed = [name for name, value in wording.items() if getattr(question, name) != value]
    for name in changed:
        setattr(question, name, wording[name])  # type: ignore[literal-required]  # a name of it
    if changed:
        question.save()
        record("changed a question", on=draft, by=by, now=now, fields=changed)
    return question


@transaction.atomic
def add_question(
    *, form: FeedbackForm, kind: str, wording: Wording, by: User, now: datetime
) -> FormQuestion:
    """One more question at the end of a draft. Raises RuleBroken."""
    draft = _draft(form.pk)
    questions = list(draft.questions.order_by("position"))
    same = [each for each in questions if (each.kind, each.words) == (kind, wording["words"])]
    if same:
        raise RuleBroken("This version asks that already.")
    policies.check_can_add(questions)
    last = questions[-1].position if questions else 0
    added = FormQuestion.objects.create(form=draft, position=last + 1, kind=kind, **wording)
    record("added a question", on=draft, by=by, now=now)
    return added


@transaction.atomic
def remove_question(*, question: FormQuestion, by: User, now: datetime) -> None:
    """Take a question out of a draft. Raises RuleBroken for one that has to stay."""
    draft = _draft(question.form_id)
    policies.check_can_remove(question)
    if FormQuestion.objects.filter(pk=question.pk).delete()[0]:
        record("removed a question", on=draft, by=by, now=now)


@transaction.atomic
def move_question(*, question: FormQuestion, up: bool, by: User, now: datetime) -> None:
    """Change places with the question before or after it in a draft. Raises RuleBroken."""
    draft = _draft(question.form_id)
    order = list(draft.questions.order_by("position").values_list("pk", flat=True))
    at = order.index(question.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    # No two may stand at one place, not even for a moment
    draft.questions.update(position=F("position") + ASIDE)
    for position, pk in enumerate(order, start=1):
        draft.questions.filter(pk=pk).update(position=position)
    record("moved a question", on=draft, by=by, now=now)


@transaction.atomic
def publish_version(*, form: FeedbackForm, by: User, now: datetime) -> FeedbackForm:
    """From now this is what is asked. Published again changes nothing."""
    form = FeedbackForm.objects.select_for_update().get(pk=form.pk)
    if form.is_draft:
        form.published_at, form.published_by = now, by
        form.save(update_fields=["published_at", "published_by"])
        record("published a feedback form", on=form, by=by, now=now)
    return form


@transaction.atomic
def discard_version(*, form: FeedbackForm, by: User, now: datetime) -> None:
    """Throw a draft away. Raises RuleBroken for a version that is in use."""
    draft = _draft(form.pk)
    record("discarded a feedback form", on=draft, by=by, now=now)
    draft.delete()


def _draft(pk: int) -> FeedbackForm:
    form = FeedbackForm.objects.select_for_update().filter(pk=pk).first()
    if form is None:
        raise RuleBroken("Somebody has discarded this version.")
    policies.check_is_draft(form)
    return form
