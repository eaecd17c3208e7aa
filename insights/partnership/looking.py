"""A look at trusts side by side: of which months, of which kind of service."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from insights.looking import Look
from insights.partnership import presenting, queries
from insights.partnership.content import Content
from insights.partnership.forms import CompareForm
from insights.partnership.own import own_content
from insights.partnership.presenting import Found, ShownFunnel
from insights.partnership.queries import Span


class CompareLook(Look):
    """What a partner's file never said is not here, whoever looks."""

    @cached_property
    def spans(self) -> list[Span]:
        """The months of which partners sent figures."""
        return queries.spans()

    @cached_property
    def compare_form(self) -> CompareForm:
        """What was asked for. There has to be a file at least: see ``spans``."""
        return CompareForm(self._asked, spans=self.spans)

    @cached_property
    def own(self) -> Content:
        """This trust's figures of those months."""
        span = self.compare_form.span
        return own_content(span.since, span.until, today=self.today, now=timezone.now())

    @cached_property
    def found(self) -> Found:
        """The other trusts' figures."""
        return queries.contents(self.compare_form.span)

    @property
    def coverage(self) -> ShownFunnel:
        """Coverage of each trust."""
        return presenting.coverage_funnel(self.own, self.found, self.compare_form.chosen_setting)

    @property
    def activation(self) -> ShownFunnel:
        """Trained people who have been on a review, of each trust."""
        return presenting.activation_funnel(self.own, self.found)

    @property
    def _values(self) -> dict[str, Any]:
        form = self.compare_form
        return {"period": form.span.key, "setting": form.chosen_setting}

    @property
    def asked(self) -> list[str]:
        """What is shown, for a file's name."""
        return [value for value in self._values.values() if value] if self.spans else []

    @property
    def address(self) -> str:
        """What a link adds to an address to show the same."""
        return "?" + urlencode({name: value for name, value in self._values.items() if value})
