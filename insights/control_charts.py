"""Control charts as SVG: points, their mean and limits; shapes and not colours tell kinds apart.

Improvement is blue and points up, concern is orange and points down, chance is a grey dot.
"""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from insights.spc import Chart, Kind

INK, GREY, PALE, BLUE, ORANGE = "#212b32", "#4c6272", "#d8dde0", "#005eb8", "#b35900"
TOP, BOTTOM, LEFT, RIGHT = 14, 214, 14, 98
MOST_LABELS = 4


def control_chart(
    key: str, title: str, labels: Sequence[str], chart: Chart, *, most: float, unit: str = ""
) -> SafeString:
    """The chart's points from left to right between 0 and ``most``, with mean and limits."""
    step = (RIGHT - LEFT) / max(len(labels), 1)
    xs = [round(LEFT + step * (index + 0.5), 2) for index in range(len(labels))]
    parts = [_scale(number, most, unit) for number in (0, most / 2, most)]
    for name, dashes in (("mean", ""), ("upper", "6 4"), ("lower", "6 4")):
        heights = [_height(getattr(point, name), most) for point in chart.points]
        parts += _steps(heights, xs, step, GREY, dashes)
    shown = [
        (x, _height(point.value, most), point.kind)
        for x, point in zip(xs, chart.points, strict=True)
        if point.value is not None
    ]
    for (x, y, _), (other_x, other_y, _) in pairwise(shown):
        parts.append(_line(x, other_x, y, other_y, INK))
    parts += [_mark(x, y, kind) for x, y, kind in shown]
    every = -(-len(labels) // MOST_LABELS) or 1
    parts += [
        _text(x, BOTTOM + 20, label, "middle")
        for index, (x, label) in enumerate(zip(xs, labels, strict=True))
        if index % every == 0
    ]
    about = "; ".join(
        f"{label}: {f'{point.value:.0f}{unit}' if point.value is not None else 'none'}"
        for label, point in zip(labels, chart.points, strict=True)
    )
    return format_html(
        '<svg role="img" aria-labelledby="{0}-title {0}-about" width="100%" height="{1}" '
        'focusable="false"><title id="{0}-title">{2}</title><desc id="{0}-about">{3}</desc>'
        "{4}</svg>",
        key,
        BOTTOM + 28,
        title,
        about,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _height(value: float | None, most: float) -> int:
    if value is None:
        return -1
    return round(BOTTOM - (BOTTOM - TOP) * min(max(value, 0), most) / (most or 1))


def _steps(
    heights: Sequence[int], xs: Sequence[float], step: float, ink: str, dashes: str
) -> list[SafeString]:
    """A level line over each point, joined where it stays the same."""
    parts = []
    start = None
    for index, height in enumerate(heights):
        if height < 0:
            start = None
            continue
        start = xs[index] - step / 2 if start is None else start
        is_last = index + 1 == len(heights) or heights[index + 1] != height
        if is_last:
            parts.append(
                _line(round(start, 2), round(xs[index] + step / 2, 2), height, height, ink, dashes)
            )
            start = None
    return parts


def _mark(x: float, y: int, kind: Kind | None) -> SafeString:
    if kind == "special_cause_improvement":
        return _shape(x, y, BLUE, "0,-9 8,6 -8,6")
    if kind == "special_cause_concern":
        return _shape(x, y, ORANGE, "0,9 8,-6 -8,-6")
    return format_html(
        '<circle cx="{}%" cy="{}" r="5" fill="{}" stroke="#ffffff" stroke-width="2"/>', x, y, GREY
    )


def _shape(x: float, y: int, fill: str, points: str) -> SafeString:
    return format_html(
        '<svg x="{}%" y="{}" overflow="visible"><polygon points="{}" fill="{}" '
        'stroke="#ffffff"/></svg>',
        x, y, points, fill,
    )  # fmt: skip


def _scale(number: float, most: float, unit: str) -> SafeString:
    y = _height(number, most)
    line = _line(LEFT, RIGHT, y, y, INK if number == 0 else PALE)
    return line + _text(LEFT - 1, y + 5, f"{number:.0f}{unit}", "end")


def _line(x: float, other_x: float, y: int, other_y: int, ink: str, dashes: str = "") -> SafeString:
    return format_html(
        '<line x1="{}%" x2="{}%" y1="{}" y2="{}" stroke="{}" stroke-width="2"{}/>',
        x,
        other_x,
        y,
        other_y,
        ink,
        format_html(' stroke-dasharray="{}"', dashes) if dashes else "",
    )


def _text(x: float, y: int, words: str, anchor: str) -> SafeString:
    return format_html(
        '<text x="{}%" y="{}" font-size="13" text-anchor="{}" fill="{}">{}</text>',
        x,
        y,
        anchor,
        INK,
        words,
    )
