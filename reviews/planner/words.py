"""What people who are one step away lack, for numbers of people: “2 away that day”."""

from collections.abc import Mapping

from reviews.eligibility import RULE_BY_KEY, RULES, Rule

STEPS: dict[Rule, str] = {
    RULE_BY_KEY["active"]: "not active yet",
    RULE_BY_KEY["first visit alone"]: "on a first visit, who would need company",
    RULE_BY_KEY["first visit secure"]: "on a first visit, who would have to want to start here",
    RULE_BY_KEY["available"]: "away that day",
    RULE_BY_KEY["free"]: "on another visit then",
    RULE_BY_KEY["cap"]: "with enough visits that month",
    RULE_BY_KEY["rest"]: "resting between visits then",
    RULE_BY_KEY["signed"]: "with the role description still to sign",
    RULE_BY_KEY["trained"]: "with training to come",
    RULE_BY_KEY["readiness"]: "with the checks team",
}


def in_numbers(counted: Mapping[Rule, int]) -> str:
    """Such as: 12 with the checks team, 3 away that day. The most first; empty for nobody."""
    found = [(rule, counted[rule]) for rule in RULES if counted.get(rule)]
    found.sort(key=lambda each: -each[1])
    return ", ".join(f"{number} {STEPS[rule]}" for rule, number in found)
