"""Run the benches in tests/proof/bench_*.py: all of them, or the one named.

The last line on stdout is one JSON object {"name", "rows": [{"what", "measured", "budget", "unit", "ok"}]}.
Exit 1 when a row is false, or null because it could not run.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PROOFS = ROOT / "tests" / "proof"


def run(path: Path) -> list[dict[str, Any]]:
    """The rows of one bench; a bench that breaks is a row that could not run."""
    done = subprocess.run(
        [sys.executable, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    lines = done.stdout.strip().splitlines()
    print("\n".join(lines[:-1]), file=sys.stderr)
    try:
        rows: list[dict[str, Any]] = json.loads(lines[-1])["rows"]
    except (IndexError, KeyError, TypeError, ValueError):
        why = f"{path.name} ended with exit code {done.returncode} and no result"
        return [{"what": path.stem, "measured": why, "budget": None, "unit": "", "ok": None}]
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """The rows for people."""
    lines = [
        f"{row['what']:<60} {row['measured']!s:>14} {row['unit']:<10} budget {row['budget']!s:<8} "
        f"{ {True: 'ok', False: 'TOO MUCH', None: 'COULD NOT RUN'}[row['ok']] }"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    paths = [PROOFS / f"bench_{wanted}.py"] if wanted else sorted(PROOFS.glob("bench_*.py"))
    if not all(path.exists() for path in paths):
        sys.exit(f"There is no bench called {wanted}.")
    rows = [row for path in paths for row in run(path)]
    print(table(rows), file=sys.stderr)
    print(json.dumps({"name": f"bench-{wanted}" if wanted else "bench", "rows": rows}, ensure_ascii=False))
    sys.exit(0 if rows and all(row["ok"] for row in rows) else 1)


if __name__ == "__main__":
    main()
