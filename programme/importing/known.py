"""What the portal already holds, by name or reference: enough to resolve what a row names."""

from dataclasses import dataclass, field
from datetime import date

from organisation.models import Directorate, Service, Site, StaffMember
from programme.models import ErasedReference
from reviewers.models import Reviewer
from reviews.models import Review
from training.models import Place, Session


def _ids(model: type, name: str) -> dict[str, int]:
    rows = model.objects.order_by().values_list(name, "pk")  # type: ignore[attr-defined]  # any of ours
    return {str(text).lower(): pk for text, pk in rows}


@dataclass
class Known:
    """Ids by lower-case name, and the days of sessions and visits."""

    directorates: dict[str, int] = field(default_factory=dict)
    sites: dict[str, int] = field(default_factory=dict)
    services: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    reviewers: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)
    reviews: dict[str, int] = field(default_factory=dict)
    held_on: dict[str, date] = field(default_factory=dict)
    recorded: frozenset[str] = frozenset()  # codes of sessions of which it is known who came
    visit_on: dict[str, date] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()  # digests of the references of people who were erased

    @classmethod
    def load(cls) -> "Known":
        """As the database has it now."""
        known = cls(
            directorates=_ids(Directorate, "name"),
            sites=_ids(Site, "name"),
            services=_ids(Service, "name"),
            staff=_ids(StaffMember, "name"),
            reviewers=_ids(Reviewer, "reference"),
            erased=frozenset(ErasedReference.objects.values_list("digest", flat=True)),
        )
        for code, pk, day in Session.objects.order_by().values_list("code", "pk", "held_on"):
            known.sessions[code.lower()], known.held_on[code.lower()] = pk, day
        came = Place.objects.filter(outcome__in=Place.RECORDED).order_by()
        known.recorded = frozenset(
            code.lower() for code in came.values_list("session__code", flat=True).distinct()
        )
        for reference, pk, day in Review.objects.order_by().values_list(
            "reference", "pk", "visit_on"
        ):
            known.reviews[reference.lower()] = pk
            known.visit_on[reference.lower()] = day
        return known

    def refresh(self, name: str) -> None:
        """Read the ids of one kind again, after rows were added."""
        model, column = {
            "directorates": (Directorate, "name"),
            "sites": (Site, "name"),
            "services": (Service, "name"),
            "staff": (StaffMember, "name"),
            "reviewers": (Reviewer, "reference"),
            "sessions": (Session, "code"),
            "reviews": (Review, "reference"),
        }[name]
        setattr(self, name, _ids(model, column))
