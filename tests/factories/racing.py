"""Threads that do something at once, on a real database file: SQLite in memory lets one thread write."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import close_old_connections, connection, connections


def together(tmp_path):
    """Body of a fixture: yields run(fn, then, many=10); `many` threads run fn(n) at once, then one runs then()."""
    name = connection.settings_dict["NAME"]

    def run(fn, then, many=10):
        if connection.vendor == "sqlite":
            path = str(tmp_path / "race.sqlite3")
            copy = sqlite3.connect(path)
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")  # while nobody else is connected
            copy.close()
            connections.settings["default"]["NAME"] = path
        gate = Barrier(many)

        def one(n):
            gate.wait(10)
            return fn(n)

        with ThreadPoolExecutor(many) as pool:
            told = list(pool.map(lambda n: _closing(one, n), range(many)))
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(_closing, then).result()
        return told, seen

    yield run
    connections.settings["default"]["NAME"] = name
    close_old_connections()


def _closing(fn, *given):
    try:
        return fn(*given)
    finally:
        connections.close_all()
