"""News from a lower app to a higher one that must not be missed.

`publish` writes the message in the caller's own transaction; `deliver` (run by the ticker and by
`manage.py run_due`) hands each message to every receiver of its topic, at least once. Receivers must
therefore be idempotent. A message whose receiver failed is tried again at the next turn.
"""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction

from lianbing.kit.models import OutboxMessage

logger = logging.getLogger("lianbing.outbox")
Receiver = Callable[[dict[str, Any], datetime.datetime], None]
_receivers: dict[str, list[Receiver]] = {}


def publish(topic: str, payload: dict[str, Any], *, at: datetime.datetime) -> OutboxMessage:
    """Put a message in the box, inside the caller's transaction."""
    return OutboxMessage.objects.create(topic=topic, payload=payload, created_at=at)


def receive(topic: str) -> Callable[[Receiver], Receiver]:
    """Decorator for a function in an app's `receivers.py`: called with (payload, at) for each message."""

    def register(receiver: Receiver) -> Receiver:
        _receivers.setdefault(topic, []).append(receiver)
        return receiver

    return register


def deliver(*, at: datetime.datetime, limit: int = 200) -> int:
    """Deliver what waits, oldest first. Returns how many messages were delivered whole."""
    delivered = 0
    for message in OutboxMessage.objects.filter(delivered_at=None).order_by("pk")[:limit]:
        try:
            with transaction.atomic():
                for receiver in _receivers.get(message.topic, []):
                    receiver(message.payload, at)
                message.delivered_at = at
                message.tries += 1
                message.save(update_fields=["delivered_at", "tries"])
            delivered += 1
        except Exception as error:  # a receiver's fault must not stop the messages behind it
            logger.exception("outbox message %s failed", message.pk)
            OutboxMessage.objects.filter(pk=message.pk).update(
                tries=message.tries + 1, last_error=str(error)[:500]
            )
    return delivered
