"""Holding an uploaded file between its trial run and the confirmation: a day at most, for one person."""

import datetime
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

KEPT_FOR = datetime.timedelta(days=1)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def hold(chunks: Iterable[bytes], *, at: datetime.datetime) -> uuid.UUID:
    """Keep the bytes and give back the name under which `held` finds them. Old ones are swept away."""
    for old in _folder().iterdir():
        if at.timestamp() - old.stat().st_mtime > KEPT_FOR.total_seconds():
            old.unlink(missing_ok=True)
    token = uuid.uuid4()
    with (_folder() / str(token)).open("wb") as target:
        for chunk in chunks:
            target.write(chunk)
    return token


def held(token: uuid.UUID) -> Path | None:
    """Where the held file lies, or None when it has been swept away."""
    path = _folder() / str(token)
    return path if path.is_file() else None


def drop(token: uuid.UUID) -> None:
    """Forget a held file."""
    (_folder() / str(token)).unlink(missing_ok=True)
