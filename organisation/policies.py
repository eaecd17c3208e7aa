"""What may be said of roles and sites. Pure: no clock, no SQL."""

from organisation.models import DBSLevel
from rules import RuleBroken


def check_level_has_its_reason(level: str, *, is_regulated_activity: bool) -> None:
    """Raise RuleBroken for a check of the barred lists where the law does not allow it."""
    if level == DBSLevel.BARRED and not is_regulated_activity:
        message = (
            "A check may look at the barred lists only for regulated activity. Choose another"
            " level, or tick that this is regulated activity."
        )
        raise RuleBroken(message)


def check_escort_is_arranged(*, takes_escorted: bool, arranged_by: str) -> None:
    """Raise RuleBroken for a site that takes escorted visits when nobody arranges the escort."""
    if takes_escorted and not arranged_by.strip():
        message = "Enter who arranges the escort"
        raise RuleBroken(message)
