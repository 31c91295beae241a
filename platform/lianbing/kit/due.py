"""What is due by the clock: each app registers its jobs, the ticker and `run_due` run them all."""

import datetime
from collections.abc import Callable

from lianbing.kit import outbox

Job = Callable[[datetime.datetime], int]
_jobs: dict[str, list[Job]] = {"submitted": [], "effective": [], "notices": []}


def job(counts_as: str) -> Callable[[Job], Job]:
    """Decorator: run `fn(at)` at every turn; it returns how many things it did.

    `counts_as` is one of the keys of `run_due`'s report: submitted, effective or notices.
    """

    def register(fn: Job) -> Job:
        _jobs[counts_as].append(fn)
        return fn

    return register


def run_all(*, at: datetime.datetime) -> dict[str, int]:
    """Do everything that is due at `at`. Returns the counts under the keys of the outside contract."""
    counts = {name: sum(job(at) for job in jobs) for name, jobs in _jobs.items()}
    counts["outbox"] = outbox.deliver(at=at)
    return counts
