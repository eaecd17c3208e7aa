"""The demonstration's things to read: three short pieces of guidance, also in large print."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from accounts.models import User
from nhsuk.documents import set_document
from reviewers.models import KeptFile
from reviewers.uploads import Checked
from training.models import Document
from training.operations import library as operations
from training.queries.library import get_document, newest

TEMPLATE = Path(__file__).with_name("guidance.typ")
Format = KeptFile.Format
SIZES = {Format.STANDARD: 14, Format.LARGE_PRINT: 22}
MustRead = Document.MustRead

GUIDANCE = (
    (
        "Guidance for the visit",
        "What happens on the day, and what your part in it is.",
        MustRead.EVERYONE,
        (
            "Meet the visit lead where your invitation says. They stay with you all day.",
            "You talk with people who use the service, and with staff. Look, listen and ask.",
            "You do not have to tell anybody about yourself. You can stop at any time.",
            ("At the end the team sits down together. Say what you saw. It counts as much as "
            "what anybody else saw."),
        ),
    ),
    (
        "On your own",
        "How we keep you safe when you are alone with somebody.",
        MustRead.EVERYONE,
        (
            "Say where you are going, and when you will be back. Keep the door open.",
            "If you do not feel safe, leave. You do not have to explain.",
            "Ring the number on your visit card at any time.",
        ),
    ),
    (
        "If something upsets you",
        "Whom to talk to, on the day and after it.",
        MustRead.TRAINED,
        (
            "A visit can bring back things you have lived through. That is not a weakness.",
            "Tell the visit lead, or go outside for a while. Nobody minds.",
            "We ring you in the days after a visit. You can ring us before that.",
        ),
    ),
)  # fmt: skip


def fill_the_library(*, by: User, now: datetime) -> None:
    """Add the guidance, once."""
    if Document.objects.exists():
        return
    for title, about, must_read, words in GUIDANCE:
        document = operations.add_document(
            details={"title": title, "about": about, "must_read": must_read},
            file=set_guidance(title, words, Format.STANDARD),
            by=by,
            now=now,
        )
        added = get_document(document.pk)
        assert added is not None  # noqa: S101 - just added
        operations.add_format(
            version=newest(added),
            kind=Format.LARGE_PRINT,
            file=set_guidance(title, words, Format.LARGE_PRINT),
            by=by,
            now=now,
        )


def set_guidance(title: str, words: Sequence[str], size: Format) -> Checked:
    """A piece of guidance as a PDF, in letters of this size."""
    content = set_document(TEMPLATE, {"title": title, "words": words, "size": SIZES[size]})
    name = title.lower().replace(" ", "-")
    return Checked(f"{name}-{size.value.replace(' ', '-')}.pdf", "pdf", content)
