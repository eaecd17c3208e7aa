"""Processes that die come back; asked to end, all are gone within seconds."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from jobs.management.commands.up import embedded_processes
from jobs.processes import Process, end_all

ROOT = Path(__file__).resolve().parents[2]
SLEEPS = "import time; open(r'{}', 'a').write('x'); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPS
KEEPS_TWO = """
import sys
from jobs.processes import Process, keep_running
python = [sys.executable, '-c']
keep_running([Process(code, [*python, code], {{}}) for code in {}], print)
"""


def wait_for(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not come to be."
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(pid: int) -> list[int]:
    return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("whole_group", [True, False], ids=["Ctrl-C", "one"])
def test_all_end_together(ending, whole_group, tmp_path: Path):
    marks = [tmp_path / "one", tmp_path / "two"]
    code = KEEPS_TWO.format([SLEEPS.format(marks[0]), STUBBORN.format(marks[1])])
    keeper = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, start_new_session=True)
    try:
        wait_for(lambda: all(mark.exists() for mark in marks))
        those = children(keeper.pid)
        assert len(those) == 2
        (os.killpg if whole_group else os.kill)(keeper.pid, ending)

        assert keeper.wait(8) == 0
        assert [pid for pid in those if alive(pid)] == []
    finally:
        keeper.kill()


def test_one_that_dies_comes_back_later_each_time(monkeypatch):
    said: list[str] = []
    clock = [1000.0]
    monkeypatch.setattr("jobs.processes.time", SimpleNamespace(monotonic=lambda: clock[0]))
    process = Process("worker", [sys.executable, "-c", "raise SystemExit(3)"], {})
    waits = []
    for _ in range(7):
        process.look_after(said.append)
        assert process.running
        process.running.wait(10)
        process.look_after(said.append)
        assert process.running is None
        process.look_after(said.append)
        assert process.running is None  # not before its time
        waits.append(process.start_again_at - clock[0])
        clock[0] = process.start_again_at

    assert waits == [2, 4, 8, 16, 30, 30, 30]
    assert said[0] == "worker ended (status 3); starting it again in 2 s."


def test_one_that_was_well_comes_back_soon(monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr("jobs.processes.time", SimpleNamespace(monotonic=lambda: clock[0]))
    process = Process("web", [sys.executable, "-c", ""], {}, wait=30.0)
    process.look_after(print)
    assert process.running
    process.running.wait(10)
    clock[0] += 61
    process.look_after(lambda _: None)

    assert process.start_again_at - clock[0] == 1


def test_ending_nothing_is_no_error():
    end_all([Process("web", ["true"], {})])


class TestUp:
    def test_a_port_in_use_is_one_clear_line(self, tmp_path):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with pytest.raises(CommandError) as refused:
                call_command("up", port=port, stdout=StringIO())

        assert str(refused.value) == (
            f"Port {port} is in use. Choose another: PORT={port + 1} make run"
        )

    @pytest.mark.parametrize("value", ["eighty", "0", "65536", "-1", "8000.5"])
    def test_a_port_that_is_none_is_one_clear_line(self, value, monkeypatch):
        monkeypatch.setenv("PORT", value)
        with pytest.raises(CommandError, match="PORT must be a number from 1 to 65535"):
            call_command("up", stdout=StringIO())

    def test_it_listens_on_this_machine_alone_and_keeps_its_files_together(self, tmp_path):
        web, worker, beat = embedded_processes(8123, tmp_path)

        assert "127.0.0.1:8123" in web.command
        assert str(tmp_path / "beat-schedule") in beat.command
        assert {each.environment["LXR_DATA_DIR"] for each in (web, worker, beat)} == {str(tmp_path)}
