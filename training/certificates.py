"""Certificates of training: made anew each time they are opened, with the name as it is now."""

from collections.abc import Sequence
from pathlib import Path

from nhsuk.documents import set_document
from nhsuk.words import in_words, nhs_date
from organisation.models import TrustSettings
from training.models import Place, Session

TEMPLATE = Path(__file__).with_name("certificate.typ")


def certificates(places: Sequence[Place], *, trust: TrustSettings) -> bytes:
    """A tagged PDF (PDF/UA-1) with a page for each place.

    Places come with their people, and sessions with version, course and those who led.
    """
    names = in_words([str(place.reviewer) for place in places])
    held = {
        "title": f"Certificate of training: {names}" if len(places) == 1 else "Certificates",
        "team": trust.team_name,
        "certificates": [
            {
                "name": str(place.reviewer),
                "course": _course(place.session),
                "day": nhs_date(place.session.held_on),
                "venue": place.session.venue,
                "led_by": _led_by(place.session),
            }
            for place in places
        ],
    }
    return set_document(TEMPLATE, held)


def _course(session: Session) -> str:
    """The course; the session's own title where nobody said which version it was."""
    return str(session.version.course) if session.version else session.title


def _led_by(session: Session) -> str:
    staff = [str(each) for each in session.staff_facilitators.all()]
    return in_words([*staff, *(str(each) for each in session.co_facilitators.all())])
