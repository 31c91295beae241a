"""Many simulated candidates at once against one server."""

import asyncio
import random
import ssl
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from exams.rehearsal.candidate import Candidate, Ledger

AT_THE_DOOR = 8
TIMEOUT = httpx.Timeout(30)


def trust(authority: Path) -> ssl.SSLContext:
    """The machine's usual trust, and the local authority when there is one."""
    context = ssl.create_default_context()
    if authority.exists():
        context.load_verify_locations(cafile=str(authority))
    return context


async def _sit(
    url: str,
    logins: Sequence[tuple[str, str]],
    sitting: str,
    pace: float,
    context: ssl.SSLContext,
    done: Callable[[int], None],
) -> list[Ledger]:
    door = asyncio.Semaphore(AT_THE_DOOR)
    finished = 0

    async def one(login: tuple[str, str]) -> Ledger:
        nonlocal finished
        async with httpx.AsyncClient(base_url=url, verify=context, timeout=TIMEOUT, trust_env=False) as http:
            chance = random.Random(login[0])
            ledger = await Candidate(
                http, login=login, sitting=sitting, chance=chance, pace=pace, door=door
            ).sit()
        finished += 1
        done(finished)
        return ledger

    return list(await asyncio.gather(*(one(login) for login in logins)))


def sit(
    *,
    url: str,
    logins: Sequence[tuple[str, str]],
    sitting: str,
    pace: float,
    authority: Path,
    done: Callable[[int], None],
) -> list[Ledger]:
    """Let everybody of `logins` sit the exam at `url`; `done` hears how many have finished.

    At most eight sign in at the same moment: a password's slow hash is not what is rehearsed.
    """
    return asyncio.run(_sit(url.rstrip("/"), logins, sitting, pace, trust(authority), done))


def answers(url: str, authority: Path) -> str:
    """ "" when something answers at `url`, else why not."""
    try:
        httpx.get(f"{url.rstrip('/')}/sign-in/", verify=trust(authority), timeout=10, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return str(error) or type(error).__name__
    return ""
