"""Which rules people miss, as one number for each in one query.

Who has been on a visit is the dearest condition and stands in a question once: the rules about a
first visit are asked of those alone who have never been.
"""

from collections.abc import Iterable

from django.db.models import Case, ExpressionWrapper, Field, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields import IntegerField

from reviewers.models import Reviewer, Stage
from reviews.eligibility.conditions import EVERYONE, has_been_on_a_visit
from reviews.eligibility.rules import RULES, Missing, Rule
from reviews.eligibility.visit import Visit

# A score says in its lowest bit whether the person has been on a visit, then which rules are
# missing, and counts them above.
BEEN = 1
_BITS = {rule: 1 << place for place, rule in enumerate(RULES, start=1)}
ONE_MISSING = 1 << len(RULES) + 1


def score(visit: Visit, *, only: Iterable[Rule] = RULES) -> Combinable:
    """One number per reviewer: which rules are missing, and how many. See ``rules_of_score``.

    Nothing is missing below ``ONE_MISSING``.
    """
    chosen = set(only)
    total: Combinable = Value(0)
    of_newcomers: Combinable = Value(0)
    for rule in RULES:
        met = rule.asks(visit) if rule in chosen else EVERYONE
        if met is EVERYONE:
            continue
        if rule.is_about_first_visit:
            of_newcomers = of_newcomers + _where_missing(rule, met)
        else:
            total = total + _where_missing(rule, met)
    first = Case(When(has_been_on_a_visit(), then=Value(BEEN)), default=of_newcomers)
    return ExpressionWrapper(total + first, output_field=_Number())


class _Number(Field):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A whole number as the database gives it: Django turns integers into integers, row by row."""


def _where_missing(rule: Rule, met: Q) -> Case:
    missing = Value(score_of(rule))
    return Case(When(met, then=Value(0)), default=missing, output_field=IntegerField())


def score_of(rule: Rule) -> int:
    """The score of somebody who misses this rule alone and has never been on a visit."""
    return ONE_MISSING + _BITS[rule]


def rules_of_score(number: int) -> list[Rule]:
    """The rules that a score says are missing, in their order."""
    return [rule for rule, bit in _BITS.items() if number & bit]


def missing_rules(
    reviewer: Reviewer, visit: Visit, *, only: Iterable[Rule] = RULES
) -> list[Missing]:
    """What this person misses for the visit, in words. Empty: they may go."""
    number = (
        Reviewer.objects.filter(pk=reviewer.pk)
        .annotate(score=score(visit, only=only))
        .values_list("score", flat=True)
        .get()
    )
    return [in_words_of(rule, reviewer) for rule in rules_of_score(number)]


def in_words_of(rule: Rule, reviewer: Reviewer) -> Missing:
    """The rule's sentence and next step, about this person."""
    name = reviewer.first_name
    if rule.key == "active" and reviewer.stage == Stage.PAUSED:
        return Missing(rule, f"{name} is taking a break.", f"{name} will tell us when it is over.")
    if rule.key == "active" and reviewer.stage == Stage.LEFT:
        return Missing(rule, f"{name} has left the programme.", "Please ask somebody else.")
    return Missing(
        rule, rule.sentence.replace("{name}", name), rule.next_step.replace("{name}", name)
    )
