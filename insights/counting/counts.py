"""What is counted of reviews and answers. Counts add up, whatever they are counted of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from insights.models import RATINGS, MonthRatings
from insights.numbers import Rating, Share

Question = MonthRatings.Question

QUESTIONS: dict[str, tuple[str, str, str]] = {
    Question.TEAM: ("team", "team_rated", "team_impact_sum"),
    Question.QUALITY: ("quality", "quality_rated", "quality_impact_sum"),
    Question.IN_TRAINING: ("lxr", "in_training_rated", "in_training_sum"),
    Question.ON_VISIT: ("lxr", "on_visit_rated", "on_visit_sum"),
    Question.AFTER_VISIT: ("lxr", "after_visit_rated", "after_visit_sum"),
}
"""Of each question: who is asked, and which counts hold how many rated and their sum."""


@dataclass(frozen=True)
class Counts:
    """What is counted of completed reviews; the fields of MonthCounts. They add up."""

    completed: int = 0
    covered: int = 0
    covered_in_person: int = 0
    assigned: int = 0
    missed_never_asked: int = 0
    missed_none_could_go: int = 0
    missed_checks_or_access: int = 0
    missed_nobody_available: int = 0
    missed_declined: int = 0
    missed_withdrew: int = 0
    missed_refused: int = 0
    missed_other: int = 0
    missed_not_recorded: int = 0
    team_asked: int = 0
    team_received: int = 0
    team_rated: int = 0
    team_impact_sum: int = 0
    quality_asked: int = 0
    quality_received: int = 0
    quality_rated: int = 0
    quality_impact_sum: int = 0
    lxr_asked: int = 0
    lxr_received: int = 0
    in_training_rated: int = 0
    in_training_sum: int = 0
    on_visit_rated: int = 0
    on_visit_sum: int = 0
    after_visit_rated: int = 0
    after_visit_sum: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*map(sum, zip(self, other, strict=True)))

    def __iter__(self) -> Iterator[int]:
        """The numbers, in the order of ``NAMES``."""
        return (getattr(self, name) for name in NAMES)

    @property
    def coverage(self) -> Share:
        """Covered of completed."""
        return Share(self.covered, self.completed)

    @property
    def missed(self) -> Share:
        """Without an LXR, of completed."""
        return Share(self.completed - self.covered, self.completed)

    @property
    def in_person(self) -> Share:
        """Reviews at which an LXR was there in person."""
        return Share(self.covered_in_person, self.completed)

    @property
    def remote_only(self) -> Share:
        """Covered reviews at which every LXR took part from afar."""
        return Share(self.covered - self.covered_in_person, self.completed)

    @property
    def assigned_coverage(self) -> Share:
        """Reviews for which an LXR had said yes."""
        return Share(self.assigned, self.completed)

    @property
    def team(self) -> Rating:
        """Impact as the reviewed services see it."""
        return self.rating(Question.TEAM)

    @property
    def quality(self) -> Rating:
        """Impact as the quality team sees it."""
        return self.rating(Question.QUALITY)

    def rating(self, question: str) -> Rating:
        """The ratings that one question was given."""
        audience, rated, summed = QUESTIONS[question]
        return Rating(
            getattr(self, summed),
            getattr(self, rated),
            getattr(self, f"{audience}_asked"),
            getattr(self, f"{audience}_received"),
        )


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Counts))


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(counts, Counts())


@dataclass(frozen=True)
class Spread:
    """How many gave each rating, from 0 to 10."""

    gave: tuple[int, ...] = (0,) * len(RATINGS)

    def __add__(self, other: "Spread") -> "Spread":
        return Spread(tuple(map(sum, zip(self.gave, other.gave, strict=True))))

    @property
    def n(self) -> int:
        """How many rated."""
        return sum(self.gave)

    @property
    def total(self) -> int:
        """The sum of their ratings."""
        return sum(rating * count for rating, count in enumerate(self.gave))
