"""Data folders made once for a whole run of tests: migrating takes longer than most journeys.

Every process of the run copies the same folder; whoever comes first makes it while the others wait.
"""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tests.journeys.site import Site


def _migrated(folder: Path, _shelf: Path) -> None:
    folder.mkdir()
    Site(folder).manage("migrate", "--verbosity", "0")


def _with_demo(folder: Path, shelf: Path) -> None:
    shutil.copytree(_ready(shelf, "site"), folder)
    Site(folder).manage("seed_demo")


MAKERS = {"site": _migrated, "demo": _with_demo}


def _ready(shelf: Path, name: str) -> Path:
    """The folder of this name; it gets its name only when it is whole."""
    folder = shelf / name
    with (shelf / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = shelf / f"{name}.making"
            shutil.rmtree(making, ignore_errors=True)
            MAKERS[name](making, shelf)
            making.rename(folder)
    return folder


def prepared(factory: pytest.TempPathFactory, name: str) -> Path:
    """A data folder of one's own: "site" is migrated and empty, "demo" holds the demo bureau."""
    base = factory.getbasetemp()
    shelf = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "prepared"
    shelf.mkdir(exist_ok=True)
    folder = factory.mktemp(name, numbered=True) / "data"
    shutil.copytree(_ready(shelf, name), folder)
    return folder
