"""The short form of the proof, as `make proof-quick` runs it: no row may be false."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_no_row_of_the_quick_proof_is_false():
    done = subprocess.run(
        [sys.executable, "scripts/proof.py", "--quick"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    rows = json.loads(done.stdout.splitlines()[-1])["rows"]
    assert {one["what"].split()[0] for one in rows} >= {"F5", "F12", "F13", "P4", "restart"}
    assert [one for one in rows if one["ok"] is False] == [], done.stderr[-3000:]
