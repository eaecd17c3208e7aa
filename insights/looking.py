"""What somebody looks at: which reviews, of which months, and what of it they may see.

Pages and files are made from the same look, so that a file holds what its page shows.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from accounts.models import User
from feedback.filters import CountForm
from feedback.reading_queries import themes_with_counts
from insights import change, queries
from insights.counting import Question, Spread, count_sites
from insights.figures import PEOPLE_FIGURES, AnyFigure
from insights.forms import AsAtForm, ChangeForm, FiguresForm, ReportedForm
from insights.funnel import count_funnel
from insights.people import People
from insights.periods import Period, last_months, shortcuts
from insights.presenting.charted import Chart
from insights.presenting.funnel import Funnel
from insights.presenting.impact import (
    SOURCES,
    directorates_table,
    impact_chart,
    stepped_impact_chart,
)
from insights.presenting.ratings import ratings_chart
from insights.presenting.reasons import Missed
from insights.presenting.responses import RESPONSES, Response, response
from insights.queries import ALL, Chosen, Figures, stored_in
from insights.reported import Reported, figures_for, reported
from insights.responses import asked_by_directorate
from insights.steps import Step, steps_of, within
from insights.stored import spreads
from insights.tables import Table
from organisation.models import Directorate


class Look:
    """One person's look at the figures. What is not asked for is not read."""

    def __init__(self, user: User, asked: QueryDict, today: date) -> None:
        self.today = today
        self.hides_small = not queries.sees_small_numbers(user)
        self._asked = asked

    @cached_property
    def directorates(self) -> list[Directorate]:
        """All that there are."""
        return queries.directorates()

    @cached_property
    def months(self) -> list[date]:
        """All that may be chosen. What has changed is counted again before."""
        return queries.months_to_choose(self.today)

    @cached_property
    def form(self) -> FiguresForm:
        """What was asked for, and what else there is."""
        return FiguresForm(self._asked, **self._offered)

    @property
    def _offered(self) -> dict[str, Any]:
        return {
            "default": last_months(12, self.today),
            "months": self.months,
            "directorates": self.directorates,
            "today": self.today,
        }

    @property
    def period(self) -> Period:
        """The months asked for."""
        return self.form.period

    @property
    def chosen(self) -> Chosen:
        """The reviews asked for."""
        return self.form.chosen

    @property
    def words(self) -> str:
        """What is asked for in words."""
        return ", ".join(filter(None, (str(self.period), self.chosen.words)))

    @property
    def asked(self) -> list[str]:
        """The values asked for, all of them on offer, for a file's name."""
        return self.form.asked_values if self._asked else []

    @property
    def address(self) -> str:
        """What a link adds to an address to show the same."""
        return self.form.address_of()

    @property
    def shortcuts(self) -> list[tuple[str, str]]:
        """Periods that people ask for, and what their links add."""
        return [
            (name, self.form.address_of(period))
            for name, period in shortcuts(self.today, self.months[0])
        ]

    @cached_property
    def figures(self) -> Figures:
        """Counts of the reviews asked for."""
        return queries.read_figures(self.period, self.directorates, self.chosen)

    @cached_property
    def missed(self) -> Missed:
        """Why no LXR took part, as this user may read it."""
        return Missed(self.figures, names_checks=not self.hides_small)

    @cached_property
    def missed_by_site(self) -> Table:
        """The same of each secure and prison site."""
        return self.missed.by_site(count_sites(self.period, self.chosen.directorate))

    @cached_property
    def spreads(self) -> dict[str, Spread]:
        """How many gave each rating to each question.

        Where small numbers are hidden, over the whole programme so far: two periods' ratings, or
        two directorates', would give away the difference.
        """
        if self.hides_small:
            return spreads()
        return spreads(stored_in(self.period) & self.chosen.condition)

    def ratings(self, question: Question) -> Chart:
        """How many gave each rating to that question."""
        return ratings_chart(question, self.spreads, hides_small=self.hides_small)

    @cached_property
    def impact(self) -> Chart:
        """The mean of what the reviewed services and the quality team think."""
        if not self.hides_small:
            return impact_chart(self.figures.overall)
        steps: dict[AnyFigure, list[Step]] = {figure: [] for figure in SOURCES}
        if self.chosen == ALL:
            by_month = queries.counts_by_month_so_far(self.today)
            steps = {each: within(steps_of(each, by_month), self.period) for each in SOURCES}
        return stepped_impact_chart(self.figures.overall, steps)

    @property
    def impact_by_directorate(self) -> Table | None:
        """The same of each directorate; None where small numbers are hidden: see ``steps``."""
        return None if self.hides_small else directorates_table(self.figures)

    @cached_property
    def responses(self) -> list[Response]:
        """Who answers, of each audience."""
        asked = asked_by_directorate(self.period, self.chosen.setting)
        return [response(audience, self.figures, asked) for audience in RESPONSES]

    @cached_property
    def funnel(self) -> Funnel:
        """From an enquiry to a first review, as at today."""
        return Funnel(count_funnel(self.today), self.hides_small)

    @property
    def people_as_at(self) -> date:
        """The day that people are counted at.

        Two days' numbers of people would give away the difference, so an observer sees one day's.
        """
        return self.today if self.hides_small else self.period.until

    @cached_property
    def people(self) -> People:
        """Trained, still here, been on a review."""
        return queries.people_as_at(self.people_as_at)

    @cached_property
    def hidden_sessions(self) -> set[int]:
        """Sessions whose attendees this user may not see."""
        return queries.hidden_session_ids(self.people_as_at) if self.hides_small else set()


