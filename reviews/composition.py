"""Whether a review has the team it needs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviews.models import Review, TeamMember


@dataclass(frozen=True)
class Composition:
    """How many of each are on the team, and how many are wanted."""

    has_lead: bool
    staff: int
    staff_wanted: int
    lxrs: int
    lxrs_wanted: int

    @property
    def still_to_find(self) -> list[str]:
        """Who is missing, in words; empty where the team is whole."""
        found = [] if self.has_lead else ["a lead"]
        if (staff := self.staff_wanted - self.staff) > 0:
            found.append(f"{staff} more staff" if self.staff else f"{staff} staff")
        if (lxrs := self.lxrs_wanted - self.lxrs) > 0:
            reviewers = "Lived Experience Reviewer" if lxrs == 1 else "Lived Experience Reviewers"
            found.append(f"{lxrs} more {reviewers}" if self.lxrs else f"{lxrs} {reviewers}")
        return found


def composition_of(review: Review, team: Sequence[TeamMember]) -> Composition:
    """The team as it is: an LXR counts once they said yes, or came."""
    role = TeamMember.Role
    return Composition(
        has_lead=any(each.role == role.LEAD for each in team),
        staff=sum(each.role == role.STAFF and each.is_open for each in team),
        staff_wanted=review.staff_wanted,
        lxrs=sum(
            each.role == role.LXR and each.response == TeamMember.Response.ACCEPTED for each in team
        ),
        lxrs_wanted=review.lxrs_wanted,
    )
