"""Where the embedded portal keeps its data, and the keys made on its first run."""

import base64
import secrets
from pathlib import Path
from typing import Any

from lxr_portal.settings.base import BASE_DIR
from lxr_portal.settings.env import env


def data_dir() -> Path:
    """The embedded portal's folder (LXR_DATA_DIR, default var/), for this user's eyes only."""
    chosen = env.str("LXR_DATA_DIR", "")
    path = Path(chosen or BASE_DIR / "var").resolve()
    for folder in (path, path / "mail", path / "broker"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not chosen:
        path.chmod(0o700)  # pictures or a bench may have made it, open to all
    return path


def keys(folder: Path) -> tuple[str, list[str]]:
    """The secret key and the field encryption keys, made on first use and kept in the folder."""
    secret = _kept(folder / "secret-key", lambda: secrets.token_urlsafe(50))
    field = _kept(
        folder / "field-keys",
        lambda: f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
    )
    return secret, field.split(",")


def _kept(path: Path, make: Any) -> str:
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(make(), encoding="ascii")
        try:
            path.hardlink_to(fresh)  # the first process to get here wins, whole
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def sqlite(path: Path | str) -> dict[str, Any]:
    """The SQLite connection: write-ahead log, IMMEDIATE transactions, 20 s of patience."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
            ),
        },
    }


def broker_options(folder: Path) -> dict[str, Any]:
    """Kombu's filesystem transport: one folder for what waits, one for who listens."""
    waiting, control = folder / "waiting", folder / "control"
    for each in (waiting, control):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "data_folder_in": str(waiting),
        "data_folder_out": str(waiting),
        "control_folder": str(control),
        "polling_interval": 0.5,
    }
