"""A hub with a scripted match behind a real server on a real port, for the browser's half of the live channel.

It runs in a thread of its own; `losing` messages get lost, `blocked` sockets are refused.
"""

import asyncio
import json
import random
import threading
from pathlib import Path

import uvicorn
from channels.routing import URLRouter
from django.urls import path

from exams.contests.consumers.hub import Hub
from exams.contests.consumers.live import Live
from exams.contests.services import acts
from tests.exams.contests.consumers.rooms import MATCH, Scripted

SCRIPT = Path(__file__).parents[4] / "exams" / "contests" / "static" / "contests" / "room.js"
PAGE = """<!doctype html><meta charset="utf-8"><script type="module">
import { openRoom } from "/room.js";
window.seen = { views: 0, links: [], view: null, you: null, staff: null, acks: [], noes: [] };
const seat = new URLSearchParams(location.search).get("seat");
window.room = openRoom({
  url: "/ws/contests/MATCH/", ticket: seat, snapshot: "/snapshot", act: "/act", move: "/move",
  onView(view, you, staff) { Object.assign(window.seen, { view, you, staff, views: window.seen.views + 1 }); },
  onLink(state) { window.seen.links.push(state); },
});
window.ask = (what, data) => window.room.act(what, data).then(
  (ack) => window.seen.acks.push(ack), (no) => window.seen.noes.push(no));
</script>""".replace("MATCH", str(MATCH))


class LittleServer:
    """Start it, use `url`, move `source`, stop it; it may be started again on the same port."""

    def __init__(self, source: Scripted, port: int = 0):
        self.source, self.port = source, port
        self.losing, self.blocked = 0.0, False

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Serve, and come back when it does."""
        self.hub = Hub(self.source)
        self.live = URLRouter([path("ws/contests/<uuid:uid>/", Live(self.hub))])
        config = uvicorn.Config(
            self._app, port=self.port, lifespan="off", log_level="critical", interface="asgi3"
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.started = threading.Event()
        self.thread.start()
        assert self.started.wait(10)
        return self

    def _serve(self):
        async def main():
            await self.hub.start()
            serving = asyncio.create_task(self.server.serve())
            while not self.server.started:
                await asyncio.sleep(0.01)
            self.port = self.server.servers[0].sockets[0].getsockname()[1]
            self.started.set()
            await serving
            await self.hub.stop()

        asyncio.run(main())

    def stop(self):
        """End as a restart would: connections are closed with 1012."""
        self.server.should_exit = True
        self.thread.join(10)

    def moved(self):
        """Announce what the test has moved."""
        self.hub.announce(MATCH, self.source.now.seq)

    async def _app(self, scope, receive, send):
        if scope["type"] == "websocket":
            await (self._blocked if self.blocked else self.live)(scope, receive, self._lossy(send))
            return
        status, kind, body = self._page(scope, await _whole(receive))
        headers = [(b"content-type", kind.encode()), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _blocked(self, scope, receive, send):
        await receive()
        await send({"type": "websocket.close"})

    def _lossy(self, send):
        async def lossy(message):
            text = message.get("text") or ""
            if text.startswith('{"t":"hello"') or random.random() >= self.losing:
                await send(message)

        return lossy

    def _page(self, scope, body):
        if scope["path"] == "/room.js":
            return 200, "text/javascript", SCRIPT.read_bytes()
        if scope["path"] == "/snapshot":
            now = self.source.now
            you = {"seat": 1, "role": "team", "seq": now.seq}
            told = {"t": "hello", "seq": now.seq, "now": 0, "view": now.view, "you": you}
            return 200, "application/json", json.dumps(told).encode()
        if scope["path"] == "/act":
            return 200, "application/json", json.dumps(self._act(json.loads(body))).encode()
        return 200, "text/html", PAGE.encode()

    def _act(self, said):
        from lianbing.kit import clock

        place = self.source.seats[1]
        verdict = self.source.answers(MATCH, [(place, acts.parse(said, place, at=clock.now()))])[0]
        told = {} if verdict.ok else {"code": verdict.code, "text": verdict.text}
        return {"t": "ack" if verdict.ok else "no", "id": said["id"], **told}


async def _whole(receive):
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body
