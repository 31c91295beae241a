"""One thread that does what is due by the clock, in whichever process holds the lease."""

import datetime
import logging
import os
import secrets
import socket
import threading

from django.db import IntegrityError, close_old_connections, connection
from django.db.models import Q

from lianbing.kit import audit, clock, due
from lianbing.kit.models import Lease

logger = logging.getLogger("lianbing.ticker")
NAME = "ticker"
EVERY_SECONDS = 5.0
LEASE = datetime.timedelta(seconds=60)


def take_lease(*, holder: str, at: datetime.datetime, name: str = NAME) -> bool:
    """Take or renew the lease at `at`; False when another holds it and it has not run out."""
    free = Q(holder=holder) | Q(expires_at__lt=at)
    if Lease.objects.filter(free, name=name).update(holder=holder, expires_at=at + LEASE):
        return True
    if Lease.objects.filter(name=name).exists():
        return False
    try:
        Lease.objects.create(name=name, holder=holder, expires_at=at + LEASE)
    except IntegrityError:
        return False
    return True


def give_up_lease(*, holder: str, name: str = NAME) -> None:
    """Let another take over at once."""
    Lease.objects.filter(name=name, holder=holder).delete()


def is_alive(at: datetime.datetime) -> bool:
    """Whether some process holds the ticker's lease at `at`."""
    return Lease.objects.filter(name=NAME, expires_at__gt=at).exists()


def turn(*, at: datetime.datetime, failed: list[str] | None = None) -> dict[str, int]:
    """Do everything that is due at `at` and seal the audit trail. Names of failed jobs go into `failed`."""
    counts = due.run_all(at=at, failed=failed)
    audit.seal()
    return counts


class Ticker(threading.Thread):
    """Runs `turn` every few seconds while it holds the lease. A failing turn is logged and tried again."""

    def __init__(self, every: float = EVERY_SECONDS) -> None:
        super().__init__(name="ticker", daemon=True)
        self.every = every
        self.holder = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.is_set():
            self.once()
            self._stopped.wait(self.every)
        try:
            give_up_lease(holder=self.holder)
        except Exception:
            logger.exception("the ticker could not give up its lease")
        connection.close()

    def once(self) -> None:
        """One turn, whatever happens in it."""
        try:
            close_old_connections()
            at = clock.now()
            if take_lease(holder=self.holder, at=at):
                turn(at=at)
        except Exception:
            logger.exception("a turn of the ticker failed")
            connection.close()

    def stop(self, timeout: float = 5) -> None:
        """Ask the thread to end after the turn it is at, and wait for it."""
        self._stopped.set()
        if self.is_alive():
            self.join(timeout)
