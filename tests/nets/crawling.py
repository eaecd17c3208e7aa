"""A reader who follows every link and tries every choice of every search and filter."""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from tests.nets.walk import comparable

# Of addresses alike but for numbers and values, so many are opened.
ALIKE = 2
# Made anew for each page: what tells a form that is sent twice, and the number of a banner.
_MADE_ANEW = re.compile(r'name="(?:token|once)" value="[^"]*"|banner-\d+')
# Signing in and out, and files that browsers look for.
LEFT_ALONE = ("/account/", "/static/", "/healthz", "/admin/logout/", "/admin/jsi18n/")


class _Reader(HTMLParser):
    """The links of a page, and the addresses that its search forms can lead to."""

    def __init__(self, address: str, words: str) -> None:
        super().__init__()
        self.address, self.words = address, words
        self.found: list[str] = []
        self._form: str | None = None
        self._hidden: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Links lead on; each choice of a form is tried alone, each search with the words.

        As in a browser, a form that is sent leaves the choices of the page it stands on behind.
        """
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.found.append(urljoin(self.address, given["href"]))
        elif tag == "form":
            is_search = given.get("method", "get").lower() == "get"
            there = urlsplit(urljoin(self.address, given.get("action", ""))).path
            self._form, self._hidden = there if is_search else None, {}
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and given.get("value"):
            self._try(self._select, given["value"])
        elif tag == "input" and given.get("name"):
            if given.get("type") == "hidden":
                self._hidden[given["name"]] = given.get("value", "")
            else:
                self._try(given["name"], given.get("value") or self.words)

    def handle_endtag(self, tag: str) -> None:
        """A form or a list of choices ends."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _try(self, name: str, value: str) -> None:
        if self._form is not None:
            self.found.append(f"{self._form}?{urlencode(self._hidden | {name: value})}")


def _shape(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    names = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return re.sub(r"\d+", "0", parts.path), ",".join(names)


def crawl(read: Callable[[str], str], begin: Iterable[str], *, words: str) -> dict[str, str]:
    """What every page says that can be reached from the first ones, by its address.

    ``read`` opens an address and returns what it says. ``words`` are put into every search.
    """
    seen: dict[str, str] = {}
    alike: Counter[tuple[str, str]] = Counter()
    first = list(dict.fromkeys(begin))
    waiting = deque(first)
    while waiting:
        address = waiting.popleft()
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if parts.netloc or parts.scheme or path in seen or path.startswith(LEFT_ALONE):
            continue
        if path not in first:
            alike[_shape(path)] += 1
            if alike[_shape(path)] > ALIKE:
                continue
        seen[path] = read(path)
        if seen[path].startswith("200 text/html"):
            reader = _Reader(path, words)
            reader.feed(seen[path])
            waiting.extend(reader.found)
    return seen


def without_made_anew(text: str) -> str:
    """A page without what is different each time it is opened."""
    return _MADE_ANEW.sub("", text)


def said(response: Any) -> str:
    """What an answer says, as its reader would see it. Of a file that is no text, its type."""
    kind = response.headers.get("Content-Type", "").split(";")[0]
    head = f"{response.status_code} {kind} {response.headers.get('Location', '')}\n"
    if response.streaming:
        content = b"".join(response.streaming_content)
        is_workbook = zipfile.is_zipfile(io.BytesIO(content))
        return head + (_cells(content) if is_workbook else content.decode(errors="replace"))
    if kind.startswith("text/") or kind == "application/json":
        return head + without_made_anew(comparable(response))
    return head


def _cells(workbook: bytes) -> str:
    """What a workbook holds; the rest of the file says when it was written."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        sheets = sorted(name for name in file.namelist() if name.startswith("xl/worksheets/"))
        return "\n".join(file.read(name).decode() for name in sheets)
