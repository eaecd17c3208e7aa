"""Funnel plots as SVG: groups by their size, the mean of all, and two pairs of limits around it.

Shapes, letters and dashes tell things apart, so it reads without colour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from insights.numbers import Share
from insights.spc import FunnelLimits

INK, GREY, PALE, BLUE = "#212b32", "#4c6272", "#d8dde0", "#005eb8"
TOP, BOTTOM, LEFT, RIGHT = 14, 274, 14, 97  # pixels down, percent across
WIDE = 1000  # units across, inside the box that the limits are drawn in
STEPS = 60
DASHES = (("far_lower", "2 4"), ("near_lower", "8 4"), ("near_upper", "8 4"), ("far_upper", "2 4"))


@dataclass(frozen=True)
class Mark:
    """A group: its letter, its share, and whether it is our own."""

    letter: str
    name: str
    share: Share
    is_own: bool


def funnel_chart(
    key: str,
    title: str,
    marks: Sequence[Mark],
    *,
    mean: float,
    limits: Callable[[int], FunnelLimits],
    sizes: str,
) -> SafeString:
    """Each group at its size, from 0% to 100%. ``sizes``: what a group's size counts."""
    most = _rounded_up(max(mark.share.denominator for mark in marks))
    parts = [_scale(percent) for percent in (0, 50, 100)]
    for size, anchor in ((0, "middle"), (most // 2, "middle"), (most, "end")):
        parts.append(_text(_across(size, most), BOTTOM + 20, f"{size:,}", anchor))
    parts.append(_text((LEFT + RIGHT) / 2, BOTTOM + 40, sizes, "middle"))
    parts.append(_lines(mean, limits, most))
    parts += [_mark(mark, most) for mark in marks]
    about = "; ".join(f"{mark.letter}, {mark.name}: {mark.share}" for mark in marks)
    return format_html(
        '<svg role="img" aria-labelledby="{0}-title {0}-about" width="100%" height="{1}" '
        'focusable="false"><title id="{0}-title">{2}</title><desc id="{0}-about">{3}</desc>'
        "{4}</svg>",
        key,
        BOTTOM + 48,
        title,
        about,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _rounded_up(size: int) -> int:
    """The next even number with one digit that is not 0, with some room.

    >>> [_rounded_up(size) for size in (3, 21, 104, 960)]
    [4, 40, 200, 1000]
    """
    unit: int = 10 ** (len(str(size)) - 1)
    steps = -(-(size + 1) // (2 * unit))
    return 2 * unit * steps


def _across(size: float, most: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * size / most, 2)


def _down(fraction: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * min(max(fraction, 0), 1), 1)


def _lines(mean: float, limits: Callable[[int], FunnelLimits], most: int) -> SafeString:
    """The mean and the limits, in a box whose width stretches with the page."""
    sizes = sorted({max(1, round(most * (step / STEPS) ** 2)) for step in range(1, STEPS + 1)})
    of_sizes = [(size, limits(size)) for size in sizes]
    curves = [
        (dash, [(size, getattr(each, name)) for size, each in of_sizes]) for name, dash in DASHES
    ]
    curves.append(("", [(0, mean), (most, mean)]))
    drawn = format_html_join(
        "",
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="2" '
        'vector-effect="non-scaling-stroke"{}/>',
        (
            (
                " ".join(f"{WIDE * size / most:.1f},{_down(y) - TOP}" for size, y in curve),
                GREY,
                format_html(' stroke-dasharray="{}"', dash) if dash else "",
            )
            for dash, curve in curves
        ),
    )
    return format_html(
        '<svg x="{}%" y="{}" width="{}%" height="{}" viewBox="0 0 {} {}" '
        'preserveAspectRatio="none">{}</svg>',
        LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, WIDE, BOTTOM - TOP, drawn,
    )  # fmt: skip


def _mark(mark: Mark, most: int) -> SafeString:
    x = _across(mark.share.denominator, most)
    y = _down(mark.share.numerator / mark.share.denominator)
    shape = (
        format_html('<polygon points="0,-9 9,0 0,9 -9,0" fill="{}" stroke="#ffffff"/>', BLUE)
        if mark.is_own
        else format_html('<circle r="6" fill="{}" stroke="#ffffff" stroke-width="2"/>', INK)
    )
    letter = format_html(
        '<text x="11" y="5" font-size="14" font-weight="600" fill="{}">{}</text>', INK, mark.letter
    )
    return format_html('<svg x="{}%" y="{}" overflow="visible">{}{}</svg>', x, y, shape, letter)


def _scale(percent: int) -> SafeString:
    y = _down(percent / 100)
    line = format_html(
        '<line x1="{}%" x2="{}%" y1="{}" y2="{}" stroke="{}"/>',
        LEFT, RIGHT, y, y, INK if percent == 0 else PALE,
    )  # fmt: skip
    return line + _text(LEFT - 1, y + 5, f"{percent}%", "end")


def _text(x: float, y: float, words: str, anchor: str) -> SafeString:
    return format_html(
        '<text x="{}%" y="{}" font-size="13" text-anchor="{}" fill="{}">{}</text>',
        x, y, anchor, INK, words,
    )  # fmt: skip
