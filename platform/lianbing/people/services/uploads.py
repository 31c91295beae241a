"""A file between its check and its confirmation: kept for half an hour, for whoever uploaded it."""

import os
import re
import secrets
from pathlib import Path

from django.conf import settings

from lianbing.kit import clock

KEPT_SECONDS = 30 * 60


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep(data: bytes) -> str:
    """Put the bytes aside and return the key to them. Files older than half an hour are swept away."""
    oldest = clock.now().timestamp() - KEPT_SECONDS
    for path in _folder().iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
    key = secrets.token_hex(16)
    handle = os.open(_folder() / key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return key


def read(key: str) -> bytes | None:
    """The bytes under a key, None when they are gone or the key is none."""
    if not re.fullmatch(r"[0-9a-f]{32}", key):
        return None
    try:
        return (_folder() / key).read_bytes()
    except FileNotFoundError:
        return None


def drop(key: str) -> None:
    """Forget the bytes under a key."""
    if re.fullmatch(r"[0-9a-f]{32}", key):
        (_folder() / key).unlink(missing_ok=True)
