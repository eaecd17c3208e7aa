"""How figures are counted, in the words of their entries."""

from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from insights.figures import AnyFigure


@cache
def defined(*figures: AnyFigure) -> SafeString:
    """The part of a page that says it. Rendered once: the entries are code, and never change."""
    return render_to_string("insights/_definitions.html", {"definitions": figures})
