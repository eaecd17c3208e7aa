"""When feedback may be given, quoted and asked about. Pure: no clock, no SQL."""

from collections.abc import Collection

from feedback.models import Asking, FeedbackForm, FormQuestion, Remark
from nhsuk import guard
from nhsuk.words import in_words
from rules import RuleBroken

WE_HAVE_IT = "We already have this feedback. Thank you."
QUESTIONS = 20  # of a version, at most


def check_can_answer(asking: Asking) -> None:
    """An answer to an asking. Raises RuleBroken for one that was answered, or ended otherwise."""
    if asking.state == Asking.State.ANSWERED:
        raise RuleBroken(WE_HAVE_IT)


def check_can_quote(remark: Remark, words: str) -> None:
    """Approving these words as a quote. Raises RuleBroken.

    What looks like a name is marked and may be right: the name of a ward. The rest never is.
    """
    telling = [kind for kind in guard.find(words) if "name" not in kind]
    if telling:
        message = f"These words still hold {in_words(telling)}. Take that out first."
        raise RuleBroken(message)
    if not remark.answer.may_quote:
        message = "The person did not say that we may quote these words."
        raise RuleBroken(message)


def check_is_draft(form: FeedbackForm) -> None:
    """Changing what a version asks. Raises RuleBroken once it is published."""
    if not form.is_draft:
        message = "This version is in use, so it cannot change. Make a new version."
        raise RuleBroken(message)


def check_can_remove(question: FormQuestion) -> None:
    """Taking a question out of a draft. Raises RuleBroken for one that figures are counted from."""
    if question.is_fixed:
        message = "Our figures need this question, so it stays. You can change its words."
        raise RuleBroken(message)


def check_can_add(questions: Collection[FormQuestion]) -> None:
    """One more question. Raises RuleBroken where people would have too many to answer."""
    if len(questions) >= QUESTIONS:
        message = f"A form has {QUESTIONS} questions at most. Remove one first."
        raise RuleBroken(message)
