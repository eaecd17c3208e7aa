"""The shape of the code: what a reader may count on before opening a file."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 400  # lines; about 250 ask to become a package
JUNK_DRAWERS = {"core", "common", "utils", "util", "helpers", "helper", "services", "misc", "lib"}
WEAK_NAMES = re.compile(r"(^|_)(manager|helper|handle|handler|process|info)(_|$)", re.IGNORECASE)
NOT_OURS = {
    "handle",  # Django's name for what a command does
    "UserManager",  # Django's word for what makes users
    "helper",  # the form library's word
    "Process",  # the operating system's word
}


def files(*patterns: str) -> list[Path]:
    """The project's files, also those not committed yet, that match a pattern."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def python_files() -> list[Path]:
    return [path for path in files("*.py") if "migrations" not in path.parts]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_longer_than_its_limit():
    written = [*python_files(), *files("*.html", "static/*.js", "static/*.css")]
    assert len(written) > 100
    long = {named(path): len(path.read_text().splitlines()) for path in written}
    assert {name: lines for name, lines in long.items() if lines > LIMIT} == {}


def test_there_is_no_junk_drawer():
    assert [
        named(path) for path in python_files() if {path.stem, path.parent.name} & JUNK_DRAWERS
    ] == []


def test_nothing_has_a_name_that_says_nothing():
    found = [
        f"{named(path)}: {node.name}"
        for path in python_files()
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and node.name not in NOT_OURS
        and WEAK_NAMES.search(node.name)
    ]
    assert found == []


def test_views_ask_no_model_for_rows():
    found = [named(path) for path in python_files() if is_view(path) and ".objects" in code(path)]
    assert found == []


def is_view(path: Path) -> bool:
    return "tests" not in path.parts and (path.stem == "views" or path.parent.name == "views")


def code(path: Path) -> str:
    return path.read_text()


def test_nothing_happens_behind_the_back_of_an_operation():
    """No signal receivers: the effect of an operation is found by reading it."""
    signals = re.compile(r"@receiver\(|\b(pre|post)_(save|delete)\.connect|m2m_changed")
    found = [
        named(path)
        for path in python_files()
        if "tests" not in path.parts and signals.search(code(path))
    ]
    assert found == []


@pytest.mark.parametrize("kind", ["operations", "policies", "queries"])
def test_operations_policies_and_queries_do_not_read_the_clock(kind):
    clock = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|localdate\(\)")
    found = [
        named(path)
        for path in python_files()
        if "tests" not in path.parts
        and kind in {path.stem, path.parent.name}
        and clock.search(code(path))
    ]
    assert found == []


def test_templates_hold_nothing_inline():
    """The content security policy would drop it, and the page would not be what it seems."""
    inline = re.compile(r"\sstyle=|\son[a-z]+=[\"']|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE)
    found = [named(path) for path in files("templates/*.html") if inline.search(path.read_text())]
    assert found == []


def test_unused_templates_are_gone():
    everything = "\n".join(
        path.read_text() for path in [*python_files(), *files("templates/*.html")]
    )
    ours = [
        path.relative_to(ROOT / "templates")
        for path in files("templates/*.html")
        if path.parent.name
        in {p.name for p in ROOT.iterdir() if p.is_dir()} - {"accounts", "nhsuk", "templates"}
    ]
    assert [str(name) for name in ours if str(name) not in everything] == []


def test_the_development_lock_holds_what_runs():
    """make run and make test share one environment."""
    pins = re.compile(r"^([a-z0-9._-]+==\S+)", re.MULTILINE)
    runs, develops = (
        set(pins.findall((ROOT / name).read_text()))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert len(runs) > 30
    assert runs <= develops


def test_locks_name_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / name).read_text()
