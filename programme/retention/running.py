"""Carrying the rules out: in batches, each a transaction with its events; a rerun does nothing."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import Error, models, transaction
from django.db.models import Q, QuerySet, Value
from django.utils.timezone import localdate

from audit import retention as audit_retention
from audit.models import Event
from audit.operations import record_count, record_rows
from organisation.models import TrustSettings
from organisation.queries import trust_settings
from programme.model_rules import MODEL_RULES
from programme.retention.clocks import CLOCKS
from programme.retention.holds import not_held
from programme.retention.terms import Goes, Then
from reviewers.models import Reviewer

BATCH = 500
logger = logging.getLogger(__name__)


class RetentionFailed(Exception):  # noqa: N818 - says what happened
    """The rules of some models could not be carried out; those of the others were."""


@dataclass(frozen=True)
class Rule:
    """What is carried out for one model."""

    label: str
    term: Goes

    @property
    def model(self) -> type[models.Model]:
        """The model whose rows go."""
        return apps.get_model(self.label)

    def due(self, on: date, trust: TrustSettings) -> QuerySet[Any]:
        """The rows whose time is over on that day, without those of people who are held."""
        clock = CLOCKS[self.label]
        rows = clock.rows(self.term.cut_off(on, trust))
        if clock.person:
            rows = rows.filter(not_held(clock.person))
        if self.term.then == Then.CLEAR:
            rows = rows.filter(_holds_something(rows.model, self.term.fields))
        return rows


def rules() -> list[Rule]:
    """Every rule with a clock, in the order of the table."""
    return [
        Rule(label, each.retention)
        for label, each in MODEL_RULES.items()
        if isinstance(each.retention, Goes)
    ]


def run(*, now: datetime) -> dict[str, int]:
    """Carry out every rule as at today, and forget sign-ins that ended; how many rows went by rule.

    One rule that cannot be carried out stops no other. Raises RetentionFailed at the end, naming
    the models.
    """
    trust, done, failed = trust_settings(), {}, []
    for rule in rules():
        try:
            done[rule.label] = _carry_out(rule, trust, now)
        except Error as error:  # its words may hold values
            logger.error("retention of %s failed: %s", rule.label, type(error).__name__)
            failed.append(rule.label)
    Session.objects.filter(expire_date__lt=now).delete()  # Django's own, of which there is no rule
    if failed:
        raise RetentionFailed(", ".join(failed))
    return done


def _carry_out(rule: Rule, trust: TrustSettings, now: datetime) -> int:
    due = rule.due(localdate(now), trust)
    count, rest = 0, due
    while (last := _end_of_batch(rest)) is not None:
        count += _batch(rule, rest.filter(pk__lte=last), now)
        rest = due.filter(pk__gt=last)
    return count


def _end_of_batch(rest: QuerySet[Any]) -> Any | None:
    """The last id, a number or a random key, of the next rows; None when there is none."""
    ids = list(rest.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return ids[-1] if ids else None


def _batch(rule: Rule, due: QuerySet[Any], now: datetime) -> int:
    """Let these rows go, with their events. A hold placed meanwhile is waited for and obeyed."""
    with transaction.atomic(using=due.db):
        _lock_people(_people(rule, due), due.db)
        people = _people(rule, due)
        if not people:
            return 0
        anonymise = CLOCKS[rule.label].anonymise
        if anonymise:
            for row in due.order_by("pk"):
                anonymise(row, now)
            return len(people)
        if rule.term.then == Then.DELETE:
            _delete(rule, list(people))
        else:
            due.model._base_manager.filter(pk__in=list(people)).update(
                **{name: _blank(due.model, name) for name in rule.term.fields}
            )
        action = f"{rule.term.then.lower()} by the retention rule"
        if MODEL_RULES[rule.label].is_audited:
            record_rows(action, model=due.model, people=people, now=now, fields=rule.term.fields)
        else:
            record_count(action, model=due.model, ids=people, now=now, database=due.db)
    return len(people)


def _people(rule: Rule, due: QuerySet[Any]) -> dict[Any, int | None]:
    """Each row's id with its person's; None where it is nobody's."""
    person = CLOCKS[rule.label].person or Value(None, output_field=models.BigIntegerField())
    return {pk: whose or None for pk, whose in due.order_by("pk").values_list("pk", person)}


def _lock_people(people: dict[Any, int | None], database: str) -> None:
    ids = {whose for whose in people.values() if whose}
    locked = Reviewer.objects.using(database).select_for_update(of=("self",)).filter(pk__in=ids)
    list(locked.order_by("pk").values_list("pk"))


def _delete(rule: Rule, ids: list[Any]) -> None:
    if rule.model is Event:
        audit_retention.delete(ids)
    else:
        rule.model._base_manager.filter(pk__in=ids).delete()


def _blank(model: type[models.Model], name: str) -> Any:
    """What a cleared field holds."""
    field: Any = model._meta.get_field(name)
    return None if field.null else field.get_default()


def _holds_something(model: type[models.Model], names: tuple[str, ...]) -> Q:
    """At least one of the fields is not cleared yet."""
    something = Q()
    for name in names:
        blank = _blank(model, name)
        something |= Q(**{f"{name}__isnull": False}) if blank is None else ~Q(**{name: blank})
    return something
