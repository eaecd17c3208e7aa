"""The rules, in the order in which they are said: sentence, next step, whose move it is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from reviews.eligibility import conditions
from reviews.eligibility.visit import DependsOn, Visit


class Move(StrEnum):
    """Whose move the next step is."""

    PERSON = "the person"
    COORDINATOR = "you"
    CHECKS_TEAM = "the checks team"
    TRAINERS = "whoever runs training"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Rule:
    """One rule. ``asks(visit)`` is the condition on reviewers that holds for those who meet it.

    A rule that ``is_about_first_visit`` asks those alone who have never been on one; everyone else
    meets it. ``sentence`` and ``next_step`` may use {name}, the person's first name.
    ``is_a_step`` says whether someone missing this rule alone is worth proposing: never who would
    rather not go, or takes a break.
    """

    key: str
    asks: Callable[[Visit], Q]
    sentence: str
    next_step: str
    move: Move
    depends_on: frozenset[DependsOn] = frozenset()
    is_a_step: bool = True
    is_about_first_visit: bool = False

    @property
    def reads_alike(self) -> bool:
        """Whether its words are the same of everybody, so that they are said once of many."""
        return "{name}" not in self.sentence + self.next_step


@dataclass(frozen=True)
class Missing:
    """A rule that one person does not meet, in words about that person."""

    rule: Rule
    sentence: str
    next_step: str

    @property
    def whose_move(self) -> str:
        """Whose move the next step is."""
        return str(self.rule.move)


# In the order in which they are said.
RULES: tuple[Rule, ...] = (
    Rule(
        "active",
        conditions.active,
        "{name} is not in the active stage.",
        "Look at {name}'s page to see what is still to do.",
        Move.COORDINATOR,
    ),
    Rule(
        "first visit alone",
        conditions.first_visit_not_alone,
        "This would be {name}'s first visit, and a first visit is not as the only LXR.",
        "Ask someone else as well and then {name}. Or ask {name} if they are happy to be the"
        " only LXR, and record it on their page.",
        Move.COORDINATOR,
        frozenset({DependsOn.TEAM}),
        is_about_first_visit=True,
    ),
    Rule(
        "first visit secure",
        conditions.first_visit_not_secure,
        "This would be {name}'s first visit, and a first visit is not to a service like this.",
        "Ask {name} if they would like to start here, and record it on their page.",
        Move.COORDINATOR,
        frozenset({DependsOn.SERVICE}),
        is_about_first_visit=True,
    ),
    Rule(
        "available",
        conditions.available,
        "{name} has told us they cannot come that day.",
        "Ask {name} if their plans have changed, and record it on their page.",
        Move.PERSON,
        frozenset({DependsOn.DAY}),
    ),
    Rule(
        "free",
        conditions.free,
        "{name} is on another visit, asked about one, or in training at that time.",
        "Choose another person, or another day for this visit.",
        Move.COORDINATOR,
        frozenset({DependsOn.DAY, DependsOn.HOURS, DependsOn.PEOPLE}),
    ),
    Rule(
        "cap",
        conditions.below_cap,
        "{name} has as many visits that month as they want.",
        "Ask {name} if one more is all right, and record it on their page.",
        Move.PERSON,
        frozenset({DependsOn.DAY, DependsOn.PEOPLE}),
    ),
    Rule(
        "rest",
        conditions.rested,
        "{name} is on another visit, or asked about one, too close to that day to rest.",
        "Choose another person, or another day for this visit.",
        Move.COORDINATOR,
        frozenset({DependsOn.DAY, DependsOn.PEOPLE}),
    ),
    Rule(
        "signed",
        conditions.signed,
        "{name} has not signed the role description.",
        "Send {name} the role description and record when they sign.",
        Move.COORDINATOR,
        frozenset({DependsOn.DAY}),
    ),
    Rule(
        "trained",
        conditions.trained,
        "{name}'s training is not in place for that day.",
        "Book {name} a place at the next session.",
        Move.TRAINERS,
        frozenset({DependsOn.DAY}),
    ),
    Rule(
        "readiness",
        conditions.ready,
        "Checks under way.",
        "The checks team looks after this. Tell them who you would like to go.",
        Move.CHECKS_TEAM,
        frozenset({DependsOn.DAY, DependsOn.SERVICE, DependsOn.TEAM}),
    ),
    Rule(
        "exclusion",
        conditions.no_exclusion,
        "{name} would rather not go to this service.",
        "Please ask somebody else.",
        Move.NOBODY,
        frozenset({DependsOn.SERVICE}),
        is_a_step=False,
    ),
)
RULE_BY_KEY = {rule.key: rule for rule in RULES}
# Asked of whoever goes beside others, or where company is still looked for: a shadow, a reserve,
# somebody asked again for another day.
RULES_BESIDE_OTHERS = tuple(rule for rule in RULES if rule.key != "first visit alone")
