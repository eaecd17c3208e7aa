"""What a coordinator does with a visit's line. Each in one transaction under the visit's lock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from reviewers.models import Reviewer
from reviews import policies as review_policies
from reviews.models import Review, TeamMember
from reviews.operations import keep_asking
from reviews.operations.locks import lock_review
from reviews.operations.next_in_line import ask_first_who_may
from reviews.queries.places import count_lxrs, is_filled
from reviews.waves import policies
from reviews.waves.models import Turn, Wave
from reviews.waves.queries import next_to_propose
from rules import RuleBroken

Waiting = Turn.State.WAITING


@dataclass
class Asked:
    """Who was asked, and why it ended before all were."""

    members: list[TeamMember] = field(default_factory=list)
    why_not: str = ""

    @property
    def people(self) -> list[Reviewer]:
        """The people themselves."""
        return [each.reviewer for each in self.members if each.reviewer is not None]


def _held(pk: int, now: datetime) -> tuple[Review, Wave]:
    """The visit held until the commit, and its line; made if there is none. Raises RuleBroken."""
    review = lock_review(pk)
    review_policies.check_can_ask_anyone(review, now)
    return review, Wave.objects.get_or_create(review=review)[0]


def _append(wave: Wave, people: Sequence[Reviewer], *, by: User, now: datetime) -> list[Turn]:
    """Put people at the end who are not in the line; who was in it before waits again."""
    there = {turn.reviewer_id: turn for turn in wave.turns.all()}
    last = max((turn.place for turn in there.values()), default=0)
    added = []
    for person in people:
        policies.check_is_here(person)
        turn = there.get(person.pk) or Turn(wave=wave, reviewer=person)
        if turn.pk is not None and turn.state == Waiting:
            continue
        last += 1
        turn.place, turn.state = last, Waiting
        turn.save()
        record("put in line", on=turn, by=by, now=now, about=person.pk)
        added.append(turn)
    policies.check_fits_in_line(wave.turns.filter(state=Waiting).count())
    return added


@transaction.atomic
def _put(pk: int, people: Sequence[Reviewer], by: User, now: datetime) -> int:
    _, wave = _held(pk, now)
    return len(_append(wave, people, by=by, now=now))


def add_to_line(*, review: Review, people: Sequence[Reviewer], by: User, now: datetime) -> int:
    """Put these people at the end of the line, in this order; how many were not in it.

    While the line runs, whoever may be asked by now is. Raises RuleBroken.
    """
    added = _put(review.pk, people, by, now)
    keep_asking(review, now=now)
    return added


@transaction.atomic
def _start(pk: int, at_once: int, answer_days: int | None, by: User, now: datetime) -> None:
    _, wave = _held(pk, now)
    policies.check_somebody_waits(wave.turns.filter(state=Waiting).count())
    new = {"at_once": at_once, "answer_days": answer_days, "is_running": True}
    changed = [name for name, value in new.items() if getattr(wave, name) != value]
    for name in changed:
        setattr(wave, name, new[name])
    if changed:
        wave.save(update_fields=changed)
        record("let a line run", on=wave, by=by, now=now, fields=changed)


def start(*, review: Review, at_once: int, answer_days: int | None, by: User, now: datetime) -> int:
    """Ask the people in the line from now on, so many at a time; how many were asked at once.

    Each has so many days to answer, else the trust's. Raises RuleBroken with nobody in the line.
    """
    _start(review.pk, at_once, answer_days, by, now)
    return keep_asking(review, now=now)


@transaction.atomic
def stop(*, review: Review, by: User, now: datetime) -> None:
    """Ask nobody else by itself. Who was asked stays asked; stopping twice is stopping once."""
    review = lock_review(review.pk)
    wave = Wave.objects.filter(review=review, is_running=True).first()
    if wave is not None:
        wave.is_running = False
        wave.save(update_fields=["is_running"])
        record("stopped a line", on=wave, by=by, now=now, fields=["is_running"])


def _turn(turn: Turn, now: datetime) -> Turn:
    """The turn as it is now, its visit held."""
    review, _ = _held(turn.wave.review_id, now)
    return Turn.objects.select_related("wave", "reviewer").get(pk=turn.pk, wave__review=review)


@transaction.atomic
def move(*, turn: Turn, by: User, now: datetime, is_up: bool) -> Turn:
    """Let the person change places with the one before or after. Raises RuleBroken.

    The first stays first and the last stays last.
    """
    turn = _turn(turn, now)
    policies.check_is_in_line(turn)
    line = list(turn.wave.turns.filter(state=Waiting))
    here = next((index for index, each in enumerate(line) if each.pk == turn.pk), None)
    policies.check_is_in_line(turn)
    there = None if here is None else here + (-1 if is_up else 1)
    if here is None or there is None or not 0 <= there < len(line):
        return turn
    line[here], line[there] = line[there], line[here]
    for place, each in enumerate(line, start=1):
        if each.place != place:
            each.place = place
            each.save(update_fields=["place"])
    record("moved in line", on=turn, by=by, now=now, about=turn.reviewer_id, fields=["place"])
    return turn


@transaction.atomic
def take_out(*, turn: Turn, by: User, now: datetime) -> None:
    """Take the person out of the line. Raises RuleBroken once they have been asked."""
    turn = _turn(turn, now)
    policies.check_is_in_line(turn)
    record("taken out of line", on=turn, by=by, now=now, about=turn.reviewer_id)
    turn.delete()


def put_back(*, turn: Turn, by: User, now: datetime) -> None:
    """Let somebody who was passed over wait again, at the end. Raises RuleBroken."""
    policies.check_was_passed_over(turn)
    add_to_line(review=turn.wave.review, people=[turn.reviewer], by=by, now=now)


def ask_next(*, review: Review, how_many: int, waiting: int, by: User, now: datetime) -> Asked:
    """Ask the next ``how_many`` of the line; without a line, those proposed for the visit.

    ``waiting``: how many were asked already as far as whoever presses saw, so that pressing twice,
    or two who press at once, ask once. Each is asked by itself: the rules are asked again before
    the next, as each changes who may go. It ends where nobody is ready any more.
    """
    asked = Asked()
    while len(asked.members) < how_many:
        try:
            member = _ask_one(review.pk, most=waiting + how_many, by=by, now=now)
        except RuleBroken as broken:
            asked.why_not = str(broken)
            break
        if member is None:
            asked.why_not = "Nobody else is ready to go."
            break
        asked.members.append(member)
    return asked


@transaction.atomic
def _ask_one(pk: int, *, most: int, by: User, now: datetime) -> TeamMember | None:
    review, wave = _held(pk, now)
    review_policies.check_has_a_place(review, is_filled=is_filled(review))
    policies.check_was_not_asked_meanwhile(count_lxrs(review), most=most)
    member = ask_first_who_may(review, wave, by=by, now=now)
    if member is None:
        person = next_to_propose(review)
        if person is not None:
            _append(wave, [person], by=by, now=now)
            member = ask_first_who_may(review, wave, by=by, now=now)
    return member
