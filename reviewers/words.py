"""What people are told about being in the programme."""

from datetime import datetime

from notifications.operations import queue
from notifications.words import letter
from organisation.models import TrustSettings
from reviewers.contact import addressee
from reviewers.models import Reviewer, RoleDescription
from reviewers.role_descriptions import ON_PAPER

CAN_SIGN_IN = "can-sign-in"
ASKS_TO_SIGN = "Please read and sign the role description"


def tell_can_sign_in(reviewer: Reviewer, *, now: datetime) -> None:
    """Tell the person that they can sign in, and how."""
    queue(
        key=f"{CAN_SIGN_IN}:{reviewer.pk}:{now:%Y%m%d%H%M%S%f}",
        kind=CAN_SIGN_IN,
        to=addressee(reviewer),
        subject="You can now sign in to see your visits",
        body=letter(
            "reviewers/messages/can_sign_in.txt",
            {"name": reviewer.first_name, "email": reviewer.email},
        ),
        about_id=reviewer.pk,
        now=now,
    )


def asked_to_sign(
    reviewer: Reviewer, version: RoleDescription, trust: TrustSettings | None = None
) -> str:
    """What asks the person to read this version of the role description and sign it."""
    is_new_version = reviewer.role_description_signed_on is not None and version.number > ON_PAPER
    return letter(
        "reviewers/messages/role_description.txt",
        {"person": reviewer, "version": version, "is_new_version": is_new_version},
        trust=trust,
    )
