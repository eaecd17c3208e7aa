"""What may be done with a message by hand."""

from notifications.models import Message
from rules import RuleBroken


def check_can_finish(message: Message) -> None:
    """Only a call or letter that waits can be rung or posted."""
    if not message.is_by_hand or message.state != Message.State.WAITING:
        raise RuleBroken("This has been done already, or is not needed any more.")


def check_can_try_again(message: Message) -> None:
    """Only what failed, and still has its words."""
    if message.state != Message.State.FAILED:
        raise RuleBroken("Only a message that could not be sent can be sent again.")
    if not message.body:
        raise RuleBroken("Its words were erased because they were secret. Ask for a new one.")


def may_show_words(message: Message) -> bool:
    """Whether those who send messages may read it: not a colleague's own, and no secret.

    A secret that goes by hand has to be read to be sent.
    """
    if message.recipient_kind == Message.Recipient.USER:
        return False
    return message.is_by_hand or not message.is_secret
