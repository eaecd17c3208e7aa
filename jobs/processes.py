"""Running the portal's processes together: one that dies comes back, and all end together."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 4.0  # seconds from "end" to "now"
LONGEST_WAIT = 30.0  # seconds between two tries of one that keeps dying
STEADY = 60.0  # seconds after which a process counts as well


@dataclass
class Process:
    """A command that should be running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    wait: float = field(default=1.0)

    def start(self) -> None:
        """Start the command; it shares our process group and our output."""
        self.running = subprocess.Popen(self.command, env=dict(self.environment))  # noqa: S603 - our own commands
        self.started_at = time.monotonic()

    def look_after(self, say: Callable[[str], None]) -> None:
        """Start the command again if it died, later each time that it dies young."""
        now = time.monotonic()
        if self.running is None:
            if now >= self.start_again_at:
                self.start()
        elif (status := self.running.poll()) is not None:
            self.wait = 1.0 if now - self.started_at > STEADY else min(self.wait * 2, LONGEST_WAIT)
            say(f"{self.name} ended (status {status}); starting it again in {self.wait:.0f} s.")
            self.running = None
            self.start_again_at = now + self.wait


def keep_running(processes: Sequence[Process], say: Callable[[str], None]) -> None:
    """Start all and keep them running until this process is asked to end, then end them all."""
    ending = False

    def end(*_: object) -> None:
        nonlocal ending
        ending = True

    before = {number: signal.signal(number, end) for number in ENDINGS}
    try:
        while not ending:
            for process in processes:
                process.look_after(say)
            time.sleep(0.2)
    finally:
        end_all(processes)
        for number, handler in before.items():
            signal.signal(number, handler)


def end_all(processes: Sequence[Process]) -> None:
    """Ask every process to end; those still there after PATIENCE are ended at once."""
    running = [each.running for each in processes if each.running and each.running.poll() is None]
    for each in running:
        each.terminate()
    deadline = time.monotonic() + PATIENCE
    for each in running:
        try:
            each.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()
