"""Reads about PDSA cycles: the board, one cycle, and the story of a course's versions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from training.models import CourseVersion, Cycle, CycleNote, Session
from training.queries.said import Group, Rated, comments, rated, said_of_versions

SHOWN = 20  # of a step, on the board


@dataclass(frozen=True)
class Column:
    """A step of the board, with its cycles; the newest ones where there are many."""

    stage: Cycle.Stage
    cycles: list[Cycle]
    has_more: bool


def cycles() -> QuerySet[Cycle]:
    """Every cycle with its course and who leads it."""
    return Cycle.objects.select_related("course").prefetch_related("staff_owners", "lxr_owners")


def board() -> list[Column]:
    """The cycles by step, the newest first."""
    stages = [Cycle.Stage(value) for value in Cycle.Stage.values]
    by_stage: dict[str, list[Cycle]] = {stage: [] for stage in stages}
    place = Window(RowNumber(), partition_by="stage", order_by=["-planned_on", "-pk"])
    for cycle in cycles().annotate(place=place).filter(place__lte=SHOWN + 1).order_by("place"):
        by_stage[cycle.stage].append(cycle)
    return [
        Column(stage, by_stage[stage][:SHOWN], len(by_stage[stage]) > SHOWN) for stage in stages
    ]


def get_cycle(pk: int) -> Cycle | None:
    """The cycle with everything its page shows."""
    return _whole().filter(pk=pk).first()


def own_cycles(user: User) -> QuerySet[Cycle]:
    """The cycles that the person who is signed in helps to lead."""
    return Cycle.objects.filter(lxr_owners__user=user)


def get_own_cycle(user: User, pk: int) -> Cycle | None:
    """One of them, with everything its page shows."""
    return _whole().filter(lxr_owners__user=user, pk=pk).first()


def _whole() -> QuerySet[Cycle]:
    return (
        cycles()
        .select_related("course", "question_set")
        .prefetch_related(
            Prefetch(
                "sessions",
                Session.objects.select_related("version__course").order_by("held_on", "pk"),
            ),
            Prefetch("notes", CycleNote.objects.select_related("reviewer")),
            "versions",
        )
    )


def sessions_to_try(cycle: Cycle) -> QuerySet[Session]:
    """The sessions of the cycle's course, latest first; none for the questions."""
    sessions = Session.objects.select_related("version__course")
    if cycle.course_id is None:
        return sessions.none()
    return sessions.filter(version__course=cycle.course_id, is_cancelled=False).order_by(
        "-held_on", "-pk"
    )


@dataclass(frozen=True)
class VersionRow:
    """One version of a course beside the others: its ratings, and its part in a cycle."""

    version: CourseVersion
    groups: list[Group]
    when: str = ""

    @property
    def answers(self) -> int:
        """How many answers may be read."""
        return sum(group.answers for group in self.groups)

    @property
    def ratings(self) -> dict[str, Rated]:
        """The means that may be read."""
        return rated(self.groups)


def versions_beside(cycle: Cycle) -> list[VersionRow]:
    """The versions of the cycle's course, before and after the change. Two queries."""
    if cycle.course_id is None:
        return []
    versions = list(CourseVersion.objects.filter(course=cycle.course_id).order_by("number"))
    made = next((version for version in versions if version.cycle_id == cycle.pk), None)
    tried = {session.version_id for session in cycle.sessions.all()}
    groups = said_of_versions(versions)
    return [
        VersionRow(version, groups[version.pk], _when(version, made, tried)) for version in versions
    ]


def _when(version: CourseVersion, made: CourseVersion | None, tried: set[int | None]) -> str:
    if made is not None and version.number >= made.number:
        return "After"
    if version.pk in tried:
        return "Before, and tried here" if made is not None else "Tried here"
    return "Before" if made is not None else ""


@dataclass(frozen=True)
class Story:
    """Why a version came to be, and what the people who came to it said."""

    cycle: Cycle | None
    groups: list[Group]
    comments: list[str]
    studies: list[Cycle]

    @property
    def answers(self) -> int:
        """How many answers may be read."""
        return sum(group.answers for group in self.groups)

    @property
    def ratings(self) -> dict[str, Rated]:
        """The means that may be read."""
        return rated(self.groups)


def story_of(version: CourseVersion) -> Story:
    """The story of a version: its cycle, the answers that may be read, the agreed summaries."""
    groups = said_of_versions([version])[version.pk]
    studies = Cycle.objects.filter(sessions__version=version).exclude(studied_on=None)
    return Story(
        cycle=Cycle.objects.filter(pk=version.cycle_id).first() if version.cycle_id else None,
        groups=groups,
        comments=comments(groups) if groups else [],
        studies=list(studies.distinct().order_by("studied_on", "pk")),
    )


def all_groups(rows: Iterable[VersionRow]) -> list[Group]:
    """The groups of all these versions, by day."""
    return sorted(
        (group for row in rows for group in row.groups),
        key=lambda group: (group.held_on, group.sessions),
    )


@dataclass(frozen=True)
class Words:
    """What people wrote at some sessions, as far as it may be read."""

    codes: list[str]
    comments: list[str]


def words_where_tried(cycle: Cycle, rows: Iterable[VersionRow]) -> Words:
    """The words of the groups with a session at which the change was tried. One query at most.

    A group is read as a whole: where a session is read together with others, so are their words.
    """
    tried = {session.pk for session in cycle.sessions.all()}
    groups = [group for group in all_groups(rows) if tried.intersection(group.sessions)]
    codes = [code for group in groups for code in group.codes]
    return Words(codes, comments(groups) if groups else [])
