"""Which single step of the checks team would make a person fit a visit. Pure, in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checks.in_bulk import Certificate, Need, Rung, Standing, do_for
from organisation.models import DBSLevel


class Kind(StrEnum):
    """What would have to happen."""

    CERTIFICATE = "certificate"
    DECISION = "decision"
    CLEARANCE = "clearance"


@dataclass(frozen=True)
class Step:
    """``level`` and ``workforce`` of a certificate; ``site`` of a clearance."""

    kind: Kind
    level: str = ""
    workforce: str = ""
    site: int = 0


def steps_to(standing: Standing, need: Need, blocks_from: date | None) -> Iterator[Step]:
    """The step that alone would make this standing fit the need; none where two are missing.

    A decision against somebody, a condition in force and a site's "not for now" are decisions, not
    steps: nothing is proposed there.
    """
    if standing.is_kept_from(need):
        return
    counting = standing.counting(need.on, blocks_from)
    undecided = standing.undecided(need.on)
    is_checked = do_for(counting, need.level, need.workforce)
    is_let_in = standing.is_let_in(need)
    if is_checked and not undecided and not is_let_in:
        if need.site is not None and standing.rung_at(need.site) in {"", Rung.IN_PROGRESS}:
            yield Step(Kind.CLEARANCE, site=need.site)
    elif not undecided and not is_checked and is_let_in:
        yield Step(Kind.CERTIFICATE, level=need.level, workforce=need.workforce)
    elif len(undecided) == 1 and is_let_in and _would_do(undecided[0], counting, need, blocks_from):
        yield Step(Kind.DECISION)


def _would_do(
    waiting: Certificate, counting: list[Certificate], need: Need, blocks_from: date | None
) -> bool:
    """Whether an approval of this certificate, which is being decided on, would be enough."""
    if not waiting.is_being_decided:
        return False
    blocks = blocks_from is not None and need.on >= blocks_from
    is_overdue = blocks and waiting.due_on is not None and waiting.due_on < need.on
    would_count = [] if waiting.is_changed or is_overdue else [waiting]
    return do_for([*counting, *would_count], need.level, need.workforce)


def opens_too(step: Step, standing: Standing, need: Need, blocks_from: date | None) -> bool:
    """Whether a certificate asked for by one visit would do for another as well."""
    if step.kind != Kind.CERTIFICATE:
        return False
    counting = standing.counting(need.on, blocks_from)
    new = Certificate(step.level, step.workforce, is_allowed=True)
    return do_for([*counting, new], need.level, need.workforce)


def strongest(
    standing: Standing, needs: Sequence[Need], blocks_from: date | None
) -> list[tuple[Step, list[int]]]:
    """The steps that would make this standing fit one of the needs, each with those it opens.

    Of certificates those are left out that another one here would do for as well.
    """
    asked = [next(steps_to(standing, need, blocks_from), None) for need in needs]
    chosen = sorted(
        {step for step in asked if step is not None},
        key=lambda step: (step.kind, -rank(step), step.workforce, step.site),
    )
    kept: list[tuple[Step, list[int]]] = []
    for step in chosen:
        opens = [
            index
            for index, each in enumerate(asked)
            if each is not None
            and (
                each == step
                or (each.kind == step.kind and opens_too(step, standing, needs[index], blocks_from))
            )
        ]
        own = {index for index in opens if asked[index] == step}
        if not any(other.kind == step.kind and own <= set(at) for other, at in kept):
            kept.append((step, opens))
    return kept


def rank(step: Step) -> int:
    """The place of a certificate's level among all, 0 for the lowest."""
    return list(DBSLevel.values).index(step.level) if step.level else 0
