"""The whole archive of 2,236 files: its time, its memory, and that a second run changes nothing."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.journeys.prepared import prepared

pytestmark = pytest.mark.real_input
ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 180, 1024


def import_laws(archive, env):
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "manage.py", "import_laws", str(archive), "--json"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout), done.returncode, time.monotonic() - began


def test_the_bulk_archive_comes_in_within_its_budget(real_input, tmp_path_factory):
    (archive,) = (real_input / "laws" / "bulk").glob("*.tar.xz")
    folder = prepared(tmp_path_factory, "site")
    env = {**os.environ, "LIANBING_DATA_DIR": str(folder), "LIANBING_ENV": "development"}
    report, code, seconds = import_laws(archive, env)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert (code, report["files"]) == (0, 2236)
    handled = sum(len(report[key]) for key in ("skipped", "refused"))
    assert report["editions_created"] + report["unchanged"] + handled == 2236
    assert report["editions_created"] > 2000
    assert seconds < SECONDS
    assert peak < MEGABYTES
    again, _code, _seconds = import_laws(archive, env)
    assert (again["editions_created"], again["articles_created"]) == (0, 0)
    assert again["unchanged"] == report["editions_created"] + report["unchanged"]
