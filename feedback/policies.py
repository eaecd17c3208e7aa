"""When feedback may be given, quoted and asked about. Pure: no clock, no SQL."""

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta

from django.utils.timezone import get_default_timezone, localdate

from feedback.asks_for_help import asks_for_help
from feedback.models import Answer, Asking, Audience, FeedbackForm, FormQuestion, Remark
from nhsuk import guard
from nhsuk.words import in_words
from reviews.year.clashes import bank_holiday
from rules import RuleBroken

WE_HAVE_IT = "We already have this feedback. Thank you."
ONLY_TOGETHER = (
    "An answer has come from one of those we asked about this visit. So that nobody can tell whose "
    "it is, links are closed and sent again for all of them together."
)
NOW_ALONE = (
    "Since you opened this page, you have become the only one we asked who can still answer. "
    "Please read what it says above about who will know. If that is all right, send it again."
)
QUESTIONS = 20  # of a version, at most
LOW = 4  # of 10: support rated so or lower is something to talk about
MORNING = time(9)
FRIDAY = 4


def check_can_answer(asking: Asking) -> None:
    """An answer to an asking. Raises RuleBroken for one that was answered."""
    if asking.state == Asking.State.ANSWERED:
        raise RuleBroken(WE_HAVE_IT)


def check_can_answer_by_link(asking: Asking) -> None:
    """An answer by a link. Raises RuleBroken for one that was closed in this moment."""
    check_can_answer(asking)
    if asking.state != Asking.State.OPEN:
        message = "This link cannot be used any more. Please ring us."
        raise RuleBroken(message)


def check_was_told(*, is_alone: bool, told_alone: bool) -> None:
    """An answer that will be known to be somebody's. Raises RuleBroken if the form did not say."""
    if is_alone and not told_alone:
        raise RuleBroken(NOW_ALONE)


def check_can_receive(*, received: int, asked: int) -> None:
    """One more answer of those who were asked alike. Raises RuleBroken once as many have come.

    It does not matter who of them answers: refused or not, it says of nobody that they have.
    """
    if received >= asked:
        raise RuleBroken(WE_HAVE_IT)


def check_one_by_one(asking: Asking, *, unsettled: int) -> None:
    """Doing something with one person's link alone. Raises RuleBroken once an answer has come.

    ``unsettled``: how many answers there are of which nobody knows who of several gave them. What
    comes after one link was closed or sent again would tell.
    """
    if asking.state == Asking.State.OPEN and unsettled:
        raise RuleBroken(ONLY_TOGETHER)


def check_can_send(asking: Asking) -> None:
    """Writing to somebody once more. Raises RuleBroken for who answered, or does not want to.

    Nobody gets another link who may have answered by one that is closed.
    """
    check_can_answer(asking)
    if asking.state == Asking.State.DECLINED:
        message = "They do not want to answer, so nothing is sent."
        raise RuleBroken(message)
    if asking.may_have_answered:
        message = (
            "The links of this visit were closed after an answer had come that may be theirs, so "
            "they get no other one. They can still tell us by phone or on paper."
        )
        raise RuleBroken(message)


def check_any_to_send(askings: Collection[Asking]) -> None:
    """Writing to everybody asked alike. Raises RuleBroken where no link could be sent again."""
    if not askings:
        message = "These links have ended. People can still tell us by phone or on paper."
        raise RuleBroken(message)


def check_can_revoke(asking: Asking) -> None:
    """Taking a link back. Raises RuleBroken where there is none that could open something."""
    check_can_answer(asking)
    if asking.audience == Audience.LXR:
        message = "Lived Experience Reviewers answer signed in, so there is no link."
        raise RuleBroken(message)


def is_worrying(answer: Answer, remarks: Iterable[str]) -> tuple[bool, bool]:
    """Whether an LXR rated support low, and whether their words ask for help."""
    support = (answer.support_in_training, answer.support_on_visit, answer.support_after_visit)
    is_low = any(each is not None and each <= LOW for each in support)
    return is_low, any(asks_for_help(each) for each in remarks)


def next_working_morning(moment: datetime) -> datetime:
    """The next morning after that on which people work: no weekend, no bank holiday in England."""
    day = localdate(moment) + timedelta(days=1)
    while day.weekday() > FRIDAY or bank_holiday(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, get_default_timezone())


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
