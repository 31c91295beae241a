"""One simulated candidate over HTTP: signs in, starts, answers, loses acknowledgements, resumes, hands in.

The ledger keeps what the server acknowledged, written down at the moment the acknowledgement arrives: it
is the evidence against which the database is held afterwards.
"""

import asyncio
import hashlib
import html
import json
import random
import re
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

PATIENCE_SECONDS = 60
LOSS = 0.15
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_DATA = re.compile(r'<script id="attempt-data" type="application/json">(.*?)</script>', re.DOTALL)


class Broken(Exception):
    """The server did not do what the protocol says; the text says what."""


@dataclass
class Ledger:
    """What one candidate was told: acknowledged events, the receipt, and how long each save took."""

    staff_number: str
    attempt: str = ""
    acked: dict[tuple[str, int], tuple[int, list[str]]] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)
    receipt: dict[str, Any] = field(default_factory=dict)
    save_ms: list[float] = field(default_factory=list)
    trouble: str = ""


def fingerprint(answers: dict[str, list[str]]) -> str:
    """SHA-256 of the canonical JSON of the answers, written from the protocol's text."""
    parts = [
        f'"{key}":{json.dumps(answers[key], ensure_ascii=False, separators=(",", ":"))}'
        for key in sorted(answers, key=int)
        if answers[key]
    ]
    return hashlib.sha256(("{" + ",".join(parts) + "}").encode()).hexdigest()


