"""What people lack who cannot go yet: in numbers, and as the steps that would open a visit.

Of checks it says no more than that the checks team has them.
"""

from collections.abc import Mapping

from nhsuk.words import nhs_date
from reviewers.models import Reviewer
from reviews.eligibility import RULES
from reviews.models import Review
from reviews.planner.plans import Gap, Step

STEPS: dict[str, str] = {
    "active": "not active yet",
    "first visit alone": "on a first visit, who would need company",
    "first visit secure": "on a first visit, who would have to want to start here",
    "available": "away that day",
    "free": "on another visit or in training then",
    "cap": "with enough visits that month",
    "rest": "resting between visits then",
    "signed": "with the role description still to sign",
    "trained": "with training to come",
    "readiness": "with the checks team",
}
IN_ORDER = [rule.key for rule in RULES]


def in_numbers(counted: Mapping[str, int]) -> str:
    """Such as: 12 with the checks team, 3 away that day. The most first; empty for nobody."""
    found = [(key, counted[key]) for key in IN_ORDER if counted.get(key)]
    found.sort(key=lambda each: -each[1])
    return ", ".join(f"{number} {STEPS[key]}" for key, number in found)


def what_opens(gap: Gap, reviews: Mapping[int, Review], people: Mapping[int, Reviewer]) -> str:
    """The fewest steps that would give this visit somebody, as a sentence or two."""
    if not gap.steps and not gap.is_sure:
        return (
            "We have found no steps that would do, as people rest between visits."
            " Look at who could change places, for somebody new, or for another day."
        )
    if not gap.steps and (gap.ready or gap.one_away):
        return (
            "Who could go, or is one step away, is needed on another visit, and nobody else could"
            " take that. Look for somebody new, or for another day."
        )
    if not gap.steps:
        return "Nobody we know could go, whatever the step. Look for somebody new."
    if len(gap.steps) > 1:
        parts = [_several(step, reviews, people) for step in gap.steps]
        total = sum(step.steps for step in gap.steps)
        return f"{total} steps together would do: one {'; and one '.join(parts)}."
    (step,) = gap.steps
    is_own = step.review == gap.review
    if step.steps == 1 and is_own:
        return f"One step would do: {in_numbers(step.rules)}."
    if step.steps == 1:
        return (
            "Who could go is needed on another visit. One step there would do:"
            f" for {_visit(step, reviews)}, {in_numbers(step.rules)}."
        )
    where = "" if is_own else f" from {_visit(step, reviews)}, which would set somebody free"
    return f"The nearest is {_who(step, people)}, {step.steps} steps away{where}: {_lacks(step)}."


def _several(step: Step, reviews: Mapping[int, Review], people: Mapping[int, Reviewer]) -> str:
    if step.steps == 1:
        return f"for {_visit(step, reviews)}, {in_numbers(step.rules)}"
    return f"for {_visit(step, reviews)}, {_who(step, people)} ({_lacks(step)})"


def _visit(step: Step, reviews: Mapping[int, Review]) -> str:
    review = reviews.get(step.review)
    return f"{review.service.name} on {nhs_date(review.visit_on)}" if review else "another visit"


def _who(step: Step, people: Mapping[int, Reviewer]) -> str:
    return str(people.get(step.person or 0, "somebody"))


def _lacks(step: Step) -> str:
    return ", ".join(STEPS[key] for key in IN_ORDER if key in step.rules)


def lost_to_rest(number: int, *, is_exact: bool) -> str:
    """How many visits have nobody because people rest; empty for none."""
    if not number:
        return ""
    visits = "1 visit has" if number == 1 else f"{number} visits have"
    most = "" if is_exact else "At most "
    return f"{most}{visits} nobody because people rest between visits."
