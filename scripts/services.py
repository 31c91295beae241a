"""Run the tests, or a part of them, on PostgreSQL and Redis that are started for it and thrown away after.

Usage: services.py [arguments of pytest]. Ends with 2 when a service cannot be run here, and says why.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import services  # noqa: E402 -- found once the root is on the path


def main() -> None:
    with contextlib.ExitStack() as stack:
        try:
            database = stack.enter_context(services.postgres())
            cache = stack.enter_context(services.redis())
        except services.Missing as why:
            print(why, file=sys.stderr)
            sys.exit(2)
        env = {**os.environ, "DATABASE_URL": database.url, "REDIS_URL": cache}
        command = [sys.executable, "-m", "pytest", "--quiet", *sys.argv[1:]]
        sys.exit(subprocess.run(command, cwd=ROOT, env=env, check=False).returncode)


if __name__ == "__main__":
    main()
