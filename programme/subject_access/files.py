"""The two files a person gets: one to read, one for a program."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.timezone import get_default_timezone

from nhsuk.documents import set_document
from nhsuk.words import in_words, nhs_date, nhs_moment, nhs_time
from organisation.models import TrustSettings
from programme.subject_access.gathering import Gathered
from programme.subject_access.part import Value

TEMPLATE = Path(__file__).with_name("document.typ")
KINDS = {"document": ("application/pdf", "pdf"), "data": ("application/json", "json")}


def as_json(gathered: Gathered, *, now: datetime) -> bytes:
    """Every part with its title and rows; columns by their names, dates as ISO 8601."""
    held = {
        "about": {"reference": gathered.reference, "name": gathered.name},
        "made_at": now.astimezone(get_default_timezone()).isoformat(timespec="seconds"),
        "parts": [
            {"name": part.model, "title": part.title, "fields": dict(part.fields), "rows": rows}
            for part, rows in gathered.parts
        ],
    }
    return json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def as_pdf(gathered: Gathered, *, trust: TrustSettings, now: datetime) -> bytes:
    """A tagged PDF (PDF/UA-1) in large print. What people wrote is never read as markup."""
    held = {
        "title": f"What we hold about {gathered.name}",
        "made_on": nhs_date(now),
        "team": trust.team_name,
        "phone": trust.telephone,
        "sections": [
            {
                "title": part.title,
                "rows": [
                    [
                        {"words": part.fields[name], "value": said(value)}
                        for name, value in row.items()
                    ]
                    for row in rows
                ],
            }
            for part, rows in gathered.parts
        ],
    }
    return set_document(TEMPLATE, held)


def said(value: Value) -> str:
    """A value in words.

    >>> said(True), said(None), said(["Monday", "Friday"]), said(date(2026, 6, 10))
    ('Yes', 'Nothing', 'Monday and Friday', '10 June 2026')
    """
    found: Any = value
    match value:
        case None | [] | "":
            found = "Nothing"
        case bool():
            found = "Yes" if value else "No"
        case list():
            found = in_words(value)
        case datetime():
            found = nhs_moment(value)
        case date():
            found = nhs_date(value)
        case time():
            found = nhs_time(value)
    return str(found)


def attached(content: bytes, name: str, title: str) -> HttpResponse:
    """One of the files, ``document`` or ``data``, to download; kept by no browser."""
    kind, ending = KINDS[name]
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{title}.{ending}"'
    response["Cache-Control"] = "no-store, private"
    return response
