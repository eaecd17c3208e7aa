"""Who fits which of thousands of visits, as bits: bit 3 for the person in place 3.

The same as ``Standings.fit`` of each person and need. What a visit asks of certificates, of
conditions and of its site is worked out once for each distinct value, people who are alike in
what it asks together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_

from checks.in_bulk import Bar, Certificate, Need, Rung, Standing, Standings, do_for
from checks.models import SiteClearance


def who_fit(known: Standings, needs: Sequence[Need], places: Mapping[int, int]) -> list[int]:
    """For each need, who of those who have a place fits it."""
    blocks_from = known.trust.renewal_blocks_from
    certificates: defaultdict[tuple[Certificate, ...], int] = defaultdict(int)
    bars: defaultdict[tuple[Bar, ...], int] = defaultdict(int)
    rungs: defaultdict[tuple[int, str], int] = defaultdict(int)
    for person, standing in known.by_person.items():
        if person in places:
            bit = 1 << places[person]
            certificates[standing.certificates] |= bit
            if standing.bars:
                bars[standing.bars] |= bit
            for rung in standing.rungs:
                rungs[rung] |= bit
    checked = _Checked(certificates, blocks_from)
    found = []
    for need in needs:
        fits = checked.who_are(need)
        for each, people in bars.items():
            if any(bar.keeps_from(need) for bar in each):
                fits &= ~people
        if need.site is not None:
            doing = [*SiteClearance.LET_IN, *[Rung.ESCORTED] * need.takes_escorted]
            fits &= reduce(or_, (rungs.get((need.site, rung), 0) for rung in doing))
        found.append(fits)
    return found


class _Checked:
    """Whose certificates do, by level, workforce and day."""

    def __init__(
        self, people: Mapping[tuple[Certificate, ...], int], blocks_from: date | None
    ) -> None:
        self.people, self.blocks_from = people, blocks_from
        self._found: dict[tuple[str, str, date], int] = {}
        self._does: dict[tuple[tuple[Certificate, ...], str, str, int], bool] = {}
        self._turns = {each: self._turns_of(each) for each in people}

    def who_are(self, need: Need) -> int:
        """Whose certificates do for such a visit, and are all decided."""
        key = (need.level, need.workforce, need.on)
        if key not in self._found:
            found = 0
            for certificates, people in self.people.items():
                if self._do(certificates, need):
                    found |= people
            self._found[key] = found
        return self._found[key]

    def _turns_of(self, certificates: Iterable[Certificate]) -> list[date]:
        """The last days of what they say: behind each of them the answer may be another."""
        days = {day for each in certificates for day in (each.allowed_until, each.due_on) if day}
        return sorted(days)

    def _do(self, certificates: tuple[Certificate, ...], need: Need) -> bool:
        blocks = self.blocks_from is not None and need.on >= self.blocks_from
        turned = sum(day < need.on for day in self._turns[certificates])
        key = (certificates, need.level, need.workforce, 2 * turned + blocks)
        if key not in self._does:
            one = Standing(certificates)
            counting = one.counting(need.on, self.blocks_from)
            does = do_for(counting, need.level, need.workforce)
            self._does[key] = does and not one.undecided(need.on)
        return self._does[key]
