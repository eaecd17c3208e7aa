"""When the library may be written to, and when something counts as read. Pure."""

from datetime import date

from reviewers.models import Reviewer, Stage
from rules import RuleBroken
from training.models import Document, DocumentVersion

# Checks and training run in parallel: who is trained may still be at the stage of checks.
READERS = frozenset({Stage.CHECKS, Stage.TRAINING, Stage.ACTIVE, Stage.PAUSED})


def check_in_use(document: Document) -> None:
    """A document that is not withdrawn. Raises RuleBroken."""
    if document.is_withdrawn:
        message = "This document is withdrawn. Put it back first."
        raise RuleBroken(message)


def check_can_read(version: DocumentVersion, newest: DocumentVersion) -> None:
    """Saying that the newest version was read. Raises RuleBroken."""
    if version.pk != newest.pk:
        message = "There is a newer version by now. Please read that one."
        raise RuleBroken(message)


def check_reader(reviewer: Reviewer, read_on: date, *, today: date) -> None:
    """A person of the programme, on a day that has come. Raises RuleBroken."""
    if reviewer.stage == Stage.LEFT:
        message = f"{reviewer} has left the programme."
        raise RuleBroken(message)
    if read_on > today:
        message = "Enter today or an earlier day."
        raise RuleBroken(message)
