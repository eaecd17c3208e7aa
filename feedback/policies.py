"""When feedback may be given. Pure: no clock, no SQL."""

from feedback.models import Answer, Asking
from rules import RuleBroken


def check_can_answer(asking: Asking) -> None:
    """An answer to an asking that is still open. Raises RuleBroken."""
    if asking.answered_on is not None:
        message = "We already have this feedback. Thank you."
        raise RuleBroken(message)


def check_can_quote(answer: Answer) -> None:
    """Approving the words as a quote. Raises RuleBroken."""
    if not answer.comment:
        message = "There are no words to quote."
        raise RuleBroken(message)
    if not answer.may_quote:
        message = "The person did not say that we may quote these words."
        raise RuleBroken(message)
