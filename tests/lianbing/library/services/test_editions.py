"""Confirming and withdrawing editions."""

import pytest

from lianbing.kit.models import AuditRecord
from lianbing.library import ports
from lianbing.library.services import EditionInUse, confirm_edition, withdraw_edition
from lianbing.people.rules import SYSTEM
from tests.factories.library import edition

pytestmark = pytest.mark.django_db


def test_a_draft_is_confirmed_once(at):
    draft = edition(history=())
    confirm_edition(edition=draft, by=SYSTEM, at=at)
    draft.refresh_from_db()
    assert draft.status == "published"
    with pytest.raises(EditionInUse):
        confirm_edition(edition=draft, by=SYSTEM, at=at)


def test_a_withdrawal_keeps_its_reason(at):
    withdraw_edition(edition=edition(), reason="错了", by=SYSTEM, at=at)
    assert AuditRecord.objects.get(action="withdraw_edition").reason == "错了"


def test_a_cited_edition_stays(at, monkeypatch):
    found = edition()
    monkeypatch.setattr(ports, "_citations", {"test": lambda pk: int(pk == found.pk)})
    with pytest.raises(EditionInUse):
        withdraw_edition(edition=found, reason="错了", by=SYSTEM, at=at)
    found.refresh_from_db()
    assert found.status == "published"
