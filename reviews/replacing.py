"""A visit as the rules ask about it while one person is being replaced."""

from dataclasses import dataclass
from functools import cached_property

from reviews.eligibility import Visit


@dataclass(frozen=True)
class VisitWithout(Visit):
    """The visit without one LXR, named by id: nobody's company is the person who goes."""

    leaving: int | None

    @cached_property
    def lxrs_on_team(self) -> frozenset[int]:
        """Ids of the LXRs who stay. One query."""
        return super().lxrs_on_team - {self.leaving}
