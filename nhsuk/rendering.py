"""A bound form field as a component of the design system: chosen by its widget."""

from functools import lru_cache
from html import escape
from typing import Any, cast

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from nhsuk.components import component
from nhsuk.fields import SplitDateWidget

Params = dict[str, Any]
_DRAWN_BY_US = {"class", "id", "name", "type", "maxlength", "cols", "rows", "required"}


def render_field(field: forms.BoundField, **extra: Any) -> SafeString:
    """The field with label, hint and error.

    ``extra`` may give ``size`` (of the label: s, m, l, xl), ``heading=True`` (the label is the
    page's h1), ``hide_label=True``, ``width`` (characters: 2, 3, 4, 5, 10, 20, 30), ``inline``
    and ``small`` for radios and checkboxes.
    """
    widget = field.field.widget
    if field.is_hidden:
        return SafeString(field.as_hidden())
    for kind, draw in _DRAW:
        if isinstance(widget, kind):
            return cast("SafeString", draw(field, extra))
    return _input(field, extra)


def _common(field: forms.BoundField, extra: Params) -> Params:
    params: Params = {"id": field.auto_id, "name": field.html_name}
    if field.help_text:
        params["hint"] = {"text": field.help_text}
    if field.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in field.errors)}
    attributes = {k: v for k, v in field.field.widget.attrs.items() if k not in _DRAWN_BY_US}
    for name in {"autocomplete", "inputmode", "pattern"} & attributes.keys():
        params[name] = attributes.pop(name)
    return params | {"attributes": _attributes(attributes)}


def _attributes(attributes: Params) -> SafeString | None:
    return SafeString(flatatt(attributes)) if attributes else None


def _label(field: forms.BoundField, extra: Params) -> Params:
    label: Params = {"text": _words(field)}
    if extra.get("hide_label"):
        label["classes"] = "nhsuk-u-visually-hidden"
    else:
        label["size"] = extra.get("size", "l" if extra.get("heading") else "s")
        label["isPageHeading"] = bool(extra.get("heading"))
    return label


def _words(field: forms.BoundField) -> str:
    """The label; what need not be filled in says so, unless it is a filter or a tick."""
    is_asked = field.field.required or getattr(field.form, "method", "post") == "get"
    is_told = "optional" in str(field.label).lower() or str(field.label).endswith("?")
    is_tick = isinstance(field.field.widget, (forms.CheckboxInput, forms.CheckboxSelectMultiple))
    return f"{field.label}" if is_asked or is_told or is_tick else f"{field.label} (optional)"


def _legend(field: forms.BoundField, extra: Params) -> Params:
    label = _label(field, extra)
    return {"legend": label}


def _value(field: forms.BoundField) -> str:
    value = field.field.widget.format_value(field.value())
    return "" if value is None else str(value)


def _input(field: forms.BoundField, extra: Params) -> SafeString:
    widget = field.field.widget
    kind = getattr(widget, "input_type", "text")
    numeric: Params = {}
    if kind == "number":
        kind, numeric = "text", {"inputmode": "numeric"}
        extra.setdefault("width", 4)
    return component(
        "input",
        **_common(field, extra) | numeric,
        label=_label(field, extra),
        type=kind,
        value=_value(field),
        width=extra.get("width", widget.attrs.get("width", "")),
        prefix=extra.get("prefix"),
        suffix=extra.get("suffix"),
    )


def _password(field: forms.BoundField, extra: Params) -> SafeString:
    return component("password-input", **_common(field, extra), label=_label(field, extra))


def _file(field: forms.BoundField, extra: Params) -> SafeString:
    return component("file-upload", **_common(field, extra), label=_label(field, extra))


def _textarea(field: forms.BoundField, extra: Params) -> SafeString:
    longest = getattr(field.field, "max_length", None)
    return component(
        "character-count" if longest else "textarea",
        **_common(field, extra),
        label=_label(field, extra),
        value=_value(field),
        rows=field.field.widget.attrs.get("rows", 5),
        maxlength=longest,
        threshold=75,
    )


