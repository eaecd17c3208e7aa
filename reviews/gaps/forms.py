"""Which reviews the board shows, and how many people one press asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.urls import reverse
from django.utils.http import urlencode

from nhsuk import forms as nhs
from nhsuk.converters import can_be_id
from reviews.gaps.queries import MOST_TO_ASK

WINDOWS = {120: "120 days", 365: "12 months"}
USUAL = 120


@dataclass(frozen=True)
class Where:
    """How many days ahead the board looks, and which page of each of its tables is open."""

    days: int = USUAL
    secure: int = 1
    others: int = 1

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> Self:
        """As an address or a form says it; the usual for nonsense."""

        def number(name: str) -> int:
            value = str(sent.get(name, ""))
            return int(value) if can_be_id(value) else 0

        days = number("days")
        return cls(
            days if days in WINDOWS else USUAL,
            number("secure") or 1,
            number("others") or 1,
        )

    @property
    def words(self) -> str:
        """How far ahead, as the page says it."""
        return WINDOWS[self.days]

    @property
    def url(self) -> str:
        """The board, as it was."""
        asked = {"days": self.days, "secure": self.secure, "others": self.others}
        return f"{reverse('reviews:gaps')}?{urlencode(asked)}"


class AskForm(nhs.Form):
    """How many people to ask; ``waiting``: how many were asked already when the page was made."""

    how_many = forms.IntegerField(min_value=1, max_value=MOST_TO_ASK)
    waiting = forms.IntegerField(min_value=0, max_value=1_000)
