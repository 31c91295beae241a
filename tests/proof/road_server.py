"""The real server with a bare callable beside it: the floor that the road is measured against.

`/__floor` does one 10-row upsert in the same database with the same durability, behind the same HTTP
server and adapter, and nothing else. `/__cpu` tells the processor time this process has used so far.
"""

import json
import os
import sqlite3
import threading
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianbing.settings")

from django.conf import settings

from lianbing import asgi
from lianbing.kit.server import run

UPSERT = (
    "INSERT INTO bench_floor (attempt, item, value) VALUES "
    + ",".join(["(?, ?, ?)"] * 10)
    + " ON CONFLICT (attempt, item) DO UPDATE SET value = excluded.value"
)
ROWS = 50
_own = threading.local()
_turn = threading.Lock()


def connected():
    """This thread's connection, set up like the product's."""
    if not hasattr(_own, "connection"):
        made = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20, isolation_level=None)
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=FULL")
        made.execute("PRAGMA foreign_keys=ON")
        made.execute(
            "CREATE TABLE IF NOT EXISTS bench_floor (attempt INTEGER, item INTEGER, value TEXT,"
            " PRIMARY KEY (attempt, item)) WITHOUT ROWID"
        )
        _own.connection = made
    return _own.connection


def floor(environ):
    """One 10-row upsert."""
    asked = json.loads(environ["wsgi.input"].read())
    values = [v for event in asked["events"] for v in (asked["attempt"], event["item"], event["value"][0])]
    base = connected()
    with _turn:
        base.execute("BEGIN IMMEDIATE")
        base.execute(UPSERT, values)
        base.execute("COMMIT")
    return json.dumps({"acked_through": asked["events"][-1]["seq"]}).encode()


def bare(environ, start_response):
    """WSGI: the floor, the processor time, or Django."""
    path = environ["PATH_INFO"]
    if path == "/__floor":
        body = floor(environ)
    elif path == "/__cpu":
        body = json.dumps({"cpu_ns": time.process_time_ns()}).encode()
    else:
        return django(environ, start_response)
    start_response("200 OK", [("Content-Type", "application/json")])
    return [body]


django = asgi.door.app

if __name__ == "__main__":
    asgi.door.app = bare
    code = run.serve(
        asgi.application,
        host="127.0.0.1",
        port=settings.PORT,
        certificate=None,
        on_ready=lambda port: print(f"Ready: http://127.0.0.1:{port}", flush=True),
    )
    run.leave(code)
