"""The scripts behind the make targets."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROW = {"what": "a save", "measured": 1.5, "budget": 2.5, "unit": "x floor", "ok": True}


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """scripts/bench.py, looking for benches in a folder of this test's own."""
    spec = importlib.util.spec_from_file_location("bench", ROOT / "scripts" / "bench.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PROOFS", tmp_path)
    monkeypatch.setattr(sys, "argv", ["bench.py"])
    return module


def write(folder, name, *rows, code=0):
    line = json.dumps({"name": name, "rows": rows})
    (folder / f"bench_{name}.py").write_text(f"print('a table')\nprint({line!r})\nraise SystemExit({code})\n")


def test_all_benches_make_one_object_on_the_last_line(bench, tmp_path, capsys):
    write(tmp_path, "one", ROW)
    write(tmp_path, "two", {**ROW, "budget": None})
    with pytest.raises(SystemExit, match="0"):
        bench.main()
    report = json.loads(capsys.readouterr().out)
    assert (report["name"], len(report["rows"])) == ("bench", 2)


@pytest.mark.parametrize("ok", [False, None])
def test_a_row_that_is_not_true_fails(bench, tmp_path, ok):
    write(tmp_path, "one", {**ROW, "ok": ok})
    with pytest.raises(SystemExit, match="1"):
        bench.main()


def test_a_bench_that_breaks_says_so(bench, tmp_path, capsys):
    (tmp_path / "bench_one.py").write_text("raise SystemExit(3)")
    with pytest.raises(SystemExit, match="1"):
        bench.main()
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["ok"] is None
    assert "exit code 3" in row["measured"]


def test_the_set_up_starts_with_the_python_of_the_clone():
    done = subprocess.run(
        ["sh", "scripts/setup.sh", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "--browser" in done.stdout
