"""The floor of `bench_contest.py`: `websockets` with its own broadcast() on uvloop, and nothing else.

Whoever sends a number gets everybody else a text of that many bytes, headed by the moment it began (ns).
"""

import asyncio
import time

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

everybody: set[ServerConnection] = set()


async def handle(connection: ServerConnection) -> None:
    """Keep a connection, and broadcast what is asked for."""
    everybody.add(connection)
    try:
        async for message in connection:
            began = time.monotonic_ns()
            broadcast(everybody - {connection}, f"{began} ".ljust(int(message), "x"))
            await connection.send(f"{began} {time.process_time_ns()}")
    finally:
        everybody.discard(connection)


async def main() -> None:
    """Serve on a port of the system's choice until the process is ended."""
    async with serve(handle, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        print(f"Ready: {server.sockets[0].getsockname()[1]}", flush=True)
        await asyncio.Future()


if __name__ == "__main__":
    uvloop.run(main())
