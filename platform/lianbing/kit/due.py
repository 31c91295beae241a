"""What is due by the clock: each app registers its jobs, the ticker and `run_due` run them all."""

import datetime
import logging
from collections.abc import Callable

from lianbing.kit import outbox

logger = logging.getLogger("lianbing.due")
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


def run_all(*, at: datetime.datetime, failed: list[str] | None = None) -> dict[str, int]:
    """Do everything that is due at `at`. Returns the counts under the keys of the outside contract.

    A job that fails is logged, its name goes into `failed`, and the others are done all the same.
    """
    counts = {name: sum(_run(job, at, failed) for job in jobs) for name, jobs in _jobs.items()}
    counts["outbox"] = _run(_deliver, at, failed)
    return counts


def _run(job: Job, at: datetime.datetime, failed: list[str] | None) -> int:
    try:
        return job(at)
    except Exception:  # one job's fault must not keep the deadlines of the others
        name = f"{job.__module__}.{job.__qualname__}"
        logger.exception("due job %s failed", name)
        if failed is not None:
            failed.append(name)
        return 0


def _deliver(at: datetime.datetime) -> int:
    return outbox.deliver(at=at)
