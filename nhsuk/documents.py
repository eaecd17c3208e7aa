"""Setting a document: words and a template in, a tagged PDF out, whatever signs people wrote."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import typst

ONE_SIGN = b'#set document(title: "A sign")\n#set text(font: %s, lang: "en")\n#sys.inputs.sign'


def set_document(template: Path, held: dict[str, Any]) -> bytes:
    """The PDF. PDF/UA refuses a sign that no font here has, so such a sign stands by its name.

    The template reads the words as data, from ``sys.inputs.held``, and names its fonts in a line
    that begins with ``#let sans = ``.
    """
    source = template.read_bytes()
    try:
        return _compiled(source, held=json.dumps(held, ensure_ascii=False))
    except typst.TypstError:
        missing = _missing_signs(source.decode(), held)
        if not missing:
            raise
    names = {ord(sign): name_of(sign) for sign in missing}
    named = _translated(held, names)
    return _compiled(source, held=json.dumps(named, ensure_ascii=False))


def name_of(sign: str) -> str:
    """What stands for a sign that cannot be shown; a control sign is a blank.

    >>> name_of("🎉"), name_of("中"), name_of("\\x01")
    ('[party popper]', '[cjk unified ideograph-4e2d]', ' ')
    """
    if unicodedata.category(sign) == "Cc":
        return " "
    return f"[{unicodedata.name(sign, 'a sign').lower()}]"


def _compiled(source: bytes, **inputs: str) -> bytes:
    return bytes(typst.compile(source, sys_inputs=inputs, pdf_standards=["ua-1"]))


def _missing_signs(source: str, held: Any) -> list[str]:
    """The signs of the words that no font here has. Each unusual one is tried by itself."""
    fonts = next(
        line.removeprefix("#let sans = ")
        for line in source.splitlines()
        if line.startswith("#let sans = ")
    )
    unusual = {sign for sign in _words(held) if not (sign.isascii() and sign.isprintable())}
    return [sign for sign in sorted(unusual - {"\n"}) if not _can_be_shown(sign, fonts)]


def _can_be_shown(sign: str, fonts: str) -> bool:
    try:
        _compiled(ONE_SIGN % fonts.encode(), sign=sign)
    except typst.TypstError:
        return False
    return True


def _words(held: Any) -> str:
    if isinstance(held, dict):
        held = list(held.values())
    if isinstance(held, list):
        return "".join(_words(each) for each in held)
    return str(held)


def _translated(held: Any, names: dict[int, str]) -> Any:
    if isinstance(held, dict):
        return {key: _translated(value, names) for key, value in held.items()}
    if isinstance(held, list):
        return [_translated(each, names) for each in held]
    return held.translate(names) if isinstance(held, str) else held
