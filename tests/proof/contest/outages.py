"""What goes down while a match is played: the server, and Redis between two of them."""

import asyncio
import shutil
import subprocess
import time
from pathlib import Path

from tests.journeys.site import Site
from tests.proof.contest.faults import Fault, Made
from tests.proof.contest.play import audience, buzzer, together
from tests.proof.contest.row import Rows, row
from tests.services import free_port

SERVER = ("redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")


class Restart(Fault):
    """SIGKILL with answers given and not closed, and with a press stored and not settled."""

    def __init__(self, sites: list[Site], made: Made, wanted: Made, quick: bool) -> None:
        super().__init__(sites, made, wanted, quick)
        self.back: list[float] = []

    @staticmethod
    def wanted(quick: bool) -> Made:
        return {"teams": 4, "audience": 4 if quick else 40, "rounds": [together(1), buzzer(1), audience(1)]}

    async def killed(self, kind: str) -> None:
        """Pull the plug, start anew, wait for everybody."""
        del kind
        site = self.match.sites[0]
        site.kill()
        await asyncio.to_thread(site.start)
        seconds, behind = await self.match.settled(30)
        self.back.append(seconds if not behind else 60)

    async def run(self) -> Rows:
        match = self.match
        match.amidst = self.killed
        try:
            await match.enter()
            await match.play()
            _, behind = await match.settled(20)
        finally:
            await match.leave()
        return [
            row(
                "restart in mid-round: until every screen was in step again",
                round(max(self.back), 2),
                "s",
                self.within(10),
            ),
            row("restart screens not in step at the end", len(behind), "screens"),
        ]


class Redis:
    """A Redis of our own that can be killed and comes back empty at the same address."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What REDIS_URL takes."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Run it; comes back when it answers."""
        self.process = subprocess.Popen([*SERVER, "--port", str(self.port)], stdout=subprocess.DEVNULL)
        for _ in range(100):
            done = subprocess.run(
                ["redis-cli", "-p", str(self.port), "ping"], capture_output=True, check=False
            )
            if done.stdout.strip() == b"PONG":
                return
            time.sleep(0.05)
        raise RuntimeError("redis-server did not answer")

    def kill(self) -> None:
        """SIGKILL."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class F5(Fault):
    """Redis is killed while two processes run a round, and comes back empty two questions later."""

    def __init__(self, folder: Path, made: Made, wanted: Made, quick: bool) -> None:
        self.redis = Redis()
        super().__init__([Site(folder, REDIS_URL=self.redis.url) for _ in range(2)], made, wanted, quick)
        self.back: list[float] = []

    @staticmethod
    def wanted(quick: bool) -> Made:
        count = 2 if quick else 6
        return {"teams": 4, "audience": 4 if quick else 40, "rounds": [together(count), buzzer(count)]}

    async def fault(self, turn: int) -> None:
        """Gone before the second question, back before the first one at the buzzer."""
        if turn == 2:
            self.redis.kill()
        elif turn == self.match.wanted["rounds"][1]["items"] + 1:
            await asyncio.to_thread(self.redis.start)
            seconds, behind = await self.match.settled(30)
            self.back.append(seconds if not behind else 60)

    async def run(self) -> Rows:
        match = self.match
        if shutil.which("redis-server") is None or shutil.which("redis-cli") is None:
            why = "redis-server is not installed (Debian: apt-get install redis-server)"
            return [row("F5 Redis killed in a contest round", why, "", None, ok=None)]
        self.redis.start()
        match.between = self.fault
        try:
            await asyncio.gather(*(asyncio.to_thread(site.start) for site in match.sites))
            await match.enter()
            await match.play()
            _, behind = await match.settled(20)
            divergent = await match.divergent()
        finally:
            await match.leave()
            for site in match.sites:
                site.stop()
            self.redis.kill()
        return [
            row(
                "F5 Redis killed in a round: until every screen was in step again",
                round(self.back[0], 2),
                "s",
                self.within(10),
            ),
            row(
                "F5 screens not in step at the end, or showing something else",
                len({*behind, *divergent}),
                "screens",
            ),
        ]
