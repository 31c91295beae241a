"""From an ASGI scope to a WSGI environ, believing only what may be believed."""

import ipaddress
import sys
from collections.abc import Iterable, Sequence
from typing import IO, Any
from urllib.parse import unquote_to_bytes

# A "Proxy" header would look like the variable HTTP_PROXY to libraries that read the environment.
DROPPED = frozenset({"proxy", "forwarded", "x-real-ip"})
FORM = "application/x-www-form-urlencoded"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks(texts: Iterable[str]) -> list[Network]:
    """Parse addresses and networks ("10.0.0.5", "10.0.0.0/8"). Raises ValueError for anything else."""
    return [ipaddress.ip_network(text, strict=False) for text in texts]


def is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks; False for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in trusted)


def forwarded(peer: str, scheme: str, headers: dict[str, str], trusted: Sequence[Network]) -> tuple[str, str]:
    """The client's address and scheme: the peer's own, or what a trusted peer says they were.

    Of X-Forwarded-For the last address that is not itself a trusted proxy counts: whatever stands to its
    left was written by the client.
    """
    if not is_trusted(peer, trusted):
        return peer, scheme
    for hop in reversed([part.strip() for part in headers.get("x-forwarded-for", "").split(",")]):
        if not hop:
            continue
        peer = hop
        if not is_trusted(hop, trusted):
            break
    said = headers.get("x-forwarded-proto", "").split(",")[-1].strip().lower()
    return peer, said if said in {"http", "https"} else scheme


def folded(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by lower-case name, repeated ones joined (cookies by semicolon, the rest by comma).

    Names with an underscore are dropped: in an environ they could pose as the same name with a hyphen.
    """
    headers: dict[str, str] = {}
    for name_bytes, value_bytes in raw:
        name, value = name_bytes.decode("latin-1").lower(), value_bytes.decode("latin-1")
        if "_" in name or name in DROPPED:
            continue
        if name in headers:
            value = headers[name] + ("; " if name == "cookie" else ",") + value
        headers[name] = value
    return headers


def _content_type(said: str) -> str:
    """The type of the body. A form is UTF-8 here; another charset would make Django fail, not refuse."""
    return FORM if said.partition(";")[0].strip().lower() == FORM else said


def build(scope: dict[str, Any], body: IO[bytes], length: int, trusted: Sequence[Network]) -> dict[str, Any]:
    """The environ of one request whose whole body of `length` bytes is in `body`."""
    headers = folded(scope["headers"])
    client, server = scope.get("client") or ("", 0), scope.get("server") or ("localhost", 80)
    address, scheme = forwarded(client[0], scope.get("scheme", "http"), headers, trusted)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        if not name.startswith("x-forwarded-"):
            environ["HTTP_" + name.upper().replace("-", "_")] = value
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ["CONTENT_TYPE"] = _content_type(environ.pop("HTTP_CONTENT_TYPE", ""))
    environ["CONTENT_LENGTH"] = str(length)
    return environ
