"""The answer to a WebSocket at an address where nobody listens."""

from channels.generic.websocket import AsyncWebsocketConsumer


class Closed(AsyncWebsocketConsumer):
    """Refuses the handshake."""

    async def connect(self) -> None:
        await self.close()
