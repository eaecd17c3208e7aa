"""Filters for dates, times and numbers; builtins, so that no page needs to load them."""

from collections.abc import Mapping
from typing import Any

from django import template

from nhsuk import words

register = template.Library()
register.filter("nhs_date", words.nhs_date)
register.filter("nhs_day", words.nhs_day)
register.filter("nhs_time", words.nhs_time)
register.filter("nhs_moment", words.nhs_moment)
register.filter("nhs_deadline", words.nhs_deadline)
register.filter("in_words", words.in_words)
register.filter("with_phones", words.with_phones)
register.simple_tag(words.nhs_hours, name="nhs_hours")


@register.filter
def of(found: Mapping[Any, Any] | str, key: Any) -> Any:
    """What ``found`` holds for ``key``; None if it holds nothing, or the page was given nothing."""
    return found.get(key) if isinstance(found, Mapping) else None
