"""Taking a certificate back."""

import pytest

from certificates.models import CertificateEvent
from certificates.queries.register import by_uid
from certificates.services.issuing import NoReason
from certificates.services.revoking import AlreadyRevoked, revoke
from certificates.state.training import Ground, State
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM
from tests.factories import certificates

pytestmark = pytest.mark.django_db


def call(certificate, at, reason="调查认定违规"):
    return revoke(certificate=certificate, ground=Ground.RULES_BROKEN, reason=reason, by=SYSTEM, at=at)


def test_it_is_revoked_from_that_moment_and_on_record(at):
    made = certificates.certificate()
    call(made, at)
    assert by_uid(made.uid).state_on(certificates.TODAY) is State.REVOKED
    assert AuditRecord.objects.get().reason == "调查认定违规"


@pytest.mark.parametrize("reason", ["", "   ", "不好", " 四个字符 "])
def test_it_needs_a_reason(at, reason):
    with pytest.raises(NoReason):
        call(certificates.certificate(), at, reason)
    assert not CertificateEvent.objects.filter(kind="revoked").exists()


def test_once_and_for_good(at):
    made = certificates.certificate()
    call(made, at)
    with pytest.raises(AlreadyRevoked):
        call(made, at)
    assert AuditRecord.objects.count() == 1
