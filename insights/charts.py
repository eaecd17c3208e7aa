"""Charts as SVG, drawn here: no script, no inline style, readable without colour.

Widths are percentages and heights are pixels, so a chart fits a phone and a wide screen with its
words at the same size. Whoever shows one puts its table beside it. All that is written into one are
our own numbers and words; what others worded is escaped where it is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from math import ceil

from django.utils.html import format_html
from django.utils.safestring import SafeString

from insights.numbers import Share

BLUE, INK, GREY, PALE = "#005eb8", "#212b32", "#4c6272", "#e8edee"
LONGEST_LABEL = 36
LABEL_EVERY = ((7, 1), (13, 2), (24, 3), (60, 12), (120, 24))  # up to so many months, each n-th
ROW = 46  # pixels of a bar with its words
LINE = 18  # pixels of one more line of words
PHONE = 288  # pixels that a chart has on the narrowest of screens
LETTER, BOLD = 7.2, 8  # pixels of a letter of 14 pixels


@dataclass(frozen=True)
class Bar:
    """A bar with its words; without a value there is no bar."""

    label: str
    value: Decimal | int | None
    text: str


@dataclass(frozen=True)
class ShareBar:
    """A share with its interval."""

    label: str
    share: Share


@dataclass(frozen=True)
class Span:
    """From a number to a number, None: further than is looked at; and a mark beside them.

    ``text`` stands beside the band; ``about`` says all of it.
    """

    label: str
    low: int
    high: int | None
    mark: int | None
    text: str
    about: str


@dataclass(frozen=True)
class Column:
    """A month's share, as counts."""

    month: date
    share: Share


def bars(key: str, title: str, rows: Sequence[Bar], most: Decimal | int) -> SafeString:
    """Lying bars, each under its words; ``most`` is as long as a bar can be."""
    parts = []
    more = _more_for([(row.label, row.text) for row in rows])
    for index, row in enumerate(rows):
        top = index * (ROW + more)
        parts += [_words(top, row.label, row.text, more), _track(top + more)]
        if row.value:
            width = _share_of(row.value, most)
            parts.append(_rect("0", top + more + 24, f"{width}%", 14, BLUE))
    about = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return _svg(key, title, about, len(rows) * (ROW + more), parts)


def share_bars(key: str, title: str, rows: Sequence[ShareBar]) -> SafeString:
    """Lying bars from 0% to 100%, each under its words, with a whisker for its 95% interval."""
    words = [(row.label, str(row.share) if row.share.denominator else "no review") for row in rows]
    more = _more_for(words)
    bottom = len(rows) * (ROW + more)
    parts = []
    for line in (0, 50, 100):
        x = _inset(line)
        parts.append(
            SafeString(f'<line x1="{x}%" x2="{x}%" y1="0" y2="{bottom}" stroke="#d8dde0"/>')
        )
        anchor = {0: "start", 50: "middle", 100: "end"}[line]
        parts.append(_text(f"{x if line == 50 else line}%", bottom + 18, f"{line}%", anchor, GREY))
    for index, (row, (label, text)) in enumerate(zip(rows, words, strict=True)):
        top = index * (ROW + more)
        parts.append(_words(top, label, text, more))
        top += more
        share = row.share
        if share.percent is None or share.interval is None:
            continue
        left, end = _inset(0), _inset(share.percent)
        parts.append(_rect(f"{left}%", top + 24, f"{_inset(100) - left}%", 14, PALE))
        if share.numerator:
            parts.append(_rect(f"{left}%", top + 24, f"{end - left:.2f}%", 14, BLUE))
        low, high = (_inset(limit) for limit in share.interval)
        parts += _whisker(low, high, top + 31)
    about = "; ".join(
        f"{row.label}: {row.share}" + (f", interval {row.share.range}" if row.share.range else "")
        for row in rows
    )
    return _svg(key, title, about, bottom + 24, parts)


