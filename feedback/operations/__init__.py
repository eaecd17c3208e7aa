"""What people do with feedback. Each is one transaction with its audit event."""

from feedback.kinds import PURPOSE, REMINDER, REQUEST
from feedback.operations.answering import (
    Given,
    answer_by_link,
    answer_own,
    change_permission,
    record_answer,
)
from feedback.operations.asking import (
    ask,
    open_link,
    remind,
    send_again,
    send_all_again,
)
from feedback.operations.concerns import say_in_touch
from feedback.operations.ending import decline, forget_nonces, revoke, revoke_all, undo_decline
from feedback.operations.quotes import (
    Reading,
    approve_quote,
    read_remark,
    save_theme,
    withdraw_quote,
)
from feedback.operations.versions import (
    Wording,
    add_question,
    discard_version,
    move_question,
    publish_version,
    remove_question,
    reword,
    start_version,
)

__all__ = [
    "PURPOSE",
    "REMINDER",
    "REQUEST",
    "Given",
    "Reading",
    "Wording",
    "add_question",
    "answer_by_link",
    "answer_own",
    "approve_quote",
    "ask",
    "change_permission",
    "decline",
    "discard_version",
    "forget_nonces",
    "move_question",
    "open_link",
    "publish_version",
    "read_remark",
    "record_answer",
    "remind",
    "remove_question",
    "revoke",
    "revoke_all",
    "reword",
    "save_theme",
    "say_in_touch",
    "send_again",
    "send_all_again",
    "start_version",
    "undo_decline",
    "withdraw_quote",
]
