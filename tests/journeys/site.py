"""A real server of its own for browser tests: a temporary data folder, migrated, served by `manage.py serve`."""

import json
import os
import selectors
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


def find_chromium() -> str | None:
    """The machine's own Chromium, or the one Playwright installed, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    installed = Path.home() / ".cache" / "ms-playwright"
    return next((str(path) for path in sorted(installed.glob("chromium-*/chrome-linux*/chrome"))), None)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """A running site: `url`, `data_dir`, and ways to run commands beside it and to look into its database."""

    command: tuple[str, ...] = ("manage.py", "serve")

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("LIANBING_", "DATABASE_URL", "PYTEST"))
        }
        self.environment = kept | {
            "LIANBING_DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
            "DJANGO_SETTINGS_MODULE": "lianbing.settings",
            **environment,
        }
        self.process: subprocess.Popen[str] | None = None

    def run(self, *arguments: str, check: bool = True) -> str:
        """Run `python ...arguments` beside the site; returns what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"{arguments} ended with {done.returncode}:\n{done.stderr[-4000:]}")
        return done.stdout

    def manage(self, *arguments: str, check: bool = True) -> str:
        """Run a management command beside the site."""
        return self.run("manage.py", *arguments, check=check)

    def start(self, patience: float = 120) -> "Site":
        """Serve, and come back when it answers."""
        log = (self.data_dir / "server.log").open("a", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, *self.command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()
        ready = selectors.DefaultSelector()
        ready.register(self.process.stdout, selectors.EVENT_READ)
        end = time.monotonic() + patience
        while time.monotonic() < end and self.process.poll() is None:
            if ready.select(0.5) and self.process.stdout.readline().startswith("Ready:"):
                return self
        self.stop()
        raise AssertionError(f"the server did not get ready:\n{self.log()}")

    def stop(self) -> None:
        """End the server gently, then not."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.process = None

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process = None

    def log(self) -> str:
        """The end of what the server wrote on stderr."""
        path = self.data_dir / "server.log"
        return path.read_text(encoding="utf-8")[-4000:] if path.exists() else ""

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Read straight from the database file."""
        connection = sqlite3.connect(self.data_dir / "lianbing.sqlite3", timeout=20)
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()

    def exam(self, **wanted: Any) -> dict[str, Any]:
        """Make an exam with an attempt just begun (see `exam_seed.py` for what may be wanted)."""
        return json.loads(self.run("tests/journeys/exam_seed.py", json.dumps(wanted)).splitlines()[-1])
