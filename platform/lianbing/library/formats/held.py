"""Uploads that wait, between the preview and the confirmation, in the data folder.

Each is a folder with a random name: the file as it came, a small JSON state, and two journals (what would
become of each file, what became of it) of one JSON line a file. Whoever does not own it cannot find it;
after a day it is swept away.
"""

import json
import os
import shutil
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from lianbing.kit.unpacking import MAX_PACKED

KEPT_SECONDS = 24 * 3600


class TooLarge(Exception):
    """The upload is larger than what may be packed."""


@dataclass
class Held:
    """An upload that waits.

    `plan` is what the preview found so far, `report` what was done so far, under the keys of the outside
    contract. `planned` and `journal` hold, for each file in its order, its kind, whether it is doubtful,
    and where its line begins. `left_out` are the places of the files that somebody took out.
    """

    token: str
    owner: int
    name: str
    total: int = 0
    done: int = 0
    started: bool = False
    plan: dict[str, Any] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    planned: list[tuple[str, bool, int]] = field(default_factory=list)
    journal: list[tuple[str, bool, int]] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)

    @property
    def looked_through(self) -> bool:
        """Whether the preview is complete."""
        return len(self.planned) >= self.total

    @property
    def finished(self) -> bool:
        return self.started and self.done >= self.total

    def write(self, kind: str, rows: Iterable[dict[str, Any]]) -> None:
        """Add lines to a journal: "planned" or "journal". They count once the state is saved; what a crash
        left behind them is overwritten."""
        index: list[tuple[str, bool, int]] = getattr(self, kind)
        with (_folder(self.token) / f"{kind}.jsonl").open("a+b") as file:
            file.truncate(self._end(kind))
            for row in rows:
                start = file.seek(0, os.SEEK_END)
                file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                index.append((row["kind"], bool(row["doubts"]), start))

    def _end(self, kind: str) -> int:
        """Where the last line that counts ends."""
        index = getattr(self, kind)
        path = _folder(self.token) / f"{kind}.jsonl"
        if not index or not path.exists():
            return 0
        with path.open("rb") as file:
            file.seek(index[-1][2])
            file.readline()
            return file.tell()

    def rows(self, kind: str, places: Iterable[int]) -> list[dict[str, Any]]:
        """The lines of a journal at these places, each with its `place`."""
        index = getattr(self, kind)
        found = []
        if not index:
            return []
        with (_folder(self.token) / f"{kind}.jsonl").open("rb") as file:
            for place in places:
                file.seek(index[place][2])
                found.append({**json.loads(file.readline()), "place": place})
        return found

    @property
    def path(self) -> Path:
        return _folder(self.token) / self.name

    def save(self) -> None:
        """Write the state; atomically, so that a crash leaves the old one."""
        part = _folder(self.token) / "state.part"
        part.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        os.replace(part, _folder(self.token) / "state.json")

    def drop_file(self) -> None:
        """The file is not needed any more; the report stays for a day."""
        self.path.unlink(missing_ok=True)


def _root() -> Path:
    return Path(settings.DATA_DIR) / "uploads" / "laws"


def _folder(token: str) -> Path:
    return _root() / uuid.UUID(token).hex


def hold(chunks: Iterable[bytes], *, name: str, owner: int, now: float) -> Held:
    """Keep an upload. `now` is seconds since 1970, for sweeping old ones. Raises TooLarge."""
    _sweep(now)
    held = Held(token=uuid.uuid4().hex, owner=owner, name=_plain(name))
    _folder(held.token).mkdir(parents=True)
    size = 0
    with held.path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MAX_PACKED:
                break
            file.write(chunk)
    if size > MAX_PACKED:
        shutil.rmtree(_folder(held.token), ignore_errors=True)
        raise TooLarge
    held.save()
    return held


def _plain(name: str) -> str:
    """The last part of a file name, short enough for any file system, and never the name of what stands beside it."""
    last = PurePosixPath(name.replace("\\", "/")).name.replace("\x00", "").lstrip(".") or "upload"
    stem, dot, ending = (
        last.partition(".") if last.lower().endswith((".tar.gz", ".tar.xz")) else last.rpartition(".")
    )
    short = f"{stem[:40]}{dot}{ending[-20:]}" if dot else last[:40]
    return f"upload-{short}" if short.startswith(("state.", "planned.", "journal.")) else short


def load(token: str, *, owner: int) -> Held | None:
    """The waiting upload of this owner, or None."""
    try:
        stored = json.loads((_folder(token) / "state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    held = Held(**stored)
    return held if held.owner == owner else None


def _sweep(now: float) -> None:
    for folder in _root().glob("*"):
        if folder.is_dir() and folder.stat().st_mtime < now - KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
