"""Whose words a quote says it is: by role, or nobody's. Pure."""

from feedback.models import Audience, QuoteAs, Remark

_SERVICE = {
    "community": "a community service",
    "inpatient": "an inpatient service",
    "secure": "a secure service",
    "prison": "a prison service",
}


def role_of(audience: str, setting: str) -> str:
    """Who the author is, as a role: for a service with the kind of service it is.

    >>> role_of("team", "community")
    'a member of staff at a community service'
    """
    if audience == Audience.TEAM:
        return f"a member of staff at {_SERVICE.get(setting, 'a service')}"
    if audience == Audience.QUALITY:
        return "a member of the quality team"
    return "a Lived Experience Reviewer"


def attribution(quote_as: str, audience: str, setting: str) -> str:
    """What stands beside a quote; empty for one that is anonymous."""
    return role_of(audience, setting) if quote_as == QuoteAs.ROLE else ""


def cited(remark: Remark) -> str:
    """The words in quotation marks with whose they are, where, and the year of the visit."""
    answer = remark.answer
    service = answer.review.service
    whose = attribution(answer.quote_as, answer.audience, service.setting)
    year = answer.review.visit_on.year
    return f"“{remark.quoted}” – {whose or 'said anonymously'}, {year}"
