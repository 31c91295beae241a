"""What the law library costs: bringing 2,236 laws in, and finding words in them.

The floor is bare parsing of the same files in the same run. The import runs as its own process, as an
operator runs it, on a new database; then once more, when nothing may change. The archive lies beside the
project; without it the rows say so. `library_search.py` and
`library_diff.py` beside this file add the rows of the search and of comparing editions.
"""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

LAWS = ROOT.parent / "shared" / "data" / "laws" / "bulk"
SECONDS, MEGABYTES = 180, 1024
MORE = ("library_search", "library_diff")
Rows = list[dict[str, Any]]


def row(what: str, measured: Any, unit: str, budget: float | None = None) -> dict[str, Any]:
    """One row: within its budget, or for information."""
    ok = None if isinstance(measured, str) else budget is None or measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}


def could_not_run(why: str) -> Rows:
    """The rows of an import that was not measured."""
    budgets = {"import of 2,236 files": (SECONDS, "s"), "import, peak memory": (MEGABYTES, "MB")}
    return [row(what, why, unit, budget) for what, (budget, unit) in budgets.items()]


def parse_all(archive: Path) -> tuple[float, int]:
    """Processor seconds to read and parse every file in this process, and how many files there are."""
    from lianbing.library.formats import reading
    from lianbing.library.formats.sources import Sources
    from lianbing.library.rules.findings import NotALaw, Unreadable

    began = time.process_time()
    with Sources([archive]) as sources:
        for source in sources:
            try:
                reading.read(source.data, source.name)
            except (NotALaw, Unreadable):
                continue
        return time.process_time() - began, sources.total


def run_import(archive: Path) -> tuple[dict[str, Any], float, float, float]:
    """The command's report, its seconds by the clock and of processor, and the most memory it held, in MB."""
    began = time.perf_counter()
    command = [sys.executable, "manage.py", "import_laws", str(archive), "--json"]
    done = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert done.stdout is not None
    report = done.stdout.read()
    _pid, status, usage = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    if done.returncode == 2 or not report:
        raise SystemExit(f"import_laws ended with exit code {done.returncode}")
    seconds = time.perf_counter() - began
    return json.loads(report), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def import_rows(archive: Path) -> Rows:
    """Import, import again, and the floor."""
    floor, files = parse_all(archive)
    first, seconds, processor, memory = run_import(archive)
    second, again, _, memory_again = run_import(archive)
    changed = sum(second[key] for key in ("laws_created", "editions_created", "articles_created"))
    return [
        row("files in the archive", files, "files"),
        row("editions brought in", first["editions_created"], "editions"),
        row("articles brought in", first["articles_created"], "articles"),
        row("the floor: reading and parsing alone", round(floor, 2), "s CPU"),
        row("import of 2,236 files", round(seconds, 1), "s", SECONDS),
        row("import, processor time", round(processor, 1), "s CPU"),
        row("import, ratio of processor times", round(processor / floor, 1), "x floor"),
        row("import, peak memory", round(memory), "MB", MEGABYTES),
        row("second run", round(again, 1), "s", SECONDS),
        row("second run, peak memory", round(memory_again), "MB", MEGABYTES),
        row("second run, what changed", changed, "rows", 0),
    ]


@contextmanager
def own_site(folder: Path) -> Iterator[None]:
    """A new database of SQLite in `folder`, for this process and those it starts."""
    os.environ |= {"LIANBING_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "lianbing.settings"}
    os.environ.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    import django

    django.setup()
    yield


def more_rows() -> Rows:
    """The rows of the search and of comparisons over the laws that were just brought in."""
    rows: Rows = []
    for name in MORE:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        if spec is None or spec.loader is None:
            continue
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # a dataclass looks its module up
        spec.loader.exec_module(module)
        rows += module.rows()
    return rows


def measure() -> Rows:
    """Every row, or why it could not run."""
    archives = sorted(LAWS.glob("*.tar.xz"))
    with tempfile.TemporaryDirectory() as folder, own_site(Path(folder)):
        if not archives:
            return [*could_not_run("the archive of laws is not there"), *more_rows()]
        return [*import_rows(archives[0]), *more_rows()]


def main() -> None:
    """Print the table, then the JSON object."""
    rows = measure()
    for one in rows:
        print(f"{one['what']:<60} {one['measured']!s:>10} {one['unit']}")
    print(json.dumps({"name": "bench-library", "rows": rows}, ensure_ascii=False))


if __name__ == "__main__":
    main()
