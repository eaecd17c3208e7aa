"""The kinds of long work there are. Each app registers its own in ``APP/work.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jobs.models import Job

Progress = Callable[[int, str], None]
Work = Callable[[Job, bytes | None, Progress], dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A kind of long work.

    ``work`` takes the job, its file and a way to report progress (per cent, step) and returns the
    result, which JSON can hold. ``done_url`` says where the person goes from a finished job,
    ``back_url`` from one that could not be done; without it, home.
    """

    name: str
    work: Work
    done_url: Callable[[Job], str]
    title: str
    back_url: Callable[[Job], str] | None = None


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    work: Work,
    done_url: Callable[[Job], str],
    *,
    title: str = "Your request",
    back_url: Callable[[Job], str] | None = None,
) -> None:
    """Make a kind of work known. ``title`` heads the page that shows its progress."""
    if kind in _kinds and _kinds[kind].work is not work:
        message = f"There are two kinds of work called {kind}."
        raise ValueError(message)
    _kinds[kind] = Kind(kind, work, done_url, title, back_url)


def kind_of(job: Job) -> Kind:
    """The kind of this job. Raises LookupError when no app registered it."""
    return _kinds[job.kind]
