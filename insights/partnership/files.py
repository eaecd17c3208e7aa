"""The file as it travels: readable JSON, with who signed it and the signature."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from insights.partnership import signing
from insights.partnership.content import FORMAT, SCHEMA, CannotBe, Content, as_json, from_json
from rules import RuleBroken

LARGEST = 32 * 1024  # bytes; ours have 1
NOT_OURS = "This is not a file of figures from an LXR Portal."


@dataclass(frozen=True)
class Signed:
    """A file that can be read, and whose signature is not checked yet."""

    signed_by: str
    signature: str
    said: dict[str, Any]

    def check_signature(self) -> None:
        """Raise RuleBroken unless whoever it names has signed exactly this."""
        if not signing.is_signed_by(self.said, self.signature, self.signed_by):
            raise RuleBroken(
                "The signature does not fit. The file was changed after it was signed, or damaged "
                "on the way. Ask the trust to send it again."
            )

    def content(self) -> Content:
        """What it says. Raises RuleBroken for what cannot be; check the signature before."""
        envelope = {"format", "schema", "signed_by"}
        try:
            return from_json({k: v for k, v in self.said.items() if k not in envelope})
        except CannotBe as wrong:
            raise RuleBroken(
                f"The file is signed, but its figures cannot be used. {wrong} Ask the trust to "
                "write it again."
            ) from wrong


def write(content: Content, private_key: bytes) -> bytes:
    """The signed file."""
    said = {
        "format": FORMAT,
        "schema": SCHEMA,
        "signed_by": signing.public_key_of(private_key),
        **as_json(content),
    }
    signed = {**said, "signature": signing.sign(said, private_key)}
    return json.dumps(signed, indent=1).encode() + b"\n"


def read(document: bytes) -> Signed:
    """The file apart from its signature. Raises RuleBroken for one that is too large, none of ours,
    of an older or newer schema, or not signed.
    """
    if len(document) > LARGEST:
        raise RuleBroken(
            f"The file is too large: a file of figures has less than {LARGEST // 1024} KB. "
            "Choose the file that the trust sent."
        )
    said = _parsed(document)
    if said.get("format") != FORMAT or type(said.get("schema")) is not int:
        raise RuleBroken(NOT_OURS)
    _check_schema(said["schema"])
    signature, signed_by = said.pop("signature", None), said.get("signed_by")
    if not isinstance(signature, str) or not isinstance(signed_by, str) or not signature:
        raise RuleBroken(
            "The file is not signed. Ask the trust for the file that its portal wrote."
        )
    if not signing.is_public_key(signed_by):
        raise RuleBroken(NOT_OURS)
    return Signed(signed_by, signature, said)


def _check_schema(schema: int) -> None:
    if schema < SCHEMA:
        raise RuleBroken(
            f"The file has an older form ({schema}) than this portal reads ({SCHEMA}). Ask the "
            "trust to update its portal and write the file again."
        )
    if schema > SCHEMA:
        raise RuleBroken(
            f"The file has a newer form ({schema}) than this portal reads ({SCHEMA}). This portal "
            "needs an update first."
        )


def _parsed(document: bytes) -> dict[str, Any]:
    try:
        said = json.loads(
            document.decode("utf-8-sig"),
            object_pairs_hook=_without_doubles,
            parse_float=_refused,
            parse_constant=_refused,
        )
        if not isinstance(said, dict):
            raise RuleBroken(NOT_OURS)
        signing.canonical(said)  # what is nested too deep to be written is found here
    except (ValueError, RecursionError) as error:
        raise RuleBroken(NOT_OURS) from error
    return said


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A name stands twice.")
    return found


def _refused(number: str) -> NoReturn:
    raise ValueError(number)
