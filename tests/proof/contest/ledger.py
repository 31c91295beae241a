"""The driver's own ledger: what was acknowledged, on disk before anybody goes on. The oracle of every row."""

import json
import os
import threading
from pathlib import Path
from typing import Any


class Ledger:
    """A file of JSON lines, each synced to the disk when it is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a", encoding="utf-8")
        self._mutex = threading.Lock()

    def acked(self, **what: Any) -> None:
        """An acknowledgement has arrived: `kind` (answer, press or move), `party`, `turn`, `value` ..."""
        with self._mutex:
            self._file.write(json.dumps(what, ensure_ascii=False) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def lines(self, kind: str) -> list[dict[str, Any]]:
        """What was acknowledged of one kind, read from the disk."""
        read = (json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines())
        return [one for one in read if one["kind"] == kind]
