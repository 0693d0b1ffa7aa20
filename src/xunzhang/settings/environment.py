"""Read settings from the environment; a value that cannot be read is an error that names the variable."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return the variable, or the default when it is unset."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Return the variable as a yes or no."""
    written = os.environ.get(name, str(default)).strip().lower()
    if written in _TRUE:
        return True
    if written in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is “{written}”; write 1 for yes or 0 for no.")


def number(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    written = os.environ.get(name, str(default)).strip()
    try:
        return int(written)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is “{written}”; write a whole number such as {default}."
        ) from None


def names(name: str, default: str = "") -> list[str]:
    """Return the variable as a list, split at commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret_key(folder: Path) -> str:
    """Return XUNZHANG_SECRET_KEY, or the key kept in the data directory, made at the first start."""
    if given := text("XUNZHANG_SECRET_KEY"):
        return given
    file = folder / "secret-key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def database(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's description of the database at `url`; SQLite in the data directory when empty."""
    if not url:
        return _sqlite(folder / "xunzhang.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        f"XUNZHANG_DATABASE_URL starts with “{parts.scheme}”; write postgresql://user@host/name or sqlite:///path."
    )


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
