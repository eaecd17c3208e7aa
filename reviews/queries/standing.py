"""Who is ready for which service, whatever the day: eligibility without people's diaries.

For numbers of people in a forecast. Who may go on a visit is asked of that visit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organisation.models import Service, TrustSettings
from reviewers.models import Reviewer, Stage
from reviews.eligibility import RULE_BY_KEY, RULES, DependsOn, Rule, Visit
from reviews.models import Review
from reviews.queries.but_for import who_have_been, who_miss

# What the day of a visit, and a person's other visits, decide.
DIARY = frozenset(
    {RULE_BY_KEY["available"], *(rule for rule in RULES if DependsOn.PEOPLE in rule.depends_on)}
)


class _AnyVisit(Visit):
    """A visit to the service with somebody of the trust, and no other LXR."""

    @property
    def lxrs_on_team(self) -> frozenset[int]:
        """Nobody yet."""
        return frozenset()

    @property
    def has_staff(self) -> bool:
        """Somebody leads every visit."""
        return True


@dataclass(frozen=True)
class Standing:
    """Everybody, by id: who is here, who has been on a visit, who misses which rule by service.

    Not here: who takes a break or has left; they are among ``everyone``.
    """

    everyone: frozenset[int]
    here: frozenset[int]
    been: frozenset[int]
    missing: Mapping[Rule, Mapping[int, set[int]]]

    def ready_for(self, service: int) -> set[int]:
        """Who is here and misses nothing."""
        return set(self.here).difference(*(by[service] for by in self.missing.values()))

    def one_step_from(self, service: int) -> dict[Rule, set[int]]:
        """Who is here and misses one rule alone, by the rule, where that is a step."""
        found: dict[Rule, set[int]] = {}
        for rule, by in self.missing.items():
            others = (each[service] for other, each in self.missing.items() if other is not rule)
            if rule.is_a_step:
                found[rule] = (by[service] & self.here).difference(*others)
        return found


def standing(services: Sequence[Service], *, on: date, trust: TrustSettings) -> Standing:
    """How everybody stands to these services on that day.

    ``services`` come with their site and role variant. The number of queries grows neither with
    people nor, for some hundred services, with those.
    """
    visits = [_AnyVisit(Review(service=service, visit_on=on), trust) for service in services]
    people = Reviewer.objects.order_by()
    stages = dict(people.values_list("pk", "stage"))
    been = who_have_been()
    asked = {rule: who_miss(rule, visits, been=been) for rule in RULES if rule not in DIARY}
    return Standing(
        everyone=frozenset(stages),
        here=frozenset(
            pk for pk, stage in stages.items() if stage not in {Stage.LEFT, Stage.PAUSED}
        ),
        been=frozenset(been),
        missing={
            rule: {service.pk: missing[i] for i, service in enumerate(services)}
            for rule, missing in asked.items()
        },
    )
