"""Other trusts' portals, for the tests: each with a key, writing files of figures."""

import json
from datetime import date, timedelta
from typing import Any

from insights.numbers import Share
from insights.partnership import files, signing
from insights.partnership.content import SETTINGS, Content
from tests.factories import NOW, TODAY

SINCE, UNTIL = date(2025, 6, 1), date(2026, 5, 1)


def settings(*shares: tuple[int, int]) -> dict[str, Share]:
    """Shares of the settings in their order; nothing for those that are not given."""
    given = [Share(*share) for share in shares] + [Share(0, 0)] * (len(SETTINGS) - len(shares))
    return dict(zip(SETTINGS, given, strict=True))


def content(**given: Any) -> Content:
    """What a trust says: 17 of 21 reviews covered, 15 of 36 trained people on a review."""
    return Content(
        **{
            "since": SINCE,
            "until": UNTIL,
            "as_at": TODAY,
            "written_at": NOW - timedelta(minutes=1),
            "by_setting": settings((15, 15), (2, 3), (0, 1), (0, 2)),
            "activation": Share(15, 36),
            **given,
        }
    )


class OtherPortal:
    """A portal of another trust."""

    def __init__(self) -> None:
        self.private_key = signing.new_private_key()
        self.public_key = signing.public_key_of(self.private_key)

    def file(self, **given: Any) -> bytes:
        """The file that it writes."""
        return files.write(content(**given), self.private_key)

    def signed(self, said: dict[str, Any]) -> bytes:
        """A file that says anything at all, and is signed."""
        signature = signing.sign(said, self.private_key)
        return json.dumps({**said, "signature": signature}).encode()

    def said(self, **given: Any) -> dict[str, Any]:
        """What its file says, without the signature."""
        found: dict[str, Any] = json.loads(self.file(**given))
        del found["signature"]
        return found
