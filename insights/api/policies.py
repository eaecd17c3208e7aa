"""How long a token may last."""

from datetime import date

from dateutil.relativedelta import relativedelta

from rules import RuleBroken

USUAL = relativedelta(years=1)
LONGEST = relativedelta(years=2)


def check_last_day(day: date, *, today: date) -> None:
    """A token works until a day to come, two years away at most. Raises RuleBroken."""
    if day <= today:
        raise RuleBroken("The last day must be after today.")
    if day > today + LONGEST:
        raise RuleBroken("The last day must be within two years. You can make another token then.")
