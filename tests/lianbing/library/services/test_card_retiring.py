"""A matter that went to another authority: its card leaves everybody's hands, is kept, and can come back."""

import pytest

from lianbing.kit.models import AuditRecord, OutboxMessage
from lianbing.library.models import SearchEntry
from lianbing.library.queries import cards as reading
from lianbing.library.services import card_retiring, cards
from lianbing.library.services.cards import CardMoved, SecondPersonNeeded
from tests.factories import cards as made

pytestmark = pytest.mark.django_db


def withdraw(by=None):
    card_retiring.withdraw(card=made.card(), reason="划转至市场监管部门", by=by or made.legal(), at=made.AT)


def test_a_withdrawn_card_is_in_nobodys_hands():
    version = made.approved()
    withdraw()
    assert (made.card().state, made.card().current, made.card().latest) == ("withdrawn", None, version)
    assert not reading.cards_for(None, made.AT.date()).exists()
    assert not SearchEntry.objects.filter(source="cards").exists()
    assert [card.code for card in reading.withdrawn()] == ["SR-01"]
    assert AuditRecord.objects.filter(action="withdraw_card").count() == 1


def test_it_comes_back_as_it_was_approved_and_its_posts_are_told():
    version = made.approved()
    withdraw()
    card_retiring.restore(card=made.card(), by=made.legal(), at=made.AT)
    assert (made.card().state, made.card().current) == ("approved", version)
    assert list(reading.cards_for(None, made.AT.date())) == [version]
    told = OutboxMessage.objects.filter(topic="card_approved").values_list("payload__first", flat=True)
    assert list(told) == [True, True]
    with pytest.raises(CardMoved):
        card_retiring.restore(card=made.card(), by=made.legal(), at=made.AT)


def test_only_the_legal_section_withdraws():
    made.approved()
    with pytest.raises(SecondPersonNeeded):
        withdraw(by=made.trainer())
    assert made.card().state == "approved"


def test_a_card_with_a_draft_is_not_withdrawn():
    made.approved()
    made.draft(name="新")
    with pytest.raises(CardMoved):
        withdraw()


def test_a_withdrawn_card_is_written_anew_or_stays_away():
    made.approved()
    withdraw()
    draft = made.draft(name="新")
    assert not cards.discard_draft(version=draft, by=made.trainer(), at=made.AT)
    assert made.card().state == "withdrawn"
    second = made.approved(name="新")
    assert (made.card().current, second.number) == (second, 2)
