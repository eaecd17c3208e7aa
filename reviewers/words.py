"""What people are told about being in the programme."""

from datetime import datetime

from notifications.operations import queue
from notifications.words import letter
from reviewers.contact import addressee
from reviewers.models import Reviewer

CAN_SIGN_IN = "can-sign-in"


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
