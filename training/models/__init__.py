"""Training and the co-production behind it."""

from training.models.courses import Course, CourseVersion
from training.models.cycles import Cycle, CycleNote
from training.models.library import Document, DocumentFile, DocumentVersion, Reading
from training.models.questions import (
    FocusGroup,
    Framework,
    KeyQuestion,
    ProposedQuestion,
    QuestionSet,
    SetQuestion,
    Statement,
)
from training.models.said import RoomLink, Said
from training.models.sessions import Place, Session

__all__ = [
    "Course",
    "CourseVersion",
    "Cycle",
    "CycleNote",
    "Document",
    "DocumentFile",
    "DocumentVersion",
    "FocusGroup",
    "Framework",
    "KeyQuestion",
    "Place",
    "ProposedQuestion",
    "QuestionSet",
    "Reading",
    "RoomLink",
    "Said",
    "Session",
    "SetQuestion",
    "Statement",
]
