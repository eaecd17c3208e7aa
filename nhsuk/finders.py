"""The design system's stylesheet without its web font, among the static files."""

import atexit
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

WITH_FONT = "wagtailnhsukfrontend/css/nhsuk-frontend-10.4.2.min.css"
WITHOUT_FONT = "nhsuk/nhsuk-frontend-10.4.2.arial.min.css"


@cache
def made() -> FileSystemStorage:
    """A folder of this process with the stylesheet minus its ``@font-face`` rules.

    They point at the NHS's asset host. A browser under our content security policy complains
    about them on every page, even where no rule uses the font.
    """
    folder = tempfile.TemporaryDirectory(prefix="nhsuk-")
    atexit.register(folder.cleanup)
    css = (Path(settings.NHSUK_STATIC) / WITH_FONT).read_text(encoding="utf-8")
    path = Path(folder.name) / WITHOUT_FONT
    path.parent.mkdir(parents=True)
    path.write_text(re.sub(r"@font-face\{[^}]*\}", "", css), encoding="utf-8")
    return FileSystemStorage(location=folder.name)


class WithoutWebFont(BaseFinder):
    """Finds the one file that is made and not shipped."""

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to set up."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Where it is."""
        if path != WITHOUT_FONT:
            return []
        found = made().path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """What collectstatic copies."""
        yield WITHOUT_FONT, made()
