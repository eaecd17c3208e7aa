"""How likely somebody who is asked says yes, keeps to it and comes, and how sure we are of that.

Visits fall into cells: a directorate, its secure and prison services on their own. Each cell has
its own chance; the chances of all cells are alike by an amount that the answers themselves tell
(partial pooling). So a cell with few answers borrows from the whole, and one with many does not.
Source: Gelman and others, Bayesian Data Analysis, third edition, section 5.3: a beta-binomial
hierarchy, worked out over a grid. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import lgamma

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Cell = tuple[int, bool]
"""A directorate's id, and whether the service is one that is harder to reach."""

# Means as Jeffreys' prior spreads them, each as likely; how many answers of its own weigh as much
# as the whole, each doubling as likely.
_MEANS: Numbers = np.sin(np.pi * (np.arange(60) + 0.5) / 120) ** 2
_STRENGTHS: Numbers = np.array([5.0, 10, 20, 40, 80, 160])
_ALPHA: Numbers = np.outer(_MEANS, _STRENGTHS).ravel()
_BETA: Numbers = np.outer(1 - _MEANS, _STRENGTHS).ravel()


@dataclass(frozen=True)
class Tally:
    """So often yes, of so many times. They add up."""

    yes: int = 0
    of: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.yes + other.yes, self.of + other.of)


@dataclass(frozen=True)
class Answers:
    """What came of asking: said yes, of asked; kept to it, of yes; came on the day, of kept.

    Who gave the visit back in time for somebody else to be asked did not keep to it; who gave it
    back later, or was not there, did not come.
    """

    said_yes: Tally = Tally()
    kept: Tally = Tally()
    came: Tally = Tally()

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            self.said_yes + other.said_yes, self.kept + other.kept, self.came + other.came
        )


def total(answers: Mapping[Cell, Answers]) -> Answers:
    """All of them together."""
    return sum(answers.values(), Answers())


@dataclass(frozen=True)
class Chances:
    """For each cell (rows) and each simulated future (columns): that one who is asked says yes and
    keeps to it, and that one who kept to it comes.
    """

    row: Mapping[Cell, int]
    keeps: npt.NDArray[np.float32]
    comes: npt.NDArray[np.float32]

    @property
    def count(self) -> int:
        """How many futures there are."""
        return int(self.keeps.shape[1])

    def asked_and_came(self, cell: Cell) -> Numbers:
        """That one person who is asked comes, in each future."""
        row = self.row[cell]
        found: Numbers = self.keeps[row].astype(np.float64) * self.comes[row]
        return found

    @classmethod
    def certain(cls, cells: Sequence[Cell], *, keeps: float, comes: float, count: int) -> "Chances":
        """The same chances in every cell and future."""
        shape = (len(cells), count)
        return cls(
            {cell: row for row, cell in enumerate(cells)},
            np.full(shape, keeps, dtype=np.float32),
            np.full(shape, comes, dtype=np.float32),
        )


def draw(
    answers: Mapping[Cell, Answers], cells: Sequence[Cell], *, count: int, seed: int
) -> Chances:
    """Chances as the answers allow, for each of ``cells`` and of ``count`` futures.

    Cells that nobody was asked about are as the whole allows, which is wide.
    """
    rng = np.random.default_rng(seed)
    every = sorted({*cells, *answers})
    known = [answers.get(cell, Answers()) for cell in every]
    yes = draw_pooled([each.said_yes for each in known], count=count, rng=rng)
    keeps = draw_pooled([each.kept for each in known], count=count, rng=rng)
    comes = draw_pooled([each.came for each in known], count=count, rng=rng)
    return Chances(
        {cell: row for row, cell in enumerate(every)},
        (yes * keeps).astype(np.float32),
        comes.astype(np.float32),
    )


def draw_pooled(tallies: Sequence[Tally], *, count: int, rng: np.random.Generator) -> Numbers:
    """A chance for each tally (rows), ``count`` times, each time with another pooling."""
    points = rng.choice(len(_ALPHA), size=count, p=_weights(tallies))
    alpha, beta = _ALPHA[points], _BETA[points]
    drawn = [rng.beta(alpha + each.yes, beta + each.of - each.yes) for each in tallies]
    return np.array(drawn, dtype=np.float64).reshape(len(tallies), count)


def share_of_its_own(tallies: Sequence[Tally]) -> list[float]:
    """For each tally, how much of its chance rests on its own answers: 0 none of it, 1 all."""
    weights = _weights(tallies).reshape(len(_MEANS), len(_STRENGTHS)).sum(axis=0)
    return [float((weights * each.of / (each.of + _STRENGTHS)).sum()) for each in tallies]


def _weights(tallies: Sequence[Tally]) -> Numbers:
    """How likely each mean and strength is, given the answers."""
    log_likelihood = np.zeros_like(_ALPHA)
    for each in tallies:
        if each.of:
            log_likelihood += _log_beta(_ALPHA + each.yes, _BETA + each.of - each.yes)
            log_likelihood -= _log_beta(_ALPHA, _BETA)
    weights = np.exp(log_likelihood - log_likelihood.max())
    shares: Numbers = weights / weights.sum()
    return shares


def _log_beta(alpha: Numbers, beta: Numbers) -> Numbers:
    pairs = zip(alpha.tolist(), beta.tolist(), strict=True)
    return np.array([lgamma(a) + lgamma(b) - lgamma(a + b) for a, b in pairs])