def _whisker(low: float, high: float, y: int) -> Iterable[SafeString]:
    """A line with an end at each limit, dark on light, so that it is seen on a bar and beside it.

    Lighter first and wider: what is left of it around the dark line sets that off from the bar.
    """
    for ink, wide in (("#ffffff", 5), (INK, 2)):
        yield SafeString(
            f'<g stroke="{ink}" stroke-width="{wide}">'
            f'<line x1="{low}%" x2="{high}%" y1="{y}" y2="{y}"/>'
            f'<line x1="{low}%" x2="{low}%" y1="{y - 6}" y2="{y + 6}"/>'
            f'<line x1="{high}%" x2="{high}%" y1="{y - 6}" y2="{y + 6}"/></g>'
        )


def spans(key: str, title: str, rows: Sequence[Span]) -> SafeString:
    """Bands from one number to another, and a diamond where things stand; open ends are dashed."""
    most = max([number for row in rows for number in (row.low, row.high, row.mark) if number] + [1])
    more = _more_for([(row.label, row.text) for row in rows])
    bottom = len(rows) * (ROW + more)
    parts = []
    for tick in sorted({0, most // 2, most}):
        x = _inset(100 * tick / most)
        parts += [
            SafeString(f'<line x1="{x}%" x2="{x}%" y1="0" y2="{bottom}" stroke="#d8dde0"/>'),
            _text(f"{x}%", bottom + 18, str(tick), "middle", GREY),
        ]
    for index, row in enumerate(rows):
        top = index * (ROW + more)
        low = _inset(100 * row.low / most)
        high = _inset(100 * (most if row.high is None else row.high) / most)
        parts.append(_words(top, row.label, row.text, more))
        top += more
        parts.append(_band(low, high, top + 31, is_open=row.high is None))
        if row.mark is not None:
            parts.append(_diamond(_inset(100 * row.mark / most), top + 31))
    about = "; ".join(f"{row.label}: {row.about}" for row in rows)
    return _svg(key, title, about, bottom + 24, parts)


def _band(low: float, high: float, y: int, *, is_open: bool) -> SafeString:
    dashes = ' stroke-dasharray="8 6"' if is_open else ""
    ends = (low,) if is_open else (low, high)
    marks = [
        f'<line x1="{x}%" x2="{x}%" y1="{y - 8}" y2="{y + 8}" stroke="{BLUE}" stroke-width="3"/>'
        for x in ends
    ]
    line = f'<line x1="{low}%" x2="{high}%" y1="{y}" y2="{y}" stroke="{BLUE}" stroke-width="8"'
    return SafeString(f"{line}{dashes}/>{''.join(marks)}")


def _diamond(x: float, y: int) -> SafeString:
    return SafeString(
        f'<svg x="{x}%" y="{y}" overflow="visible"><polygon points="0,-9 8,0 0,9 -8,0" '
        f'fill="{INK}" stroke="#ffffff" stroke-width="2"/></svg>'
    )


def columns(key: str, title: str, months: Sequence[Column], part: str, rest: str) -> SafeString:
    """A standing column a month: the part solid, the rest hatched on top of it."""
    top, bottom, left = 48, 248, 8
    most = max([row.share.denominator for row in months] + [1])
    hatch = f"{key}-hatch"
    parts = [
        format_html(
            '<defs><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>'
            '<rect width="2" height="6" fill="{}"/></pattern></defs>',
            hatch,
            GREY,
        ),
        _rect("0", 4, "16", 16, BLUE, BLUE),
        _text("24", 17, part, "start"),
        _rect("50%", 4, "16", 16, f"url(#{hatch})", GREY),
        format_html('<svg x="50%" overflow="visible">{}</svg>', _text("24", 17, rest, "start")),
    ]
    step = max(1, ceil(most / 4))
    for tick in range(0, most + 1, step):
        y = bottom - round((bottom - top) * tick / most)
        ink = INK if tick == 0 else "#d8dde0"
        parts.append(SafeString(f'<line x1="{left}%" x2="100%" y1="{y}" y2="{y}" stroke="{ink}"/>'))
        parts.append(_text(f"{left - 2}%", y + 5, str(tick), "end", GREY))
    slot = (100 - left) / max(len(months), 1)
    every = next(
        n for limit, n in ((7, 1), (13, 2), (24, 3), (60, 12), (9999, 24)) if len(months) <= limit
    )
    for index, row in enumerate(months):
        x = left + slot * index
        parts += _column(row.share, x, slot, top, bottom, most, f"url(#{hatch})")
        if index % every == 0:
            middle = f"{x + slot / 2:.2f}%"
            parts.append(_text(middle, bottom + 20, f"{row.month:%b}", "middle", size=13))
            if index == 0 or row.month.month <= every:
                parts.append(_text(middle, bottom + 37, f"{row.month:%Y}", "middle", GREY, 13))
    about = "; ".join(f"{row.month:%B %Y}: {row.share}" for row in months)
    return _svg(key, title, about, bottom + 44, parts)


def histogram(key: str, title: str, rows: Sequence[Bar]) -> SafeString:
    """A standing bar for each rating, or group of ratings, with how many gave it on top."""
    top, bottom = 24, 184
    most = max([int(row.value or 0) for row in rows] + [1])
    slot = 100 / max(len(rows), 1)
    parts = [SafeString(f'<line x1="0%" x2="100%" y1="{bottom}" y2="{bottom}" stroke="{INK}"/>')]
    for index, row in enumerate(rows):
        height = round((bottom - top) * int(row.value or 0) / most)
        middle = f"{slot * (index + 0.5):.2f}%"
        if height:
            left, width = f"{slot * (index + 0.12):.2f}%", f"{slot * 0.76:.2f}%"
            parts.append(_rect(left, bottom - height, width, height, BLUE, BLUE))
        parts.append(_text(middle, bottom - height - 6, row.text, "middle", bold=True))
        parts.append(_text(middle, bottom + 20, row.label, "middle", size=13))
    about = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return _svg(key, title, about, bottom + 28, parts)


def _column(
    share: Share, x: float, slot: float, top: int, bottom: int, most: int, hatch: str
) -> Iterable[SafeString]:
    left, width = f"{x + slot * 0.15:.2f}%", f"{slot * 0.7:.2f}%"
    scale = (bottom - top) / most
    solid, hatched = round(share.numerator * scale), round(share.rest * scale)
    if solid:
        yield _rect(left, bottom - solid, width, solid, BLUE, BLUE)
    if hatched:
        yield _rect(left, bottom - solid - hatched, width, hatched, hatch, GREY)


def _share_of(value: Decimal | int, most: Decimal | int) -> str:
    return f"{min(100 * float(value) / float(most or 1), 100):.2f}"


def _inset(percent: Decimal | float) -> float:
    """Where a percentage stands, leaving room for half a mark at both ends."""
    return round(3 + float(percent) * 0.94, 2)


def _more_for(words: Iterable[tuple[str, str]]) -> int:
    """How many pixels more each row takes: another line, where a phone has no room beside."""
    widths = [len(_short(label)) * LETTER + len(value) * BOLD for label, value in words]
    return LINE if max(widths, default=0) > PHONE else 0


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _words(top: int, label: str, value: str, more: int) -> SafeString:
    """The label, and its value at the end of the line; in a line of its own where there is one."""
    left = _text("0", top + 16, _short(label), "start")
    if more:
        return left + _text("0", top + 16 + more, value, "start", bold=True)
    return left + _text("100%", top + 16, value, "end", bold=True)


def _track(top: int) -> SafeString:
    return _rect("0", top + 24, "100%", 14, PALE)


def _rect(x: str, y: int, width: str, height: int, fill: str, stroke: str = "none") -> SafeString:
    return SafeString(
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{stroke}"/>'
    )


def _text(
    x: str, y: int, text: str, anchor: str, fill: str = INK, size: int = 14, bold: bool = False
) -> SafeString:
    weight = ' font-weight="600"' if bold else ""
    return SafeString(
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{weight}>'
        f"{escape(text)}</text>"
    )


def _svg(key: str, title: str, about: str, height: int, parts: Iterable[SafeString]) -> SafeString:
    return format_html(
        '<svg role="img" aria-labelledby="{0}-title {0}-about" width="100%" height="{1}" '
        'focusable="false"><title id="{0}-title">{2}</title><desc id="{0}-about">{3}</desc>'
        "{4}</svg>",
        key,
        height,
        title,
        about,
        SafeString("".join(parts)),
    )
