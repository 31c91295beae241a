"""News reaches every receiver at least once, and one bad receiver stops nobody else."""

import pytest

from lianbing.kit import outbox
from lianbing.kit.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(outbox, "_receivers", {})
    got = []
    outbox.receive("good")(lambda payload, at: got.append(payload["n"]))
    return got


def test_delivers_once_in_order(heard, at):
    for n in range(3):
        outbox.publish("good", {"n": n}, at=at)
    assert outbox.deliver(at=at) == 3
    assert outbox.deliver(at=at) == 0
    assert heard == [0, 1, 2]


def test_a_failing_receiver_is_tried_again_and_stops_nobody(heard, at):
    failing = [True]

    def receiver(payload, at):
        if failing[0]:
            raise RuntimeError("down")
        heard.append("late")

    outbox.receive("bad")(receiver)
    outbox.publish("bad", {}, at=at)
    outbox.publish("good", {"n": 7}, at=at)
    assert outbox.deliver(at=at) == 1
    assert OutboxMessage.objects.get(topic="bad").last_error == "down"
    failing[0] = False
    assert outbox.deliver(at=at) == 1
    assert heard == [7, "late"]
