"""What each figure means: one definition, said to people and held to by the counting.

The counting of coverage and impact stands in ``counting.py``, that of people in ``people.py``.
Change a rule there, and its ``version`` here: snapshots carry the version they were counted by.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure: its name and sentence on pages, what is counted of what, and by which rule."""

    key: str
    name: str
    sentence: str
    numerator: str
    denominator: str
    rule: str
    version: int = 1
    is_about_people: bool = False  # small numbers are hidden from observers


COVERAGE = Figure(
    "coverage",
    "Coverage",
    "Completed reviews at which at least one Lived Experience Reviewer took part.",
    "completed reviews at which at least one LXR attended, in person or remotely",
    "completed reviews",
    "By visit date. Shadows do not count. Cancelled reviews count nowhere; a postponed review "
    "counts at its new date.",
)
ASSIGNED = Figure(
    "assigned_coverage",
    "Assigned coverage",
    "Completed reviews for which at least one Lived Experience Reviewer had said yes.",
    "completed reviews on which at least one LXR had accepted",
    "completed reviews",
    "By visit date. The difference to coverage is people who said yes and could not be there.",
)
TRAINED = Figure(
    "trained",
    "Trained",
    "People who have been trained as Lived Experience Reviewers.",
    "people who attended a workshop or staff training",
    "",
    "Everything up to the day. A pilot or a refresher makes nobody trained. People who left count.",
    is_about_people=True,
)
STILL_HERE = Figure(
    "trained_and_still_here",
    "Trained and still here",
    "Trained people who have not left the programme.",
    "trained people who have not left",
    "all trained people",
    "As at the day. People who paused are still here.",
    is_about_people=True,
)
ACTIVATION = Figure(
    "activation",
    "Trained and been on a review",
    "Trained people who have been on at least one review since their training.",
    "trained people who attended a completed review after the day they were trained",
    "all trained people",
    "Everything up to the day. A review on the training day itself does not count. People who "
    "left count.",
    is_about_people=True,
)
ATTENDEES = Figure(
    "attendees_per_session",
    "Attendees per session",
    "How many people attended each training session.",
    "places with the outcome “attended”",
    "",
    "Every session held up to the day, also those that nobody attended.",
    is_about_people=True,
)
IMPACT_TEAM = Figure(
    "impact_team",
    "Impact: reviewed services",
    "The difference LXRs made, rated 0 to 10 by the services that were reviewed.",
    "the sum of their ratings",
    "how many rated",
    "By the review's visit date. Response rate: answers received of those asked for; imported "
    "answers count as asked.",
)
IMPACT_QUALITY = Figure(
    "impact_quality",
    "Impact: quality team",
    "The difference LXRs made, rated 0 to 10 by the quality team.",
    "the sum of their ratings",
    "how many rated",
    IMPACT_TEAM.rule,
)

TRAINED_OVER_TIME = Figure(
    "trained_over_time",
    "Trained over time",
    "How many people had been trained by each day.",
    "people whose first workshop or staff training was on or before the day",
    "",
    TRAINED.rule,
    is_about_people=True,
)
NO_SHOWS = Figure(
    "no_shows",
    "Did not attend",
    "Places at training sessions to which nobody came.",
    "places with the outcome “did not attend”",
    "places with the outcome “attended” or “did not attend”",
    "Sessions held up to the day. Places cancelled before do not count.",
    is_about_people=True,
)
CO_FACILITATED = Figure(
    "co_facilitated",
    "Led together",
    "Training sessions that a Lived Experience Reviewer helped to lead.",
    "sessions with at least one LXR among those who led",
    "sessions held",
    "Every session up to the day, cancelled ones left out.",
)
FIRST_VISIT = Figure(
    "days_to_first_visit",
    "Days to a first visit",
    "The number of days by which half of trained people had been on a first visit.",
    "days from the day trained to the first review attended after it",
    "",
    "Everybody trained counts. People who still wait, and people who left before a visit, count as "
    "waiting for as long as they were here (Kaplan and Meier’s method). Where fewer than half have "
    "been on a visit there is no such number yet.",
    is_about_people=True,
)

SAID = Figure(
    "attendee_ratings",
    "What attendees said",
    "How people who attended rated each version of a course, 0 to 10.",
    "the sum of their ratings",
    "how many rated",
    "Anonymous answers, read once a session's form is closed, in groups of at least 5; smaller "
    "sessions of one version are put together.",
)

TRAINING_FIGURES: tuple[Figure, ...] = (
    ATTENDEES, TRAINED_OVER_TIME, NO_SHOWS, CO_FACILITATED, FIRST_VISIT, SAID,
)  # fmt: skip

FIGURES: tuple[Figure, ...] = (
    COVERAGE, ASSIGNED, ACTIVATION, TRAINED, STILL_HERE, ATTENDEES, IMPACT_TEAM, IMPACT_QUALITY,
)  # fmt: skip
