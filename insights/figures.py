"""What each figure is: one definition, said to people and held to by the counting.

A figure is one entry here: its words, and how its value is taken from what is counted. Pages, the
command, snapshots, exports and whatever else shows figures go through these entries. The counting
of reviews and answers stands in ``counting/``, that of people in ``people.py`` and ``training.py``.
Change a rule there, and its ``version`` here: snapshots carry the version they were counted by.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from insights.counting import REASONS, Counts, Question, Reason
from insights.funnel import Step
from insights.numbers import Rating, Share, Tally, Value
from insights.people import People
from insights.training import FirstVisits, TrainingFigures
from training.queries.said import Rated

Source = TypeVar("Source")
Out = TypeVar("Out", bound=Value)


@dataclass(frozen=True)
class Figure(Generic[Source, Out]):
    """One figure: its name and sentence on pages, what is counted of what, by which rule.

    ``kind``: what its value is. ``value_of`` takes it from what is counted: that of reviews from
    ``Counts``, that of people from ``People``.
    """

    key: str
    name: str
    sentence: str
    numerator: str
    denominator: str
    rule: str
    kind: type[Out]
    value_of: Callable[[Source], Out]
    version: int = 1
    is_about_people: bool = False  # small numbers are hidden from observers


AnyFigure = Figure[Any, Any]

BY_VISIT_DATE = "By visit date, over reviews that are completed."
RESPONSE_RULE = f"{BY_VISIT_DATE} Imported answers count as asked for, and as received."

COVERAGE: Figure[Counts, Share] = Figure(
    "coverage",
    "Coverage",
    "Completed reviews at which at least one Lived Experience Reviewer took part.",
    "completed reviews at which at least one LXR attended, in person or remotely",
    "completed reviews",
    "By visit date. Shadows do not count. Cancelled reviews count nowhere; a postponed review "
    "counts at its new date.",
    Share,
    lambda counts: counts.coverage,
)
IN_PERSON: Figure[Counts, Share] = Figure(
    "coverage_in_person",
    "Coverage in person",
    "Completed reviews at which a Lived Experience Reviewer was there in person.",
    "completed reviews at which at least one LXR attended in person",
    "completed reviews",
    COVERAGE.rule,
    Share,
    lambda counts: counts.in_person,
)
REMOTE_ONLY: Figure[Counts, Share] = Figure(
    "coverage_remote_only",
    "Coverage from afar",
    "Completed reviews at which Lived Experience Reviewers took part, all of them from afar.",
    "completed reviews at which LXRs attended, every one of them remotely",
    "completed reviews",
    COVERAGE.rule,
    Share,
    lambda counts: counts.remote_only,
)
ASSIGNED: Figure[Counts, Share] = Figure(
    "assigned_coverage",
    "Assigned coverage",
    "Completed reviews for which at least one Lived Experience Reviewer had said yes.",
    "completed reviews on which at least one LXR had accepted",
    "completed reviews",
    "By visit date. The difference to coverage is people who said yes and could not be there.",
    Share,
    lambda counts: counts.assigned_coverage,
)
MISSED: Figure[Counts, Share] = Figure(
    "missed",
    "No LXR took part",
    "Completed reviews at which no Lived Experience Reviewer took part.",
    "completed reviews at which no LXR attended",
    "completed reviews",
    "By visit date. Each has one reason, recorded after the visit; without one it is “not "
    "recorded”.",
    Share,
    lambda counts: counts.missed,
)


def _missed_for(reason: Reason) -> Figure[Counts, Share]:
    name = REASONS[reason]
    return Figure(
        name,
        f"No LXR took part: {reason.label.lower()}",
        f"{MISSED.sentence[:-1]}, for this reason.",
        "completed reviews at which no LXR attended, for this reason",
        "completed reviews at which no LXR attended",
        MISSED.rule,
        Share,
        lambda counts: Share(getattr(counts, name), counts.missed.numerator),
    )


MISSED_BY_REASON = tuple(_missed_for(reason) for reason in REASONS)
"""One for each reason. Observers are not told which reviews checks stood in the way of."""

IMPACT_TEAM: Figure[Counts, Rating] = Figure(
    "impact_team",
    "Impact: reviewed services",
    "The difference LXRs made, rated 0 to 10 by the services that were reviewed.",
    "the sum of their ratings",
    "how many rated",
    BY_VISIT_DATE,
    Rating,
    lambda counts: counts.rating(Question.TEAM),
)
IMPACT_QUALITY: Figure[Counts, Rating] = Figure(
    "impact_quality",
    "Impact: quality team",
    "The difference LXRs made, rated 0 to 10 by the quality team.",
    "the sum of their ratings",
    "how many rated",
    BY_VISIT_DATE,
    Rating,
    lambda counts: counts.rating(Question.QUALITY),
)
RESPONSE_TEAM: Figure[Counts, Share] = Figure(
    "response_team",
    "Response: reviewed services",
    "How many of the services that were asked told us what difference LXRs made.",
    "answers received",
    "answers asked for",
    RESPONSE_RULE,
    Share,
    lambda counts: counts.team.response,
)
RESPONSE_QUALITY: Figure[Counts, Share] = Figure(
    "response_quality",
    "Response: quality team",
    "How many of the quality team who were asked told us what difference LXRs made.",
    "answers received",
    "answers asked for",
    RESPONSE_RULE,
    Share,
    lambda counts: counts.quality.response,
)
RESPONSE_LXR: Figure[Counts, Share] = Figure(
    "response_lxr",
    "Response: Lived Experience Reviewers",
    "How many of the Lived Experience Reviewers who were asked told us how the visit was.",
    "answers received",
    "answers asked for",
    RESPONSE_RULE,
    Share,
    lambda counts: counts.rating(Question.ON_VISIT).response,
    is_about_people=True,
)
SUPPORT_IN_TRAINING: Figure[Counts, Rating] = Figure(
    "support_in_training",
    "Support in training",
    "How well LXRs felt supported in their training, rated 0 to 10.",
    "the sum of their ratings",
    "how many rated",
    BY_VISIT_DATE,
    Rating,
    lambda counts: counts.rating(Question.IN_TRAINING),
    is_about_people=True,
)
SUPPORT_ON_VISIT: Figure[Counts, Rating] = Figure(
    "support_on_visit",
    "Support on the visit",
    "How well LXRs felt supported on the visit, rated 0 to 10.",
    "the sum of their ratings",
    "how many rated",
    BY_VISIT_DATE,
    Rating,
    lambda counts: counts.rating(Question.ON_VISIT),
    is_about_people=True,
)
SUPPORT_AFTER_VISIT: Figure[Counts, Rating] = Figure(
    "support_after_visit",
    "Support after the visit",
    "How well LXRs felt supported after the visit, rated 0 to 10.",
    "the sum of their ratings",
    "how many rated",
    BY_VISIT_DATE,
    Rating,
    lambda counts: counts.rating(Question.AFTER_VISIT),
    is_about_people=True,
)

TRAINED: Figure[People, Tally] = Figure(
    "trained",
    "Trained",
    "People who have been trained as Lived Experience Reviewers.",
    "people who attended a workshop or staff training",
    "",
    "Everything up to the day. A pilot or a refresher makes nobody trained. People who left count.",
    Tally,
    lambda people: Tally(people.trained),
    is_about_people=True,
)
STILL_HERE: Figure[People, Share] = Figure(
    "trained_and_still_here",
    "Trained and still here",
    "Trained people who have not left the programme.",
    "trained people who have not left",
    "all trained people",
    "As at the day. People who paused are still here.",
    Share,
    lambda people: people.here,
    is_about_people=True,
)
ACTIVATION: Figure[People, Share] = Figure(
    "activation",
    "Trained and been on a review",
    "Trained people who have been on at least one review since their training.",
    "trained people who attended a completed review after the day they were trained",
    "all trained people",
    "Everything up to the day. A review on the training day itself does not count. People who "
    "left count.",
    Share,
    lambda people: people.activation,
    is_about_people=True,
)

ATTENDEES: Figure[int, Tally] = Figure(
    "attendees_per_session",
    "Attendees per session",
    "How many people attended each training session.",
    "places with the outcome “attended”",
    "",
    "Every session held up to the day, also those that nobody attended.",
    Tally,
    Tally,
    is_about_people=True,
)
TRAINED_OVER_TIME: Figure[int, Tally] = Figure(
    "trained_over_time",
    "Trained over time",
    "How many people had been trained by each day.",
    "people whose first workshop or staff training was on or before the day",
    "",
    TRAINED.rule,
    Tally,
    Tally,
    is_about_people=True,
)
NO_SHOWS: Figure[TrainingFigures, Share] = Figure(
    "no_shows",
    "Did not attend",
    "Places at training sessions to which nobody came.",
    "places with the outcome “did not attend”",
    "places with the outcome “attended” or “did not attend”",
    "Sessions held up to the day. Places cancelled before do not count.",
    Share,
    lambda training: training.no_shows,
    is_about_people=True,
)
CO_FACILITATED: Figure[TrainingFigures, Share] = Figure(
    "co_facilitated",
    "Led together",
    "Training sessions that a Lived Experience Reviewer helped to lead.",
    "sessions with at least one LXR among those who led",
    "sessions held",
    "Every session up to the day, cancelled ones left out.",
    Share,
    lambda training: training.co_facilitated,
)
FIRST_VISIT: Figure[FirstVisits, Tally] = Figure(
    "days_to_first_visit",
    "Days to a first visit",
    "The number of days by which half of trained people had been on a first visit.",
    "days from the day trained to the first review attended after it",
    "",
    "Everybody trained counts. People who still wait, and people who left before a visit, count as "
    "waiting for as long as they were here (Kaplan and Meier’s method). Where fewer than half have "
    "been on a visit there is no such number yet.",
    Tally,
    lambda first: Tally(first.days),
    is_about_people=True,
)
STEPS_TAKEN: Figure[Step, Share] = Figure(
    "steps_to_a_first_review",
    "Steps to a first review",
    "How many people reached each step from an enquiry to a first review.",
    "people who reached the step",
    "people who reached the step before",
    "Everybody who ever enquired. Who has reached a later step has passed those before. Days run "
    "from the first time at one step to the first time at the next; people who wait, and people "
    "who left, count for as long as they waited. Steps taken before a history was kept count "
    "without days.",
    Share,
    lambda step: step.came,
    is_about_people=True,
)
SAID: Figure[Rated, Rating] = Figure(
    "attendee_ratings",
    "What attendees said",
    "How people who attended rated each version of a course, 0 to 10.",
    "the sum of their ratings",
    "how many rated",
    "Anonymous answers, read once a session's form is closed, in groups of at least 5; smaller "
    "sessions of one version are put together.",
    Rating,
    lambda rated: Rating(round(rated.mean * rated.answers), rated.answers, 0, 0),
)

REVIEW_FIGURES: tuple[Figure[Counts, Any], ...] = (
    COVERAGE, IN_PERSON, REMOTE_ONLY, ASSIGNED, MISSED, IMPACT_TEAM, RESPONSE_TEAM,
    IMPACT_QUALITY, RESPONSE_QUALITY, RESPONSE_LXR,
    SUPPORT_IN_TRAINING, SUPPORT_ON_VISIT, SUPPORT_AFTER_VISIT,
)  # fmt: skip
"""Counted of reviews: over a period, and by month, directorate and setting."""

MONTHLY_FIGURES = (*REVIEW_FIGURES, *MISSED_BY_REASON)
"""What is kept of each month and directorate."""

PEOPLE_FIGURES: tuple[Figure[People, Any], ...] = (TRAINED, STILL_HERE, ACTIVATION)
"""Counted of people: as at a day, over everything before, in the whole programme."""

TRAINING_FIGURES: tuple[Figure[Any, Any], ...] = (
    ATTENDEES, TRAINED_OVER_TIME, NO_SHOWS, CO_FACILITATED, FIRST_VISIT, STEPS_TAKEN, SAID,
)  # fmt: skip

FIGURES: tuple[Figure[Any, Any], ...] = (*REVIEW_FIGURES, *PEOPLE_FIGURES, ATTENDEES)
