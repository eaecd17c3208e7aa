"""Home's line about board reports."""

from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission
from insights.reports.queries import to_approve
from nhsuk.words import nhs_date
from programme.home.work import MOST, Line, Work, work


def reports_to_approve(user: User, now: datetime) -> Work:
    """Drafts that somebody has written, for whoever approves them."""
    may = user.may(Permission.APPROVE_REPORTS)
    return work(
        "Board reports to read and approve",
        to_approve()[:MOST] if may else [],
        lambda report: Line(
            f"{report.title}, {report.months}",
            reverse("insights:report", args=[report.pk]),
            f"started on {nhs_date(report.made_at)} by {report.made_by}",
        ),
        all_href=reverse("insights:reports"),
        done="No board report waits to be approved." if may else "",
    )
