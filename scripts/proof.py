"""Prove what is promised: play whole matches against servers of our own and break things meanwhile. `--quick`: the short form.

Prints a table and, as the last line on stdout, one JSON object {"name", "rows": [{"what", "measured", "budget",
"unit", "ok"}]}. Exit 1 when a row is false, or null because it could not run here.
"""

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

from scripts.bench import table  # noqa: E402
from tests.proof.contest import rows  # noqa: E402


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="lianbing-proof-", ignore_cleanup_errors=True) as folder:
        found = rows.run(Path(folder), quick)
    print(table(found), file=sys.stderr)
    name = "proof-quick" if quick else "proof"
    print(json.dumps({"name": name, "rows": found}, ensure_ascii=False))
    sys.exit(0 if found and all(one["ok"] for one in found) else 1)


if __name__ == "__main__":
    main()
