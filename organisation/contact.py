"""How to reach people of the trust: the address that a message to them goes to."""

from dataclasses import dataclass

from organisation.models import ServiceContact, StaffMember, TrustSettings


@dataclass(frozen=True)
class Addressee:
    """Whom a message is for and how it reaches them.

    ``kind`` is one of ``notifications.models.Message.Recipient``, ``channel`` one of
    ``notifications.models.Channel``; they are plain text here because this floor lies below.
    ``note`` says why it is not the way the person likes, for those who send.
    """

    kind: str
    id: int
    name: str
    channel: str
    address: str
    note: str = ""


def addressee(person: ServiceContact | StaffMember) -> Addressee:
    """The contact's or staff member's email; without one, a call that a coordinator makes."""
    kind = "contact" if isinstance(person, ServiceContact) else "staff"
    channel = "email" if person.email else "phone"
    return Addressee(kind, person.pk, person.name, channel, person.email)


def mailbox_of(trust: TrustSettings) -> Addressee:
    """The team's own mailbox."""
    return Addressee("team", trust.pk, trust.team_name, "email", trust.mailbox)
