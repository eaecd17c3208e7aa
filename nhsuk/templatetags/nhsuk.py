"""Template tags of the design system: buttons, tags, links, boxes. See docs/pages.md.

They are builtins: a page needs no ``{% load %}``.
"""

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import constants
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from nhsuk.components import component
from nhsuk.errors import Problem, problems_of, problems_on
from nhsuk.finders import WITH_FONT, WITHOUT_FONT
from nhsuk.rendering import render_field

register = template.Library()


@register.simple_tag
def button(text: str, href: str = "", variant: str = "", **extra: Any) -> SafeString:
    """A button of the form around it, or with ``href`` a link that looks like one."""
    once = {} if href else {"preventDoubleClick": True}
    return component("button", text=text, href=href, variant=variant, **once, **extra)


@register.simple_tag(takes_context=True)
def post_button(
    context: template.Context, text: str, action: str, variant: str = "", **sends: Any
) -> SafeString:
    """A form of one button: POSTs ``sends`` (hidden fields) to ``action``."""
    small, hint = sends.pop("small", False), sends.pop("about", "")
    before, after = _around_words(variant, small)
    about = format_html('<span class="nhsuk-u-visually-hidden"> {}</span>', hint) if hint else ""
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', list(sends.items()))
    return format_html(
        '<form method="post" action="{}" class="app-button-form">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}{}{}{}{}</form>',
        action,
        context.get("csrf_token", ""),
        fields,
        before,
        text,
        about,
        after,
    )


@cache
def _around_words(variant: str, small: bool) -> list[SafeString]:
    """The button before and after its words: it stands in every row of long tables."""
    mark = "\N{OBJECT REPLACEMENT CHARACTER}"
    html = component("button", text=mark, variant=variant, small=small, preventDoubleClick=True)
    return [SafeString(part) for part in html.split(mark)]  # the component has escaped


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A small coloured label: white, grey, green, aqua-green, blue, purple, pink, orange, …"""
    # By hand: it stands in every row of long lists.
    kind = format_html(" nhsuk-tag--{}", colour) if colour else ""
    return format_html('<strong class="nhsuk-tag{}">{}</strong>', kind, text)


@register.simple_tag
def action_link(text: str, href: str) -> SafeString:
    """The green arrow: the one thing to do next on a page."""
    return component("action-link", text=text, href=href)


@register.simple_tag
def back_link(href: str, text: str = "Back") -> SafeString:
    """Back to where this page belongs; stands in the block ``back``."""
    return component("back-link", href=href, text=text)


@register.simple_tag
def breadcrumb(*crumbs: str) -> SafeString:
    """``{% breadcrumb "Reviews" url_of_reviews %}``: texts and addresses in turn."""
    pairs = [{"text": t, "href": h} for t, h in zip(crumbs[::2], crumbs[1::2], strict=True)]
    return component("breadcrumb", items=pairs)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:  # noqa: A002 - HTML's word
    """A line that opens to more: ``{% details "Why?" %}…{% enddetails %}``."""
    return component("details", summaryText=summary, html=content, open=open)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Words set apart by a line beside them."""
    return component("inset-text", html=content)


@register.simple_block_tag
def warning(content: str, heading: str, level: int = 2) -> SafeString:
    """A yellow box for what must not be overlooked; once on a page at most."""
    return component("warning-callout", heading=heading, html=content, headingLevel=level)


@register.simple_block_tag
def card(
    content: str,
    heading: str = "",
    href: str = "",
    variant: str = "",
    level: int = 2,
    size: str = "m",
) -> SafeString:
    """A box with a heading; with ``href`` its heading is a link and the whole box can be pressed.

    ``variant``: primary, secondary, feature, warning, non-urgent, urgent, emergency.
    """
    return component(
        "card",
        heading=conditional_escape(heading),  # the macro takes a linked heading as HTML
        href=href,
        clickable=bool(href),
        variant=variant,
        headingLevel=level,
        headingSize="" if variant in {"feature", "warning"} else size,
        descriptionHtml=content,
    )


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """The green panel that says that something is done; its title is the page's h1."""
    return component("panel", titleText=title, html=content)


@register.simple_tag(name="field")
def field_tag(field: Any, **extra: Any) -> SafeString:
    """One form field with label, hint and error, for a form laid out by hand."""
    return render_field(field, **extra)


@register.simple_tag(takes_context=True)
def error_summary(context: template.Context, *forms: Any) -> SafeString:
    """What is wrong on this page, with links to the fields. base.html does this for every page."""
    problems: list[Problem] = problems_of(forms) if forms else problems_on(context)
    if not problems:
        return SafeString("")
    return component(
        "error-summary",
        titleText="There is a problem",
        errorList=[{"text": p.text, "href": f"#{p.anchor}" if p.anchor else ""} for p in problems],
    )


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """``Error: 2 problems – `` for the title of a page whose form has errors."""
    count = len(problems_on(context))
    return f"Error: {count} problem{'s' if count > 1 else ''} – " if count else ""


@register.simple_tag
def banner(message: Any) -> SafeString:
    """One of Django's messages as a notification banner."""
    level = getattr(message, "level", constants.INFO)
    done = level == constants.SUCCESS
    return component(
        "notification-banner",
        text=str(message),
        variant="success" if done else "",
        titleText="Done" if done else "There is a problem" if level >= constants.ERROR else "",
        titleId=f"banner-{id(message)}",
        role="alert" if level >= constants.ERROR else "",
        disableAutoFocus=False if done else None,
    )


@register.simple_tag(takes_context=True)
def site_header(context: template.Context) -> SafeString:
    """The header with the service's name, the ways this user may go, and their account."""
    site = context.get("site") or {}
    account = site.get("account")
    token = get_token(context["request"]) if account and "request" in context else ""
    items: list[dict[str, Any]] = []
    if account:
        href = account.get("href", "")
        items = [{"text": account["name"], "icon": True, **({"href": href} if href else {})}]
        items.append({"action": account["sign_out_url"], "html": _sign_out(token)})
    return component(
        "header",
        service={"text": site.get("service_name", "LXR Portal"), "href": site.get("home_url", "/")},
        navigation={"items": site.get("navigation", []), "ariaLabel": "Main"},
        account={"items": items} if items else None,
    )


def _sign_out(token: str) -> SafeString:
    return format_html('Sign out<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.simple_tag
def design_system() -> str:
    """The stylesheet's address: with the NHS's typeface only where the setting allows its host."""
    sources = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["font-src"]
    has_font = any("assets.nhs.uk" in str(source) for source in sources)
    return static(WITH_FONT if has_font else WITHOUT_FONT)
