"""Released results, tries at change-training and changes of the register reach certificates through the outbox."""

import datetime
import uuid

import pytest

from certificates.models import Certificate, Proposal
from certificates.rules.proposing import Policy
from certificates.services.enforcement.changing import change
from certificates.state.enforcement import Kind
from lianbing.kit import outbox
from lianbing.kit.models import OutboxMessage
from tests.factories import certificates, changes, exams, people, qualifying

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


def test_a_failed_change_exam_is_proposed_and_lapses_when_the_certificate_ends(at):
    blueprint, squad = exams.blueprint(), people.unit()
    officer = qualifying.holder(people.officer(squad))
    qualifying.rules(policy=Policy(papers=(str(blueprint.uid),)), public_exam={})
    sitting = certificates.released(squad, blueprint)
    certificates.result(sitting, officer, "20")
    for _ in range(2):
        publish(sitting.uid, at)
        outbox.deliver(at=at)
    assert Proposal.objects.get().state == "open"
    change(
        officer=officer,
        kind=Kind.CANCELLED,
        on=qualifying.TODAY,
        reason_code="retirement",
        by=qualifying.hr(),
        at=at,
    )
    outbox.deliver(at=at)
    assert Proposal.objects.get().state == "lapsed"


def test_a_try_at_change_training_is_heard_of():
    [officer] = changes.crew("一线执法岗")
    changes.law_changed([changes.post("一线执法岗")], questions=3)
    qualifying.holder(officer)
    changes.tried(officer, is_right=False)
    outbox.deliver(at=changes.AT)
    assert Proposal.objects.get().officer == officer
    changes.tried(officer, is_right=True, at=changes.AT + datetime.timedelta(hours=1))
    outbox.deliver(at=changes.AT + datetime.timedelta(hours=2))
    assert Proposal.objects.get().state == "lapsed"