class ChangeLook(Look):
    """A look at whether coverage has moved by more than chance."""

    @cached_property
    def form(self) -> ChangeForm:
        """What was asked for, and what else there is."""
        offered = {**self._offered, "default": last_months(change.MOST_SHOWN, self.today)}
        return ChangeForm(self._asked, **offered)

    @cached_property
    def misses(self) -> change.Misses:
        """Covered reviews between misses, of all time."""
        return change.misses(self.today, self.chosen)

    @cached_property
    def monthly(self) -> change.Monthly:
        """Coverage month by month."""
        return change.monthly(queries.coverage_by_month(self.period, self.chosen))


class ReportedLook(Look):
    """A look at one figure as it was first reported."""

    @cached_property
    def form(self) -> ReportedForm:
        """What was asked for, and what else there is."""
        figures = figures_for(hides_small=self.hides_small)
        return ReportedForm(self._asked, figures=figures, **self._offered)

    @property
    def figure(self) -> AnyFigure:
        """The figure asked for."""
        return self.form.chosen_figure

    @property
    def directorate(self) -> Directorate | None:
        """Of which reviews; people are of no directorate."""
        return None if self.figure in PEOPLE_FIGURES else self.chosen.directorate

    @cached_property
    def rows(self) -> list[Reported]:
        """Every month that is kept."""
        return reported(self.figure, self.period, self.directorate)


class ThemesLook(Look):
    """A look at what comments are about."""

    @cached_property
    def rows(self) -> Iterable[Any]:
        """Every theme, with how many of the comments asked for have it."""
        return themes_with_counts(**self._count.chosen)

    @cached_property
    def _count(self) -> CountForm:
        return CountForm(self._asked)

    @property
    def asked(self) -> list[str]:
        """The values asked for, for a file's name."""
        return [str(value) for value in self._count.chosen.values() if value]


class TrainingLook(Look):
    """A look at the figures about training, as at a day."""

    @cached_property
    def day_form(self) -> AsAtForm | None:
        """The day asked for. An observer is not asked: see ``people_as_at``."""
        return None if self.hides_small else AsAtForm(self._asked, today=self.today)

    @property
    def _day(self) -> date | None:
        return self.day_form.chosen if self.day_form else None

    @property
    def as_at(self) -> date:
        """The day that training is counted at."""
        return self._day or self.today

    @property
    def people_as_at(self) -> date:
        """The same where a day was asked for."""
        return self._day or super().people_as_at

    @property
    def asked(self) -> list[str]:
        """The day asked for, or what any look is asked, for a file's name."""
        return [self._day.isoformat()] if self._day else super().asked

    @property
    def address(self) -> str:
        """What a link adds to an address to show the same day."""
        day = self._day
        parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
        named = {f"as_at_{name}": number for name, number in parts.items()}
        return "?" + urlencode(named) if named else ""
