"""The real server for `bench_contest.py`, which also tells what it has used and when it announced what.

`/__cpu` gives the processor time of this process, `/__announced` when each event was announced (monotonic ns).
"""

import json
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianbing.settings")

from django.conf import settings

from exams.contests import ports
from lianbing import asgi
from lianbing.kit.server import run

announced = {}


@ports.announcer
def note(uid, seq):
    """Keep the moment; the rooms hear of it in the same call."""
    announced.setdefault(seq, time.monotonic_ns())


def bare(environ, start_response):
    """WSGI: the processor time, the moments, or Django."""
    path = environ["PATH_INFO"]
    if path == "/__cpu":
        body = json.dumps({"cpu_ns": time.process_time_ns()}).encode()
    elif path == "/__announced":
        body = json.dumps(announced).encode()
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