def _options(field: forms.BoundField) -> list[Params]:
    """The choices with their state; ModelChoiceField's, grouped ones and blanks included."""
    chosen = _chosen(field)
    hints = getattr(field.field, "choice_hints", {})
    items: list[Params] = []
    for value, text in _flat(field.field.widget.choices):
        item: Params = {"value": _text(value), "text": str(text)}
        if hint := hints.get(_text(value)):
            item["hint"] = {"text": hint}
        items.append(item | {"is_chosen": _text(value) in chosen})
    return items


def _chosen(field: forms.BoundField) -> set[str]:
    value = field.value()
    return {str(v) for v in value} if isinstance(value, (list, tuple, set)) else {_text(value)}


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for value, text in choices:
        flat += list(text) if isinstance(text, (list, tuple)) else [(value, text)]
    return flat


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _select(field: forms.BoundField, extra: Params) -> SafeString:
    # Options by hand: a choice of months has hundreds, and the macro takes its time over each.
    chosen = _chosen(field)
    options = [
        f'<option value="{escape(_text(value))}"{" selected" if _text(value) in chosen else ""}>'
        f"{escape(str(text))}</option>"
        for value, text in _flat(field.field.widget.choices)
    ]
    common, label = _common(field, extra), _label(field, extra)
    is_plain = not (common.keys() - {"id", "name", "attributes"} or common["attributes"])
    empty = (
        _plain_select(common["id"], common["name"], **label)
        if is_plain
        else component("select", **common, label=label, items=[])
    )
    before, end, after = empty.rpartition("</select>")
    return SafeString("".join((before, *options, end, after)))


@lru_cache(maxsize=200)
def _plain_select(id_: str, name: str, **label: Any) -> SafeString:
    """One without hint and error, as filters have them on every list: made once, and empty."""
    return component("select", id=id_, name=name, label=label, items=[])


def _radios(field: forms.BoundField, extra: Params) -> SafeString:
    options = [{**o, "checked": o.pop("is_chosen")} for o in _options(field) if o["value"]]
    return _group("radios", field, options, extra)


def _checkboxes(field: forms.BoundField, extra: Params) -> SafeString:
    options = [{**o, "checked": o.pop("is_chosen")} for o in _options(field)]
    return _group("checkboxes", field, options, extra)


def _group(name: str, field: forms.BoundField, items: list[Params], extra: Params) -> SafeString:
    common = _common(field, extra)
    return component(
        name,
        idPrefix=common.pop("id"),
        **common,
        fieldset=_legend(field, extra),
        items=items,
        classes=field.field.widget.attrs.get("class", ""),
        inline=extra.get("inline", field.field.widget.attrs.get("inline", False)),
        small=extra.get("small", False),
    )


def _tick(field: forms.BoundField, extra: Params) -> SafeString:
    common = _common(field, extra)
    hint = common.pop("hint", None)
    item = {"value": "on", "text": str(field.label), "checked": bool(field.value()), "hint": hint}
    return component("checkboxes", idPrefix=common.pop("id"), **common, items=[item])


def _date(field: forms.BoundField, extra: Params) -> SafeString:
    widget: Any = field.field.widget
    shown, wrong = widget.shown(field.value()), widget.wrong_parts(field)
    common = _common(field, extra)
    name = common.pop("name")
    common.setdefault("hint", {"text": "For example, 27 3 2026"})
    items = [
        {
            "name": f"{name}_{part}",
            "id": f"{field.auto_id}_{part}",
            "label": part.capitalize(),
            "value": getattr(shown, part),
            "width": 4 if part == "year" else 2,
            "error": part in wrong,
        }
        for part in widget.parts
    ]
    return component("date-input", **common, fieldset=_legend(field, extra), items=items)


_DRAW: tuple[tuple[Any, Any], ...] = (
    (SplitDateWidget, _date),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.SelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.CheckboxInput, _tick),
    (forms.Textarea, _textarea),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
)
