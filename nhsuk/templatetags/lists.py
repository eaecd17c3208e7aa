"""Template tags for lists: summary lists, task lists, tables, pages, filters. Builtins."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from nhsuk.components import component

register = template.Library()


class _Collecting(template.Node):
    """A block whose inner tags leave their parts in ``context["parts"]`` for one component."""

    def __init__(self, nodes: template.NodeList, name: str, arguments: dict[str, Any]) -> None:
        self.nodes = nodes
        self.name = name
        self.arguments = arguments

    def render(self, context: template.Context) -> SafeString:
        given = {name: value.resolve(context) for name, value in self.arguments.items()}
        with context.push(parts=[]):
            self.nodes.render(context)
            parts = context["parts"]
        key = "rows" if self.name == "summary-list" else "items"
        return component(self.name, **{key: parts}, **given) if parts else SafeString("")


def _collecting(name: str, end: str) -> Any:
    def compile_block(parser: Any, token: Any) -> _Collecting:
        arguments = template.base.token_kwargs(token.split_contents()[1:], parser)
        nodes = parser.parse((end,))
        parser.delete_first_token()
        return _Collecting(nodes, name, arguments)

    return compile_block


register.tag("summary_list", _collecting("summary-list", "endsummary_list"))
register.tag("task_list", _collecting("task-list", "endtask_list"))


@register.simple_block_tag(takes_context=True)
def row(
    context: template.Context, content: str, key: str, href: str = "", change: str = "Change"
) -> str:
    """A row of a summary list: ``{% row "Name" %}…{% endrow %}``, ``href`` to change it."""
    actions = [{"href": href, "text": change, "visuallyHiddenText": key}] if href else []
    context["parts"].append(
        {
            "key": {"text": key},
            "value": {"html": mark_safe(content.strip() or "–")},  # noqa: S308 - rendered above
            "actions": {"items": actions},
        }
    )
    return ""


@register.simple_tag(takes_context=True)
def task(
    context: template.Context,
    title: str,
    href: str = "",
    status: str = "",
    colour: str = "",
    hint: str = "",
) -> str:
    """A line of a task list, leading to where the task is done."""
    shown = {"tag": {"text": status, "colour": colour}} if colour else {"text": status}
    context["parts"].append(
        {
            "title": {"text": title},
            "href": href,
            "status": shown,
            "hint": {"text": hint} if hint else None,
        }
    )
    return ""


# What a cell without anything to say holds.
NOTHING = frozenset({"", "–"})


class _Table(template.Node):
    def __init__(self, nodes: template.NodeList, columns: list[Any], given: dict[str, Any]) -> None:
        self.nodes = nodes
        self.columns = columns
        self.given = given

    def render(self, context: template.Context) -> SafeString:
        caption, *heads = [str(column.resolve(context)) for column in self.columns]
        given = {name: value.resolve(context) for name, value in self.given.items()}
        columns = [(h.removesuffix(":number"), h.endswith(":number")) for h in heads]
        # No page can name a variable with an underscore first, so none of its own is hidden.
        with context.push(_openings=[_opening(*each) for each in columns], _column=[0]):
            body = self.nodes.render(context)
        return format_html(
            '<table class="nhsuk-table-responsive app-table" role="table">'
            '<caption class="nhsuk-table__caption{}">{}</caption>'
            '<thead class="nhsuk-table__head" role="rowgroup"><tr role="row">{}</tr></thead>'
            '<tbody class="nhsuk-table__body">{}</tbody></table>',
            " nhsuk-u-visually-hidden" if given.get("hidden") else " nhsuk-table__caption--m",
            caption,
            format_html_join(
                "",
                '<th scope="col" role="columnheader" class="nhsuk-table__header{}">{}</th>',
                [(" nhsuk-table__header--numeric" if number else "", h) for h, number in columns],
            ),
            body,
        )


def _opening(heading: str, is_number: bool) -> tuple[SafeString, SafeString]:
    """How every cell of this column begins: one with words, and one that is empty."""
    classes = " nhsuk-table__cell--numeric" if is_number else ""
    return (
        format_html(
            '<td role="cell" class="nhsuk-table__cell{}">'
            '<span class="nhsuk-table-responsive__heading" aria-hidden="true">{}</span> <span>',
            classes,
            heading,
        ),
        format_html(
            '<td role="cell" class="nhsuk-table__cell app-table__cell--empty{}"><span>', classes
        ),
    )


@register.tag
def table(parser: Any, token: Any) -> _Table:
    """``{% table "Caption" "Date" "Places:number" hidden=True %}`` with rows inside."""
    words = token.split_contents()[1:]
    columns = [parser.compile_filter(word) for word in words if "=" not in word or word[0] in "\"'"]
    given = template.base.token_kwargs(words[len(columns) :], parser)
    nodes = parser.parse(("endtable",))
    parser.delete_first_token()
    return _Table(nodes, columns, given)


class _Row(template.Node):
    def __init__(self, nodes: template.NodeList) -> None:
        self.nodes = nodes

    def render(self, context: template.Context) -> SafeString:
        context["_column"][0] = 0
        cells = self.nodes.render(context)
        return mark_safe(f'<tr role="row" class="nhsuk-table__row">{cells}</tr>')  # noqa: S308 - rendered above


@register.tag
def tr(parser: Any, token: Any) -> _Row:
    """A row of a table, holding ``{% td %}…{% endtd %}``."""
    nodes = parser.parse(("endtr",))
    parser.delete_first_token()
    return _Row(nodes)


class _Cell(template.Node):
    def __init__(self, nodes: template.NodeList) -> None:
        self.nodes = nodes

    def render(self, context: template.Context) -> SafeString:
        place = context["_column"]
        words = self.nodes.render(context).strip()
        opening = context["_openings"][place[0]][words in NOTHING]
        place[0] += 1
        return mark_safe(f"{opening}{words}</span></td>")  # noqa: S308 - rendered above


@register.tag
def td(parser: Any, token: Any) -> _Cell:
    """A cell. On a phone the first of a row is its heading, the others stand below it, each behind
    its column's heading; an empty one is left out.
    """
    nodes = parser.parse(("endtd",))
    parser.delete_first_token()
    return _Cell(nodes)


@register.simple_tag
def pagination(page: Any) -> SafeString:
    """Previous and next of a ``nhsuk.paging.Page``."""
    if not (page.previous_url or page.next_url):
        return SafeString("")
    return component("pagination", previousUrl=page.previous_url, nextUrl=page.next_url)


@register.inclusion_tag("nhsuk/sorting.html")
def sorting(page: Any) -> dict[str, Any]:
    """Links to the orders a list can stand in."""
    return {"page": page}


@register.inclusion_tag("nhsuk/filters.html", takes_context=True)
def filters(context: template.Context, filterset: Any, page: Any = None) -> dict[str, Any]:
    """The form above a list that narrows it; keeps the order, works without JavaScript."""
    request = context.get("request")
    return {
        "form": filterset.form,
        "sort": page.sort.name if page and page.is_sorted else "",
        "here": request.path if request else "",
        "is_narrowed": any(str(v) for n, v in filterset.data.items() if n in filterset.form.fields)
        if filterset.is_bound
        else False,
    }
