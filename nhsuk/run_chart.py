"""A run chart as SVG: values in their order, and their median. No script, no inline style.

Whoever shows one puts its table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

BLUE, INK, GREY, PALE = "#005eb8", "#212b32", "#4c6272", "#d8dde0"
TOP, BOTTOM, LEFT, RIGHT = 12, 172, 8, 95
MOST_LABELS = 5


@dataclass(frozen=True)
class Point:
    """A value; ``is_new``: from here on something was changed."""

    label: str
    value: float
    is_new: bool = False


def run_chart(key: str, title: str, points: Sequence[Point], *, most: int = 10) -> SafeString:
    """The points from left to right between 0 and ``most``, joined, with their median."""
    if not points:
        return SafeString("")
    middle = median(point.value for point in points)
    across = _height(middle, most)
    step = (RIGHT - LEFT) / len(points)
    places = [
        (round(LEFT + step * (index + 0.5), 2), _height(point.value, most))
        for index, point in enumerate(points)
    ]
    parts = [_scale(number, most) for number in (0, most // 2, most)]
    parts.append(_line(str(LEFT), str(RIGHT), across, across, GREY, dashes="6 4"))
    parts += [
        _line(str(x), str(other_x), y, other_y, BLUE)
        for (x, y), (other_x, other_y) in pairwise(places)
    ]
    every = -(-len(points) // MOST_LABELS)
    for index, (point, (x, y)) in enumerate(zip(points, places, strict=True)):
        if point.is_new:
            start = round(x - step / 2, 2)
            parts.append(_line(str(start), str(start), TOP, BOTTOM, INK, dashes="2 3"))
        parts.append(
            format_html(
                '<circle cx="{}%" cy="{}" r="6" fill="{}" stroke="#ffffff" stroke-width="2"/>',
                x,
                y,
                BLUE,
            )
        )
        if index % every == 0:
            parts.append(_text(str(x), BOTTOM + 20, point.label, "middle"))
    about = "; ".join(
        f"{point.label}: {point.value:.2f}{', after the change' if point.is_new else ''}"
        for point in points
    )
    return format_html(
        '<svg role="img" aria-labelledby="{0}-title {0}-about" width="100%" height="{1}" '
        'focusable="false"><title id="{0}-title">{2}</title><desc id="{0}-about">{3}. '
        "Median {4}.</desc>{5}</svg>",
        key,
        BOTTOM + 28,
        title,
        about,
        f"{middle:.2f}",
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _height(value: float, most: int) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * value / most)


def _scale(number: int, most: int) -> SafeString:
    y = _height(number, most)
    line = _line(str(LEFT), str(RIGHT), y, y, INK if number == 0 else PALE)
    return line + _text(str(LEFT - 2), y + 5, str(number), "end")


def _line(x: str, other_x: str, y: int, other_y: int, ink: str, *, dashes: str = "") -> SafeString:
    return format_html(
        '<line x1="{}%" x2="{}%" y1="{}" y2="{}" stroke="{}" stroke-width="2"{}/>',
        x,
        other_x,
        y,
        other_y,
        ink,
        format_html(' stroke-dasharray="{}"', dashes) if dashes else "",
    )


def _text(x: str, y: int, words: str, anchor: str) -> SafeString:
    return format_html(
        '<text x="{}%" y="{}" font-size="14" text-anchor="{}" fill="{}">{}</text>',
        x,
        y,
        anchor,
        GREY,
        words,
    )
