"""The server as a process: it says when it answers, serves both doors, and stops when told."""

import asyncio
import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import websockets

from lianbing.kit.server import run
from tests.journeys.prepared import prepared

ROOT = Path(__file__).resolve().parents[4]


def manage(folder, *command):
    env = {**os.environ, "LIANBING_DATA_DIR": str(folder), "PORT": "0", "LIANBING_ENV": "development"}
    for name in ("DATABASE_URL", "LIANBING_PUBLIC_URL", "LIANBING_BIND"):
        env.pop(name, None)
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def start(folder):
    process = manage(folder, "serve")
    line = process.stdout.readline()
    if not line.startswith("Ready: "):
        process.kill()
        pytest.fail(f"the server said {line!r}")
    return process, urlsplit(line.removeprefix("Ready: ").strip())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return prepared(tmp_path_factory, "site")


@pytest.fixture(scope="module")
def site(folder):
    process, url = start(folder)
    yield url
    process.terminate()
    process.wait(10)


def get(url, path, **headers):
    connection = http.client.HTTPConnection(url.netloc, timeout=20)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response, response.read()


def test_health_and_readiness(site):
    assert get(site, "/healthz")[1] == b"ok"
    for _ in range(50):
        response, body = get(site, "/readyz")
        if response.status == 200:
            break
        time.sleep(0.2)
    assert json.loads(body) == {"ready": True, "database": True, "migrations": True, "ticker": True}


def test_static_files_are_served(site):
    response, body = get(site, "/static/kit/lianbing.css")
    assert response.status == 200
    assert int(response.getheader("content-length")) == len(body) > 1000


def test_an_unknown_host_is_refused(site):
    assert get(site, "/trust/", Host="evil.example")[0].status == 400


def test_a_web_socket_where_nobody_listens_is_refused(site):
    async def knock(origin):
        async with websockets.connect(f"ws://{site.netloc}/nothing/", origin=origin):
            pass

    for origin in (f"http://{site.hostname}", "http://evil.example"):
        with pytest.raises(websockets.InvalidStatus):
            asyncio.run(knock(origin))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_even_with_a_connection_open(folder, number):
    process, url = start(folder)
    connection = http.client.HTTPConnection(url.netloc)
    connection.request("GET", "/healthz")
    connection.getresponse().read()
    process.send_signal(number)
    assert process.wait(10) == 0
    connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_make_run_stops_when_make_alone_is_told(folder, tmp_path, number):
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@exec {sys.executable} manage.py serve --with-parent\n")
    # Run from `make test`, an inner make would announce its folder first.
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    environment = {**clean, "LIANBING_DATA_DIR": str(folder), "PORT": "0"}
    make = subprocess.Popen(
        ["make", "-f", str(makefile), "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert make.stdout.readline().startswith("Ready: ")
    make.send_signal(number)
    assert make.wait(15) != 0


def test_with_a_local_certificate_it_speaks_https(tmp_path_factory):
    folder = prepared(tmp_path_factory, "site")
    assert manage(folder, "local_https", "--address", "10.1.2.3").wait(60) == 0
    process, url = start(folder)
    context = ssl.create_default_context(cafile=str(folder / "tls" / "authority.crt"))
    connection = http.client.HTTPSConnection(url.netloc, context=context)
    connection.request("GET", "/healthz")
    assert (url.scheme, connection.getresponse().read()) == ("https", b"ok")
    connection.close()
    process.terminate()
    assert process.wait(10) == 0


@pytest.mark.parametrize(
    ("hosts", "name"),
    [
        (["exam.example.org", "10.1.2.3"], "exam.example.org"),
        ([".example.org"], "example.org"),
        (["*"], "localhost"),
    ],
)
def test_it_asks_itself_under_a_name_it_answers_to(settings, hosts, name):
    settings.ALLOWED_HOSTS = hosts
    assert run.own_name() == name
