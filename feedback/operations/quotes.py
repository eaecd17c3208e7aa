"""Reading comments: what they are about, whether they may be quoted, who else should know."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.operations import record
from feedback import policies
from feedback.models import Answer, Remark, Theme
from rules import RuleBroken


@dataclass(frozen=True)
class Reading:
    """What a person says of a comment. ``quote``: the words to use as a quote; empty for none."""

    themes: Collection[Theme] = ()
    quote: str = ""
    pass_to: str = ""


@transaction.atomic
def read_remark(*, remark: Remark, reading: Reading, by: User, now: datetime) -> Remark:
    """Somebody has read the comment and says what becomes of it. Raises RuleBroken.

    Passing it on is written down once for each team; nothing waits for it.
    """
    remark = _locked(remark)
    if remark.read_at is None:
        remark.read_at, remark.read_by = now, by
        remark.save(update_fields=["read_at", "read_by"])
        record("read a comment", on=remark, by=by, now=now)
    if reading.pass_to and reading.pass_to != remark.passed_to:
        remark.passed_to, remark.passed_at, remark.passed_by = reading.pass_to, now, by
        remark.save(update_fields=["passed_to", "passed_at", "passed_by"])
        record("passed a comment on", on=remark, by=by, now=now, why=remark.get_passed_to_display())
    chosen = {theme.pk for theme in reading.themes}
    if chosen != set(remark.themes.values_list("pk", flat=True)):
        remark.themes.set(chosen)
        record("chose themes", on=remark, by=by, now=now, fields=["themes"])
    if reading.quote:
        return approve_quote(remark=remark, words=reading.quote, by=by, now=now)
    return withdraw_quote(remark=remark, by=by, now=now)


@transaction.atomic
def approve_quote(*, remark: Remark, words: str = "", by: User, now: datetime) -> Remark:
    """The words may be used as a quote from now: those given, or the whole. Raises RuleBroken."""
    remark = _locked(remark)
    policies.check_can_quote(remark, words or remark.text)
    used = "" if words == remark.text else words
    if remark.approved_at is None or remark.quote_words != used:
        remark.approved_at, remark.approved_by, remark.quote_words = now, by, used
        remark.save(update_fields=["approved_at", "approved_by", "quote_words"])
        record("approved a quote", on=remark, by=by, now=now)
    return remark


@transaction.atomic
def withdraw_quote(*, remark: Remark, by: User, now: datetime) -> Remark:
    """The words are not used as a quote any more."""
    remark = _locked(remark)
    if remark.approved_at is not None:
        remark.approved_at, remark.approved_by, remark.quote_words = None, None, ""
        remark.save(update_fields=["approved_at", "approved_by", "quote_words"])
        record("withdrew a quote", on=remark, by=by, now=now)
    return remark


@transaction.atomic
def save_theme(*, theme: Theme, name: str, is_retired: bool, by: User, now: datetime) -> Theme:
    """Add a theme, or change one. Raises RuleBroken for a name that another has."""
    if theme.pk and (theme.name, theme.is_retired) == (name, is_retired):
        return theme
    action = "changed a theme" if theme.pk else "added a theme"
    theme.name, theme.is_retired = name, is_retired
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError as error:
        message = "There is already a theme of this name."
        raise RuleBroken(message) from error
    record(action, on=theme, by=by, now=now, fields=["name", "is_retired"])
    return theme


def _locked(remark: Remark) -> Remark:
    # The answer's row is what withdrawing the permission locks as well
    answer = Answer.objects.select_for_update().get(pk=remark.answer_id)
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    remark.answer = answer
    return remark
