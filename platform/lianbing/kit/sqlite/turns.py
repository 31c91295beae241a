"""A lock that is given in the order it was asked for."""

import threading
from collections import deque


class Turns:
    """First come, first served. Belongs to a caller, not to a thread: any thread may give it back."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._taken = False
        self._queue: deque[threading.Lock] = deque()

    def take(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds for one's turn. False when it did not come."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            ticket = threading.Lock()
            ticket.acquire()
            self._queue.append(ticket)
        try:
            called = ticket.acquire(timeout=timeout)
        except BaseException:
            if not self._leave_queue(ticket):
                self.give_back()
            raise
        return called or not self._leave_queue(ticket)

    def _leave_queue(self, ticket: threading.Lock) -> bool:
        """False when the turn had been given to `ticket` at the last moment."""
        with self._mutex:
            if ticket in self._queue:
                self._queue.remove(ticket)
                return True
            return False

    def give_back(self) -> None:
        """End the turn: the longest waiting is next."""
        with self._mutex:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._taken = False

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._queue)


_files: dict[str, Turns] = {}
_guard = threading.Lock()


def turns_of(path: str) -> Turns:
    """The one queue of writers of a database file in this process."""
    with _guard:
        return _files.setdefault(path, Turns())
