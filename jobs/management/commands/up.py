"""``manage.py up``: the embedded portal: web, worker and beat, until Ctrl-C."""

import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobs.processes import Process, keep_running

# The embedded portal may run as root, in a container or a fresh machine
AS_ROOT = "ignore:You're running the worker with superuser privileges"


class Command(BaseCommand):
    """Runs the whole portal on this machine, for this machine alone (127.0.0.1)."""

    help = "Run web, worker and beat together on this machine; Ctrl-C ends all of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--port``, which is otherwise PORT or 8000."""
        parser.add_argument("--port", type=int, default=port_from_environment())

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a port in use, then run until asked to end."""
        port, folder = options["port"], getattr(settings, "DATA_DIR", None)
        if folder is None:
            message = "These settings are not the embedded portal's. See README, Production."
            raise CommandError(message)
        check_free(port)
        self.stdout.write(f"Open http://127.0.0.1:{port}/ (Ctrl-C ends it).")
        self.stdout.flush()
        keep_running(embedded_processes(port, Path(folder)), self.stderr.write)


def port_from_environment() -> int:
    """PORT, or 8000. Raises CommandError when it is no port."""
    value = os.environ.get("PORT") or "8000"
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        message = f"PORT must be a number from 1 to 65535, not {value!r}."
        raise CommandError(message)
    return int(value)


def check_free(port: int) -> None:
    """Raise CommandError, naming a way out, unless the port can be had."""
    if not is_free(port):
        message = f"Port {port} is in use. Choose another: PORT={port % 65535 + 1} make run"
        raise CommandError(message)


def is_free(port: int) -> bool:
    """Whether a server could listen at this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def embedded_processes(port: int, folder: Path) -> list[Process]:
    """Web, worker and beat of the embedded portal, whose data is in ``folder``."""
    environment = {**os.environ, "PORT": str(port), "LXR_DATA_DIR": str(folder)}
    python, celery = sys.executable, ["-W", AS_ROOT, "-m", "celery", "-q", "-A", "lxr_portal"]
    web = [
        *("-m", "gunicorn", "lxr_portal.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}"),
        *("--workers", "1", "--threads", "6", "--graceful-timeout", "2"),
        *("--no-control-socket", "--log-level", "warning"),
    ]
    worker = [
        *(*celery, "worker", "--pool", "threads", "--concurrency", "2"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        *("--loglevel", "WARNING"),
    ]
    beat = [
        *(*celery, "beat", "--schedule", str(folder / "beat-schedule"), "--pidfile="),
        *("--loglevel", "WARNING"),
    ]
    commands = {"web": web, "worker": worker, "beat": beat}
    return [Process(name, [python, *rest], environment) for name, rest in commands.items()]
