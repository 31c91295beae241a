"""A PostgreSQL and a Redis of our own for tests: started from their binaries in a folder that goes away.

Nothing of the machine is touched: free ports on the loopback, no system user changed. PostgreSQL refuses to
run as root; then it is run as `nobody`, who owns the folder.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STARTED_WITHIN = 30
PEOPLE = ("postgres", "nobody")


class Missing(Exception):
    """A service cannot be run here; says why."""


@dataclass(frozen=True)
class Postgres:
    """A running server. `url` is what DATABASE_URL takes; the database is empty."""

    host: str
    port: int
    name: str = "lianbing"

    @property
    def url(self) -> str:
        return f"postgres://lianbing@{self.host}:{self.port}/{self.name}"


def postgres_binaries() -> Path:
    """The folder of initdb and postgres, the newest version first. Raises Missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3])
    on_path = shutil.which("initdb")
    candidates = [p.parent for p in reversed(found)] + ([Path(on_path).parent] if on_path else [])
    if not candidates:
        raise Missing("PostgreSQL's binaries are not installed (Debian: apt-get install postgresql)")
    return candidates[0]


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_whom(folder: Path) -> list[str]:
    """How to start a program that refuses root, once the folder belongs to somebody else."""
    if os.geteuid() != 0:
        return []
    runuser = shutil.which("runuser")
    for name in PEOPLE:
        with contextlib.suppress(KeyError):
            person = pwd.getpwnam(name)
            if runuser:
                os.chown(folder, person.pw_uid, person.pw_gid)
                return [runuser, "-u", name, "--"]
    raise Missing("PostgreSQL does not run as root and there is nobody else to run it as")


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise Missing(f"the service did not start: {log.read_text(errors='replace')[-500:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def postgres() -> Iterator[Postgres]:
    """Run PostgreSQL until the block ends. Raises Missing where it cannot be run."""
    binaries = postgres_binaries()
    with tempfile.TemporaryDirectory(prefix="lianbing-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)
        start = _as_whom(home)
        data, port = home / "data", free_port()
        made = subprocess.run(
            [
                *start,
                binaries / "initdb",
                "-D",
                data,
                "-U",
                "lianbing",
                "-E",
                "UTF8",
                "--locale=C",
                "-A",
                "trust",
            ],
            capture_output=True,
            text=True,
            cwd=home,
            check=False,
        )
        if made.returncode:
            raise Missing(f"initdb failed: {made.stderr[-500:]}")
        options = [
            "-p",
            str(port),
            "-h",
            "127.0.0.1",
            "-k",
            str(home),
            "-c",
            "fsync=off",
            "-c",
            "max_connections=60",
        ]
        log = home / "log"
        with log.open("wb") as out:
            command = [*start, binaries / "postgres", "-D", data, *options]
            process = subprocess.Popen(command, stdout=out, stderr=out, cwd=home)
        try:
            _wait(process, port, log)
            found = Postgres("127.0.0.1", port)
            _create(binaries, found)
            yield found
        finally:
            _stop(process)


def _create(binaries: Path, server: Postgres) -> None:
    command = [
        binaries / "createdb",
        "-h",
        server.host,
        "-p",
        str(server.port),
        "-U",
        "lianbing",
        server.name,
    ]
    for _attempt in range(20):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not done.returncode:
            return
        time.sleep(0.3)
    raise Missing(f"createdb failed: {done.stderr[-300:]}")


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run Redis until the block ends; gives its address. Raises Missing where it cannot be run."""
    binary = shutil.which("redis-server")
    if binary is None:
        raise Missing("redis-server is not installed (Debian: apt-get install redis-server)")
    with tempfile.TemporaryDirectory(prefix="lianbing-redis-", ignore_cleanup_errors=True) as folder:
        home, port = Path(folder), free_port()
        log = home / "log"
        with log.open("wb") as out:
            command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(home)]
            process = subprocess.Popen(command, stdout=out, stderr=out)
        try:
            _wait(process, port, log)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            _stop(process)
