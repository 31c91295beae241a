"""The same searches on PostgreSQL, started for the occasion."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import services

ROOT = Path(__file__).resolve().parents[4]
SAME = ["tests/lianbing/library/queries/test_search.py", "tests/lianbing/library/services/test_indexing.py"]


def test_every_search_finds_the_same_on_postgresql():
    if connection.vendor == "postgresql":
        pytest.skip("this run is on PostgreSQL already")
    try:
        with services.postgres() as server:
            env = {**os.environ, "DATABASE_URL": server.url}
            command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *SAME]
            done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    except services.Missing as why:
        pytest.skip(str(why))
    assert done.returncode == 0, done.stdout[-3000:]
