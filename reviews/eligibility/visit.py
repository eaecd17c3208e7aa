"""A visit as the rules ask about it, and what an answer can change with."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property

from organisation.models import Service, TrustSettings
from reviews.holds import hold_of
from reviews.models import Review, TeamMember


class DependsOn(StrEnum):
    """What an answer can change with. The same for two reviews: the same people pass.

    ``PEOPLE``: whose places on this visit itself do not count against them.
    """

    DAY = "day"
    HOURS = "hours"
    SERVICE = "service"
    TEAM = "team"
    PEOPLE = "people"


@dataclass(frozen=True)
class Visit:
    """A review as the rules ask about it; ``review`` comes with service, site and variant."""

    review: Review
    trust: TrustSettings

    @property
    def service(self) -> Service:
        """What is reviewed."""
        return self.review.service

    @property
    def day(self) -> date:
        """When."""
        return self.review.visit_on

    @property
    def hold(self) -> tuple[datetime, datetime]:
        """The time it takes out of the day."""
        return hold_of(self.review)

    @property
    def hours(self) -> tuple[time, time]:
        """The same on the clock of its day."""
        start, end = self.hold
        return start.time(), end.time() if end.date() == self.day else time.max

    @cached_property
    def _team(self) -> list[tuple[str, int | None, int | None]]:
        """Role, LXR and staff of everybody who was asked or can come. One query."""
        return list(
            TeamMember.objects.live()
            .filter(review=self.review)
            .values_list("role", "reviewer_id", "staff_id")
        )

    @cached_property
    def lxrs_on_team(self) -> frozenset[int]:
        """Ids of the LXRs who were asked or can come."""
        return frozenset(
            lxr for role, lxr, _ in self._team if role == TeamMember.Role.LXR and lxr is not None
        )

    @cached_property
    def people_on_team(self) -> frozenset[int]:
        """Ids of everybody but staff who was asked or can come, in whatever role."""
        return frozenset(person for _, person, _ in self._team if person is not None)

    @property
    def has_staff(self) -> bool:
        """Whether somebody of the trust is on the team."""
        return any(staff is not None for *_, staff in self._team)
