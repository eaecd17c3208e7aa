"""Kombu's filesystem transport with files that appear whole or not at all.

The stock transport opens a message's file and then writes it, so a reader can meet it empty; it
then fails to decode it, and an empty file stops the worker for good. The same holds for the table
of who listens. Here a file is written under a hidden name and renamed; a message belongs to the
reader whose removal of the file succeeded; what is no message is put aside with a warning.
"""

import fcntl
import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem, virtual

logger = logging.getLogger(__name__)

# The stock classes' types name less than they have
StockChannel: Any = filesystem.Channel
StockTransport: Any = filesystem.Transport
Row = filesystem.exchange_queue_t


class Channel(StockChannel):
    """A channel over one folder; several processes and threads may share the folder."""

    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:
        folder = Path(self.data_folder_out)
        _write_whole(folder / f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg", payload)

    def _get(self, queue: str) -> dict[str, Any]:
        for path in sorted(Path(self.data_folder_in).iterdir()):
            if path.name.startswith(".") or path.name.partition(".")[2] != f"{queue}.msg":
                continue
            message = _take(path)
            if message is not None:
                return message
        raise Empty

    def get_table(self, exchange: str) -> list[Any]:
        """Who listens at this exchange."""
        try:
            rows = json.loads(self._exchange_file(exchange).read_bytes())
            return [Row(*row) for row in rows]
        except (FileNotFoundError, ValueError, TypeError):
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        row = Row(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda rows: rows if row in rows else [row, *rows])

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *_: Any, **__: Any
    ) -> None:
        self._purge(queue)
        row = Row(routing_key or "", pattern or "", queue or "")
        self._change_table(exchange, lambda rows: [each for each in rows if each != row])

    def _change_table(self, exchange: str, change: Callable[[list[Any]], list[Any]]) -> None:
        path = self._exchange_file(exchange)
        with _locked(path.with_name(".lock")):
            rows = self.get_table(exchange)
            changed = change(rows)
            if changed != rows:
                _write_whole(path, changed)


class Transport(StockTransport):
    """For settings: ``CELERY_BROKER_TRANSPORT = "jobs.transport:Transport"``."""

    Channel = Channel

    def __init__(self, client: Any, **options: Any) -> None:
        super().__init__(client, **options)
        # Not the stock's one for all: a second thread would believe a table written that is not yet
        self.state = virtual.BrokerState()

    def drain_events(self, connection: Any, timeout: float | None = None) -> Any:
        """Wait half a second at most, so that a worker that should end soon notices."""
        return super().drain_events(connection, timeout=min(timeout or 0.5, 0.5))


def _write_whole(path: Path, content: Any) -> None:
    hidden = path.with_name(f".{uuid.uuid4()}")
    hidden.write_text(json.dumps(content), encoding="ascii")
    hidden.replace(path)


def _take(path: Path) -> dict[str, Any] | None:
    """The message in this file, now ours; None when another reader took it or it is no message."""
    try:
        content = path.read_bytes()
        path.unlink()
        message = json.loads(content)
    except OSError:
        return None
    except ValueError:
        message = None
    if not (isinstance(message, dict) and "body" in message):
        logger.warning("A file in the broker's folder was no message and is gone: %s", path.name)
        return None
    return message


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