class Candidate:
    """Sits the exam once. `chance` decides answers, losses and pauses; `pace` is the mean pause in seconds."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        login: tuple[str, str],
        sitting: str,
        chance: random.Random,
        pace: float,
        door: asyncio.Semaphore,
    ) -> None:
        self.http, self.login, self.sitting = http, login, sitting
        self.chance, self.pace, self.door = chance, pace, door
        self.ledger = Ledger(login[0])
        self.device = str(uuid.uuid4())
        self.data: dict[str, Any] = {}
        self.pending: list[dict[str, Any]] = []

    async def sit(self) -> Ledger:
        """The whole exam. What goes wrong stands in `ledger.trouble`."""
        try:
            async with self.door:
                await self._sign_in()
                await self._start()
            await self._take_pen()
            await self._answer_all()
            await self._hand_in()
            await self._sign_out()
        except (Broken, httpx.HTTPError, KeyError, ValueError) as error:
            self.ledger.trouble = f"{type(error).__name__}: {error}"
        return self.ledger

    async def _again(self, method: str, url: str, **options: Any) -> httpx.Response:
        """A request that is repeated while the server is away or busy, as the page does it."""
        end, wait = time.monotonic() + PATIENCE_SECONDS, 0.5
        while True:
            try:
                reply = await self.http.request(method, url, **options)
                if reply.status_code < 500:
                    return reply
            except httpx.TransportError as error:
                if time.monotonic() > end:
                    raise Broken(f"no reply from {url}: {error}") from error
            if time.monotonic() > end:
                raise Broken(f"{url} kept failing")
            await asyncio.sleep(wait * self.chance.uniform(0.8, 1.2))
            wait = min(wait * 2, 8)

    async def _sign_in(self) -> None:
        page = await self._again("GET", "/sign-in/")
        token = _TOKEN.search(page.text)
        if token is None:
            raise Broken("the sign-in page has no form")
        form = {
            "username": self.login[0],
            "password": self.login[1],
            "csrfmiddlewaretoken": html.unescape(token[1]),
        }
        reply = await self._again("POST", "/sign-in/", data=form, headers=self._referer())
        if reply.status_code != 302:
            raise Broken(f"signing in was answered with {reply.status_code}")

    def _referer(self) -> dict[str, str]:
        return {"Referer": str(self.http.base_url)}

    def _csrf(self) -> dict[str, str]:
        return self._referer() | {"X-CSRFToken": self.http.cookies.get("csrftoken") or ""}

    async def _start(self) -> None:
        reply = await self._again("POST", f"/exams/sittings/{self.sitting}/start", headers=self._csrf())
        if reply.status_code != 302:
            raise Broken(
                f"starting was answered with {reply.status_code}; does the server use this database?"
            )
        page = await self._again("GET", reply.headers["location"])
        found = _DATA.search(page.text)
        if found is None:
            raise Broken("the exam page brings no paper")
        self.data = json.loads(found[1])
        self.ledger.attempt = self.data["attempt"]

    async def _take_pen(self) -> None:
        """Take the lease as a new client; what the old one left unacknowledged is numbered anew."""
        self.client, self.seq = str(uuid.uuid4()), 0
        body = {"client_id": self.client, "device_id": self.device}
        reply = await self._again("POST", self.data["urls"]["lease"], json=body, headers=self._csrf())
        told = reply.json()
        if reply.status_code != 200:
            raise Broken(f"the lease was refused: {told}")
        self.lease, self.ticket = told["lease"], told["ticket"]
        waiting, self.pending = self.pending, []
        for event in waiting:
            self._write(event["item"], event["value"])
        if waiting:
            await self._save(keep=True)

    def _write(self, item: int, value: list[str]) -> None:
        self.seq += 1
        self.ledger.answers[str(item)] = value
        self.pending.append(
            {"seq": self.seq, "item": item, "value": value, "mono_ms": int(time.monotonic() * 1000)}
        )

    async def _answer_all(self) -> None:
        items = self.data["items"]
        turning = self.chance.randrange(len(items))
        for number, item in enumerate(items):
            for _ in range(2 if self.chance.random() < 0.1 else 1):
                self._write(item["position"], self._pick(item))
                await self._save(keep=self.chance.random() >= LOSS)
            if number == turning:
                self._write(item["position"], self._pick(item))
                await self._take_pen()
            await asyncio.sleep(self.pace * self.chance.uniform(0.5, 1.5))
        while self.pending:
            await self._save(keep=True)

    def _pick(self, item: dict[str, Any]) -> list[str]:
        ids = [option["id"] for option in item["options"]]
        count = 2 if item["kind"] == "multiple_choice" else 1
        return sorted(self.chance.sample(ids, count))

    async def _save(self, *, keep: bool) -> None:
        """Send what is pending. With `keep` false the reply is thrown away, as if the network had lost it."""
        body = {"lease": self.lease, "client_id": self.client, "events": self.pending[:200]}
        asked = time.perf_counter()
        reply = await self._again(
            "POST", self.data["urls"]["events"], json=body, headers={"X-Attempt-Ticket": self.ticket}
        )
        if not keep:
            return
        self.ledger.save_ms.append((time.perf_counter() - asked) * 1000)
        if reply.status_code != 200:
            raise Broken(f"a save was answered with {reply.status_code}: {reply.text[:200]}")
        through = reply.json()["acked_through"]
        for event in self.pending:
            if event["seq"] <= through:
                self.ledger.acked[self.client, event["seq"]] = (event["item"], event["value"])
        self.pending = [event for event in self.pending if event["seq"] > through]

    async def _hand_in(self) -> None:
        """Hand in twice: the second time is a replay and must bring the same receipt."""
        body = {
            "lease": self.lease,
            "client_id": self.client,
            "final_seq": self.seq,
            "answers_sha256": fingerprint(self.ledger.answers),
        }
        headers = {"X-Attempt-Ticket": self.ticket}
        receipts = []
        for _ in range(2):
            reply = await self._again("POST", self.data["urls"]["submit"], json=body, headers=headers)
            if reply.status_code != 200:
                raise Broken(f"handing in was answered with {reply.status_code}: {reply.text[:200]}")
            receipts.append(reply.json()["receipt"])
        if receipts[0] != receipts[1]:
            raise Broken("a replay brought another receipt")
        self.ledger.receipt = receipts[0]

    async def _sign_out(self) -> None:
        await self._again("POST", "/sign-out/", headers=self._csrf())
