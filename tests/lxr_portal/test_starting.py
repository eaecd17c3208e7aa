"""Starting on a machine that lacks something: one clear line each. And what is made on it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from lxr_portal.settings import embedded
from programme.demonstration import AS_AT, days_to_move
from tests.lxr_portal.test_settings import PRODUCTION
from tests.nets.browser import MISSING, start_chromium

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("basename", "bash", "cat", "dirname", "env", "id", "rm", "sha256sum")
OLD = 'echo "Python 3.9.2"; [ "$1" = --version ]'
WITHOUT_VENV = 'case "$2" in *venv*) exit 1;; esac'
Runs = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The programs of a machine that has nothing but a shell."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


@pytest.fixture
def run(machine: Path, tmp_path: Path) -> Runs:
    """Run one of ``bin/`` there."""

    def on_it(name: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [ROOT / "bin" / name, *arguments],
            env={"PATH": str(machine), "VENV": str(tmp_path / "venv"), **environment},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    return on_it


def put(machine: Path, name: str, script: str) -> None:
    """A program that does this."""
    (machine / name).write_text(f"#!/usr/bin/env bash\n{script}\n")
    (machine / name).chmod(0o755)


def only_line(printed: str) -> str:
    (line,) = printed.strip().splitlines()
    return line


def test_no_python_is_one_clear_line(run: Runs) -> None:
    done = run("install", "requirements.lock")

    assert done.returncode == 1
    assert only_line(done.stdout + done.stderr) == (
        "Python 3.11 is needed and was not found (no python3). "
        "Install it, or name it: PYTHON=/path/to/python3.11 make run"
    )


@pytest.mark.parametrize("named", [{}, {"PYTHON": "python3"}, {"PYTHON": "/nowhere/python"}])
def test_an_old_python_is_one_clear_line(machine: Path, run: Runs, named: dict[str, str]) -> None:
    for name in ("python3", "python"):
        put(machine, name, OLD)

    done = run("install", "requirements.lock", **named)

    assert done.returncode == 1
    assert only_line(done.stdout + done.stderr).startswith(
        "Python 3.11 is needed and was not found (Python 3.9.2)."
    )


def test_a_missing_venv_is_one_clear_line(machine: Path, run: Runs, tmp_path: Path) -> None:
    put(machine, "python3.11", WITHOUT_VENV)

    done = run("install", "requirements.lock")

    assert done.returncode == 1
    assert only_line(done.stdout + done.stderr) == (
        "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3.11-venv"
    )
    assert not (tmp_path / "venv").exists()


def test_a_missing_browser_is_one_clear_line(run: Runs) -> None:
    for environment, status, line in (
        ({}, 0, "The browser tests need chromium and will be skipped: apt-get install chromium"),
        (
            {"LXR_REQUIRE_BROWSER": "1"},
            1,
            "The browser tests need chromium: apt-get install chromium",
        ),
    ):
        done = run("browser", **environment)
        assert (only_line(done.stdout + done.stderr), done.returncode) == (line, status)


def test_a_browser_that_is_named_is_enough(machine: Path, run: Runs) -> None:
    put(machine, "another", "")

    done = run("browser", LXR_CHROMIUM=str(machine / "another"), LXR_REQUIRE_BROWSER="1")

    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize("named", ["", "/nowhere/chromium"])
def test_browser_tests_are_skipped_in_one_line_unless_that_is_forbidden(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LXR_CHROMIUM", named)
    monkeypatch.delenv("LXR_REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception) as skipped:
        next(start_chromium())
    assert skipped.value.msg == MISSING

    monkeypatch.setenv("LXR_REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception) as failed:
        next(start_chromium())
    assert failed.value.msg == MISSING


def test_keys_are_made_once_for_this_user_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LXR_DATA_DIR", str(tmp_path / "new" / "var"))
    before = os.umask(0o000)
    try:
        folder = embedded.data_dir()
        made = embedded.keys(folder)
    finally:
        os.umask(before)

    assert embedded.keys(embedded.data_dir()) == made
    assert sorted(path.name for path in folder.iterdir()) == [
        "broker", "field-keys", "mail", "secret-key",
    ]  # fmt: skip
    for path in (folder, *folder.iterdir()):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path.name


def test_the_folder_of_the_clone_is_closed_whoever_made_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LXR_DATA_DIR", raising=False)
    monkeypatch.setattr(embedded, "BASE_DIR", tmp_path)
    (tmp_path / "var").mkdir(mode=0o755)

    assert embedded.data_dir().stat().st_mode & 0o777 == 0o700


def test_the_demonstrations_day_is_within_the_last_week_whatever_day_it_is() -> None:
    for number in range(-800, 4000):
        today = AS_AT + timedelta(days=number)
        moved = days_to_move(today)
        assert moved.days % 7 == 0
        assert today - timedelta(days=6) <= AS_AT + moved <= today
    assert AS_AT + days_to_move(date(2028, 2, 29)) == date(2028, 2, 24)


def test_the_demonstration_is_refused_in_production() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "load_demo"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "lxr_portal.settings.production",
            **PRODUCTION,
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert only_line(done.stderr) == (
        "CommandError: This portal holds a real programme. The demonstration is not loaded here."
    )
