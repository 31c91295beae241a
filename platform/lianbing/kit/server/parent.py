"""End with `make run`: make hands SIGTERM on to what it started, but not SIGINT, and nothing when it is killed."""

import os
import signal
import threading
from pathlib import Path

EVERY_SECONDS = 0.5


def has_been_told(pid: int, first: int) -> bool:
    """Whether the process `pid`, our parent at the start, is gone or no longer catches SIGINT as it `first` did.

    GNU make stops catching the signal once it has come, and then waits for us: a terminal would have sent it
    to both. `first` is `catches_interrupt(pid)` from the start.
    """
    return os.getppid() != pid or (bool(first) and not catches_interrupt(pid))


def catches_interrupt(pid: int) -> int:
    """The bit of SIGINT in a process's mask of caught signals; 0 too where there is no /proc."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
        mask = next(line.split()[1] for line in lines if line.startswith("SigCgt:"))
    except (OSError, StopIteration):
        return 0
    return int(mask, 16) & (1 << (signal.SIGINT - 1))


def follow() -> None:
    """Start a thread that sends this process SIGTERM once its parent has been told to stop."""
    pid = os.getppid()
    first = catches_interrupt(pid)

    def watch() -> None:
        while not has_been_told(pid, first):
            threading.Event().wait(EVERY_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
