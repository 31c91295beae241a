"""The shortest way of a text to many connections: its frame is made once, and every connection writes the same bytes.

The server makes each frame anew for each connection, which costs more than writing it. A frame from a server carries
no mask and, without compression, nothing of its connection. Where the server is another one, or squeezes messages,
there is no short way and the ordinary one is taken.
"""

import struct
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

FINAL_TEXT = 0x81


def framed(text: str) -> bytes:
    """A text as one WebSocket frame from a server (RFC 6455, 5.2)."""
    body = text.encode()
    if len(body) < 126:
        return struct.pack("!BB", FINAL_TEXT, len(body)) + body
    if len(body) < 65536:
        return struct.pack("!BBH", FINAL_TEXT, 126, len(body)) + body
    return struct.pack("!BBQ", FINAL_TEXT, 127, len(body)) + body


def connection_of(send: Any) -> WebSocketsSansIOProtocol | None:
    """The server's connection behind an ASGI `send`, if frames may be written to it as they are."""
    connection = getattr(send, "__self__", None)
    if isinstance(connection, WebSocketsSansIOProtocol) and not connection.conn.extensions:
        return connection
    return None


def write(connection: WebSocketsSansIOProtocol, data: bytes) -> bool:
    """Write a frame at once; False when the client reads too slowly, or is on its way out."""
    ready = connection.handshake_complete and connection.writable.is_set()
    if not ready or connection.close_sent or connection.disconnected or connection.transport.is_closing():
        return False
    connection.transport.write(data)
    return True
