"""Messages through the filesystem: none lost, none twice, nothing foreign stops a reader."""

import logging
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.simple import SimpleQueue

from jobs.transport import Channel


@contextmanager
def queue_in(folder: Path) -> Iterator[SimpleQueue]:
    for name in ("waiting", "control"):
        (folder / name).mkdir(exist_ok=True)
    options = {
        "data_folder_in": str(folder / "waiting"),
        "data_folder_out": str(folder / "waiting"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.01,
    }
    with (
        Connection(
            "filesystem://localhost//",
            transport="jobs.transport:Transport",
            transport_options=options,
        ) as connection,
        connection.SimpleQueue("work") as queue,
    ):
        yield queue


def put_many(folder: Path, name: str, count: int) -> None:
    with queue_in(folder) as queue:
        for number in range(count):
            queue.put(f"{name}-{number}")


def get_until_quiet(folder: Path, patience: int = 1) -> list[str]:
    seen, quiet = [], 0
    with queue_in(folder) as queue:
        while True:
            try:
                message = queue.get(timeout=0.5)
            except Empty:
                quiet += 1
                if quiet == patience:
                    return seen
                continue
            quiet = 0
            message.ack()
            seen.append(message.payload)


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_none_is_lost_and_none_comes_twice(kind: str, tmp_path: Path):
    pool = (
        ThreadPoolExecutor(6)
        if kind == "threads"
        else ProcessPoolExecutor(6, mp_context=get_context("spawn"))
    )
    with pool:
        readers = [pool.submit(get_until_quiet, tmp_path, 5) for _ in range(3)]
        writers = [pool.submit(put_many, tmp_path, name, 400) for name in "abc"]
        for writer in writers:
            writer.result()
        seen = Counter(message for reader in readers for message in reader.result())

    assert seen == Counter(f"{name}-{number}" for name in "abc" for number in range(400))
    assert list((tmp_path / "waiting").iterdir()) == []


def test_messages_come_in_the_order_they_were_put(tmp_path: Path):
    put_many(tmp_path, "a", 5)

    assert get_until_quiet(tmp_path) == ["a-0", "a-1", "a-2", "a-3", "a-4"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\x00", b"[1]", b"null", b'{"no": "message"}'])
def test_a_file_that_is_no_message_stops_nobody(content, tmp_path: Path, caplog):
    (tmp_path / "waiting").mkdir()
    (tmp_path / "waiting" / "0_first.work.msg").write_bytes(content)
    (tmp_path / "waiting" / ".0_hidden.work.msg").write_bytes(b"")
    (tmp_path / "waiting" / "notes.txt").write_bytes(b"")
    put_many(tmp_path, "a", 1)

    with caplog.at_level(logging.WARNING, "jobs.transport"):
        assert get_until_quiet(tmp_path) == ["a-0"]

    assert caplog.messages == [
        "A file in the broker's folder was no message and is gone: 0_first.work.msg"
    ]
    left = sorted(path.name for path in (tmp_path / "waiting").iterdir())
    assert left == [".0_hidden.work.msg", "notes.txt"]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null"])
def test_a_broken_table_of_listeners_is_written_anew(content, tmp_path: Path):
    (tmp_path / "control").mkdir()
    (tmp_path / "control" / "work.exchange").write_bytes(content)
    put_many(tmp_path, "a", 1)

    assert get_until_quiet(tmp_path) == ["a-0"]


def test_a_message_file_is_never_seen_half_written(tmp_path: Path, monkeypatch):
    """The name a reader looks for appears by a rename, when all is written."""
    seen_before_rename = []
    rename = Path.replace

    def look_first(path: Path, target: Path) -> Path:
        visible = [p for p in target.parent.glob("*.msg") if not p.name.startswith(".")]
        seen_before_rename.append((visible, path.read_text()[:1]))
        return rename(path, target)

    with queue_in(tmp_path) as queue:
        monkeypatch.setattr(Path, "replace", look_first)
        queue.put("whole")

    assert seen_before_rename == [([], "{")]


def test_every_listener_gets_a_fanout_message(tmp_path: Path):
    with queue_in(tmp_path) as queue:
        channel: Channel = queue.channel
        channel._queue_bind("news", "", "", "one")
        channel._queue_bind("news", "", "", "two")
        channel._queue_bind("news", "", "", "two")
        channel._put_fanout("news", {"body": "all"}, "")

        assert channel._get("one") == {"body": "all"}
        assert channel._get("two") == {"body": "all"}
        with pytest.raises(Empty):
            channel._get("two")

        channel._delete("one", "news", "", "")
        assert [row.queue for row in channel.get_table("news")] == ["two"]
