"""What every page shows around its content: the service's name and the ways a user may go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from accounts.permissions import Permission
from organisation.queries import trust_settings

SERVICE_NAME = "LXR Portal"


@dataclass(frozen=True)
class Way:
    """A line of the navigation: where it leads, and for whom."""

    text: str
    name: str
    permission: Permission


STAFF: tuple[Way, ...] = (
    Way("Home", "home", Permission.USE_STAFF_HOME),
    Way("Reviews", "reviews:list", Permission.PLAN_REVIEWS),
    Way("My visits", "reviews:list", Permission.RECORD_OWN_VISITS),
    Way("People", "reviewers:list", Permission.SEE_PEOPLE),
    Way("Training", "training:list", Permission.RUN_TRAINING),
    Way("Checks", "checks:list", Permission.EDIT_CHECKS),
    Way("Approvals", "checks:approvals", Permission.APPROVE_ASSESSMENTS),
    Way("Messages", "notifications:list", Permission.SEND_MESSAGES),
    Way("Services", "organisation:services", Permission.PLAN_REVIEWS),
    Way("Feedback", "feedback:list", Permission.SEE_FEEDBACK),
    Way("Figures", "insights:overview", Permission.SEE_FIGURES),
    Way("Import", "programme:import", Permission.IMPORT_PROGRAMME),
    Way("Data requests", "programme:requests", Permission.EDIT_PEOPLE),
    Way("Data requests", "programme:requests", Permission.EDIT_CHECKS),
    Way("Settings", "organisation:trust", Permission.CHANGE_SETTINGS),
    Way("Administration", "admin:index", Permission.ADMINISTER),
    Way("Access log", "programme:access_log", Permission.SEE_ACCESS_LOG),
    Way("Retention", "programme:retention", Permission.GOVERN_RETENTION),
)
OWN: tuple[Way, ...] = (
    Way("My next visit", "own-reviews:next", Permission.OWN_PAGES),
    Way("My visits", "own-reviews:visits", Permission.OWN_PAGES),
    Way("My training", "own-training:list", Permission.OWN_PAGES),
    Way("My checks", "own-checks:list", Permission.OWN_PAGES),
    Way("My feedback", "own-feedback:list", Permission.OWN_PAGES),
    Way("About me", "own-reviewers:menu", Permission.OWN_PAGES),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page for this user, as ``site`` in every template."""
    frame: dict[str, Any] = {"service_name": SERVICE_NAME, "home_url": address("home") or "/"}
    user: Any = getattr(request, "user", None)
    is_signed_in = user is not None and user.is_authenticated
    if not is_signed_in or not user.may(Permission.USE_STAFF_HOME):
        frame["team"] = SimpleLazyObject(team)
    if settings.SHOWS_LOCAL_MAIL and not is_signed_in:
        frame["local_mail_url"] = reverse("notifications:local_mail")
    if is_signed_in:
        frame["navigation"] = navigation(request)
        frame["account"] = {
            "name": str(user),
            "href": reverse("mfa_index"),
            "sign_out_url": reverse("account_logout"),
        }
    return {"site": frame}


def team() -> dict[str, str]:
    """Whom an LXR, or somebody who cannot sign in, can ask."""
    trust = trust_settings()
    return {
        "name": trust.team_name,
        "phone": trust.telephone,
        "email": trust.mailbox,
        "interested_url": reverse("interested") if trust.enquiries_open else "",
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The lines for this user; the one whose part of the portal this page is in is current."""
    lines: dict[str, dict[str, Any]] = {}
    for way in STAFF + OWN:
        href = address(way.name)
        if href and href not in lines and request.user.may(way.permission):  # type: ignore[union-attr]
            lines[href] = {"text": way.text, "href": href, "current": False}
    fitting = [href for href in lines if _is_in(request.path, href)]
    if fitting:
        lines[max(fitting, key=len)]["current"] = True
    return list(lines.values())


def address(name: str) -> str | None:
    """The address of a page; None while no app has it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _is_in(path: str, href: str) -> bool:
    return path == href if href == "/" else path.startswith(href)
