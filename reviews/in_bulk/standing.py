"""Who is ready for which service, whatever the day: eligibility without people's diaries.

For numbers of people in a forecast. Who may go on a visit is asked of that visit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from organisation.models import Service, TrustSettings
from reviewers.models import Reviewer, Stage
from reviews.eligibility import RULE_BY_KEY, RULES, DependsOn, Rule, Visit, has_been_on_a_visit
from reviews.in_bulk.bits import bits_of, places_in
from reviews.in_bulk.everyone import who_miss
from reviews.models import Review

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
    """Everybody in the order of their ids, and as bits: who is here, who has been on a visit, who
    misses which rule by service.

    Not here: who takes a break or has left; a place is theirs as well.
    """

    ids: Sequence[int]
    here: int
    been: int
    missing: Mapping[Rule, Mapping[int, int]]

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each id."""
        return {pk: place for place, pk in enumerate(self.ids)}

    def bits_of(self, people: Iterable[int]) -> int:
        """These people, by id, as bits."""
        return bits_of(self.places[pk] for pk in people)

    def people_in(self, bits: int) -> Iterator[int]:
        """Their ids."""
        return (self.ids[place] for place in places_in(bits))

    def ready_for(self, service: int) -> int:
        """Who is here and misses nothing."""
        return self._missing_none(service, self.missing)

    def one_step_from(self, service: int) -> dict[Rule, int]:
        """Who is here and misses one rule alone, by the rule, where that is a step."""
        return {
            rule: by[service]
            & self._missing_none(service, (each for each in self.missing if each is not rule))
            for rule, by in self.missing.items()
            if rule.is_a_step
        }

    def _missing_none(self, service: int, rules: Iterable[Rule]) -> int:
        found = self.here
        for rule in rules:
            found &= ~self.missing[rule][service]
        return found


def standing(services: Sequence[Service], *, on: date, trust: TrustSettings) -> Standing:
    """How everybody stands to these services on that day. Some twenty queries, however much.

    ``services`` come with their site and role variant.
    """
    visits = [_AnyVisit(Review(service=service, visit_on=on), trust) for service in services]
    stages = dict(Reviewer.objects.order_by("pk").values_list("pk", "stage"))
    places = {pk: place for place, pk in enumerate(stages)}
    of_been = Reviewer.objects.filter(has_been_on_a_visit()).order_by()
    been = bits_of(places[pk] for pk in of_been.values_list("pk", flat=True))
    missing = {
        rule: who_miss(rule, visits, places, been=been) for rule in RULES if rule not in DIARY
    }
    return Standing(
        ids=list(stages),
        here=bits_of(
            places[pk] for pk, stage in stages.items() if stage not in {Stage.LEFT, Stage.PAUSED}
        ),
        been=been,
        missing={
            rule: {service.pk: found[index] for index, service in enumerate(services)}
            for rule, found in missing.items()
        },
    )
