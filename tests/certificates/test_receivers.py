"""Released results reach the award through the outbox."""

import uuid

import pytest

from certificates.models import Certificate
from lianbing.kit import outbox
from lianbing.kit.models import OutboxMessage
from tests.factories import certificates, people

pytestmark = pytest.mark.django_db


def publish(uid, at):
    return outbox.publish("results_published", {"sitting": str(uid)}, at=at)


def test_delivered_twice_awards_once(at):
    rule, squad = certificates.rule(), people.unit()
    sitting = certificates.released(squad, rule.blueprint)
    certificates.result(sitting, people.officer(squad), "80")
    for _ in range(2):
        publish(sitting.uid, at)
        outbox.deliver(at=at)
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("fields", [{"is_rehearsal": True}, {"released_at": None}])
def test_rehearsals_and_unreleased_sittings_are_passed_over(at, fields):
    rule, squad = certificates.rule(), people.unit()
    sitting = certificates.released(squad, rule.blueprint, **fields)
    certificates.result(sitting, people.officer(squad), "80")
    publish(sitting.uid, at)
    assert outbox.deliver(at=at) == 1
    assert not Certificate.objects.exists()


def test_a_sitting_that_is_gone_blocks_nothing(at):
    message = publish(uuid.uuid4(), at)
    outbox.deliver(at=at)
    assert OutboxMessage.objects.get(pk=message.pk).delivered_at == at
