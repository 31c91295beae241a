"""`manage.py`, with the clock of the whole process moved: `MOVED_DAYS=3 python moved_clock.py serve`."""

import datetime
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianbing.settings")

from django.core.management import execute_from_command_line  # noqa: E402
from django.utils import timezone  # noqa: E402

_real = timezone.now
_moved = datetime.timedelta(days=float(os.environ.get("MOVED_DAYS", "0")))
timezone.now = lambda: _real() + _moved

if __name__ == "__main__":
    execute_from_command_line(["manage.py", *sys.argv[1:]])
