"""Who may go on a visit: one definition, asked by everyone.

A rule is a condition on reviewers for a visit, with its sentence, its next step and whose move it
is. The candidates on a review's page, "why not this person?" and the check inside
``invite_reviewer`` all ask here. Eligible: no rule missing; one step away: exactly one.
"""

from reviews.eligibility.conditions import counts_towards_cap, has_been_on_a_visit
from reviews.eligibility.rules import RULE_BY_KEY, RULES, RULES_BESIDE_OTHERS, Missing, Move, Rule
from reviews.eligibility.scoring import (
    BEEN,
    ONE_MISSING,
    in_words_of,
    missing_rules,
    rules_of_score,
    score,
    score_of,
)
from reviews.eligibility.visit import DependsOn, Visit

__all__ = [
    "BEEN",
    "ONE_MISSING",
    "RULES",
    "RULES_BESIDE_OTHERS",
    "RULE_BY_KEY",
    "DependsOn",
    "Missing",
    "Move",
    "Rule",
    "Visit",
    "counts_towards_cap",
    "has_been_on_a_visit",
    "in_words_of",
    "missing_rules",
    "rules_of_score",
    "score",
    "score_of",
]
