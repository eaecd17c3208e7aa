"""Who may open which page of this app."""

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from insights.reports.operations import page_digest
from tests.factories import NOW
from tests.insights.partners import OtherPortal
from tests.nets.pages import EVERYONE, Page

SEE = frozenset({"coordinator", "quality_lead", "observer"})
PUBLISH = frozenset({"quality_lead"})
PLAN = frozenset({"coordinator", "quality_lead"})


def token(world: Any) -> dict[str, Any]:
    return {"pk": world.token.pk}


def a_table(kind: str) -> Any:
    return lambda world: {"key": "coverage-by-month", "kind": kind}


def named(key: str) -> Any:
    return lambda world: {"key": key, "kind": "csv"}


def partner(world: Any) -> dict[str, Any]:
    return {"pk": world.partner.pk}


def another(world: Any) -> dict[str, Any]:
    """A partner to add."""
    return {"name": "Westvale Trust", "public_key": OtherPortal().public_key}


def file_of_a_partner(world: Any) -> dict[str, Any]:
    portal = OtherPortal()
    world.partner.public_key = portal.public_key
    world.partner.save()
    return {"file": SimpleUploadedFile("figures.json", portal.file(written_at=NOW))}


def draft(world: Any) -> dict[str, Any]:
    return {"pk": world.report_draft.pk}


def approved(world: Any) -> dict[str, Any]:
    return {"pk": world.report.pk}


def read(world: Any) -> dict[str, Any]:
    """The digest of the draft as it reads now."""
    return {"read": page_digest(world.report_draft)}


def secret(world: Any) -> str:
    return str(world.token_secret)


PAGES: list[Page] = [
    Page("insights:overview", SEE, queries=10, seen_by=("coordinator", "observer")),
    Page("insights:missed", SEE, queries=10, seen_by=("coordinator", "observer")),
    Page("insights:ratings", SEE, queries=6, seen_by=("coordinator", "observer")),
    Page("insights:rates", PLAN, queries=9, seen_by=("coordinator",)),
    Page("insights:funnel", SEE, queries=6, seen_by=("coordinator", "observer")),
    Page("insights:reported", SEE, queries=6, seen_by=("coordinator", "observer")),
    Page("insights:change", SEE, queries=9, seen_by=("coordinator", "observer")),
    Page("insights:training", SEE, queries=10, seen_by=("coordinator", "observer")),
    Page("insights:table", SEE, kwargs=a_table("csv")),
    Page("insights:table", SEE, kwargs=a_table("xlsx"), about="for Excel"),
    Page("insights:table", PLAN, kwargs=named("responses-lxr"), about="who answers"),
    Page("insights:table", PLAN, kwargs=named("comments-by-theme"), about="themes"),
    Page("insights:table", SEE, kwargs=named("trusts-by-coverage"), about="trusts"),
    Page("insights:forecast", SEE, queries=4, seen_by=("coordinator", "observer")),
    Page("insights:forecast-again", PLAN, method="POST"),
    Page("insights:sessions", SEE, queries=4, seen_by=("coordinator", "observer")),
    Page("insights:tokens", PUBLISH, queries=4, seen_by=("quality_lead",)),
    Page("insights:token-new", PUBLISH, seen_by=("quality_lead",)),
    Page(
        "insights:token-new",
        PUBLISH,
        method="POST",
        sends=lambda world: {"name": "Power BI", "scopes": ["coverage"], "once": uuid.uuid4()},
    ),
    Page("insights:token-revoke", PUBLISH, kwargs=token, seen_by=("quality_lead",)),
    Page("insights:token-revoke", PUBLISH, method="POST", kwargs=token),
    Page("insights:compare", SEE, queries=9, seen_by=("quality_lead", "observer")),
    Page("insights:partners", PUBLISH, queries=5, seen_by=("quality_lead",)),
    Page("insights:key", PUBLISH, seen_by=("quality_lead",)),
    Page(
        "insights:key",
        PUBLISH,
        method="POST",
        sends=lambda world: {"replaced": world.signing_key.public_key},
    ),
    Page("insights:share", PUBLISH, seen_by=("quality_lead",)),
    Page("insights:share-file", PUBLISH),
    Page("insights:receive", PUBLISH, seen_by=("quality_lead",)),
    Page("insights:receive", PUBLISH, method="POST", sends=file_of_a_partner),
    Page("insights:partner-add", PUBLISH, seen_by=("quality_lead",)),
    Page("insights:partner-add", PUBLISH, method="POST", sends=another),
    Page("insights:partner", PUBLISH, kwargs=partner, seen_by=("quality_lead",)),
    Page("insights:partner", PUBLISH, method="POST", kwargs=partner, sends=another),
    Page("insights:partner-remove", PUBLISH, kwargs=partner, seen_by=("quality_lead",)),
    Page("insights:partner-remove", PUBLISH, method="POST", kwargs=partner),
    Page("insights:reports", SEE, queries=4, seen_by=("quality_lead", "observer")),
    Page("insights:report", SEE, kwargs=approved, queries=3, seen_by=("observer", "coordinator")),
    Page(
        "insights:report", PLAN, kwargs=draft, queries=4, seen_by=("quality_lead",), about="a draft"
    ),
    Page("insights:report-document", SEE, kwargs=approved),
    Page("insights:report-draft-document", PLAN, kwargs=draft),
    Page("insights:report-new", PLAN, seen_by=("coordinator",)),
    Page(
        "insights:report-new",
        PLAN,
        method="POST",
        sends=lambda world: {"since": "2025-07", "until": "2025-09"},
    ),
    Page("insights:report-words", PLAN, kwargs=draft, queries=3, seen_by=("coordinator",)),
    Page(
        "insights:report-words",
        PLAN,
        method="POST",
        kwargs=draft,
        sends=lambda world: {"title": "Board report", "headline": "More reviews had somebody."},
    ),
    Page("insights:report-quotes", PLAN, kwargs=draft, queries=7, seen_by=("coordinator",)),
    Page(
        "insights:report-quotes",
        PLAN,
        method="POST",
        kwargs=draft,
        sends=lambda world: {"key": world.quote.pk, "use": "no"},
    ),
    Page("insights:report-count", PLAN, method="POST", kwargs=draft),
    Page("insights:report-discard", PLAN, kwargs=draft, seen_by=("coordinator",)),
    Page("insights:report-discard", PLAN, method="POST", kwargs=draft),
    Page("insights:report-approve", PUBLISH, kwargs=draft, queries=4, seen_by=("quality_lead",)),
    Page("insights:report-approve", PUBLISH, method="POST", kwargs=draft, sends=read),
    Page("api:coverage", EVERYONE, bearer=secret),
    Page("api:misses", EVERYONE, bearer=secret),
    Page("api:impact", EVERYONE, bearer=secret),
    Page("api:training", EVERYONE, bearer=secret),
]
