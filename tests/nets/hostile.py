"""What somebody who means no good, or a broken browser, may send instead of what is asked for."""

from html.parser import HTMLParser
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from django.http import QueryDict

NUL = "%00"
LONE_SURROGATE = "%ED%A0%80"  # as bytes: no text can hold it
BEYOND_ANY_ID = str(2**63)
# Each already as it stands in an address or a form's body.
VALUES = {
    "NUL": f"a{NUL}b",
    "lone surrogate": f"a{LONE_SURROGATE}b",
    "huge number": "9" * 40,
    "beyond any id": BEYOND_ANY_ID,
    "negative": "-1",
    "no such day": "2026-02-29",
    "other digits": quote("٣²"),
    "control characters": "%0d%0aX-Injected:%201%1b%7f",
    "long": "x" * 5000,
    "nothing": "",
}
# What is sent in one field among right ones; numbers where one could be meant.
ALONE = ("NUL",)
NUMBERS_ALONE = ("huge number", "beyond any id", "other digits")
UNKNOWN = "no_such_field[$ne]"
NO_SUCH_DAY = {"day": "29", "month": "2", "year": "2026"}


class NotingQuery(QueryDict):
    """The query of an address, which notes the names that are looked for in it."""

    looked_for: ClassVar[set[str]] = set()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._is_read = False
        super().__init__(*args, **kwargs)
        self._is_read = True

    def _note(self, name: Any) -> None:
        if self._is_read:
            self.looked_for.add(name)

    def __contains__(self, name: Any) -> bool:
        self._note(name)
        return super().__contains__(name)

    def __getitem__(self, name: Any) -> Any:
        self._note(name)
        return super().__getitem__(name)

    def getlist(self, name: Any, default: Any = None) -> Any:
        """As it is, and noted."""
        self._note(name)
        return super().getlist(name, default)

    def lists(self) -> Any:
        """As they are, and each noted: a page may carry all of them on."""
        for name in self:
            self._note(name)
        return super().lists()


class _Forms(HTMLParser):
    """The fields that a browser would send, by the address each form goes to."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.fields: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._open: dict[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action", "").split("?")[0] or self.path
            key = (given.get("method", "get").upper(), action)
            self._open = self.fields.setdefault(key, {})
        elif self._open is not None and tag in {"input", "select", "textarea", "button"}:
            self._field(tag, given)
        elif self._open is not None and tag == "option" and "selected" in given:
            self._open[self._select].append(given.get("value", ""))

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if not name or self._open is None:
            return
        values = self._open.setdefault(name, [])
        if tag == "select":
            self._select = name
        elif given.get("type") not in {"radio", "checkbox", "submit"} or "checked" in given:
            values.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def form_fields(html: str, path: str, method: str) -> dict[str, list[str]]:
    """The fields, with what stands in them, of the forms on a page that go to this address."""
    reader = _Forms(path)
    reader.feed(html)
    found = reader.fields.get((method, path), {})
    return {name: values for name, values in found.items() if name != "csrfmiddlewaretoken"}


def encoded(fields: dict[str, Any]) -> dict[str, list[str]]:
    """Fields as they stand in a form's body."""
    return {
        name: [quote(str(v)) for v in (value if isinstance(value, list) else [value])]
        for name, value in fields.items()
    }


def body_of(fields: dict[str, list[str]]) -> str:
    """The body of a form: names are encoded here, values are already."""
    return "&".join(f"{quote(name)}={value}" for name in fields for value in fields[name])


def _alone(values: list[str]) -> tuple[str, ...]:
    """The kinds that are sent alone in a field where these are right."""
    could_be_a_number = all(value.isdigit() or not value for value in values)
    return (*ALONE, *NUMBERS_ALONE) if could_be_a_number else ALONE


def bodies(valid: dict[str, list[str]], names: list[str]) -> dict[str, str]:
    """Every hostile body for a form, each once and under the words that say what is wrong."""
    found = {"nothing at all": "", "an unknown field": urlencode({UNKNOWN: "1"})}
    for kind, value in {**VALUES, "very long": "x" * 100_000}.items():
        found[f"all: {kind}"] = body_of({name: [value] for name in names})
    found["all: three times"] = body_of({name: ["1", "2", f"a{NUL}b"] for name in names})
    found["all: no such day"] = body_of(
        {name: [NO_SUCH_DAY.get(name.rsplit("_", 1)[-1], "2026-02-29")] for name in names}
    )
    for name in names:
        for kind in _alone(valid.get(name, [])):
            found[f"{name}: {kind}"] = body_of({**valid, name: [VALUES[kind]]})
    return {kind: body for body, kind in {body: kind for kind, body in found.items()}.items()}
