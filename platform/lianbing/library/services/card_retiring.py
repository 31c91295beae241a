"""Cards out of use: a matter that went to another authority, or is none any more. The card itself is kept."""

import datetime

from django.db import transaction

from lianbing.kit import audit
from lianbing.library import permissions
from lianbing.library.models import Card
from lianbing.library.services.cards import STREAM, CardMoved, SecondPersonNeeded, announce, put_in_use
from lianbing.library.services.cards_index import forget_card
from lianbing.people.rules import Actor


@transaction.atomic
def withdraw(*, card: Card, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take a card out of everybody's hands. Raises SecondPersonNeeded; CardMoved when it is not in use or has
    a draft, which is decided on or discarded first."""
    if not permissions.can_keep(by):
        raise SecondPersonNeeded("role")
    used = Card.objects.filter(pk=card.pk, state=Card.State.APPROVED).exclude(current=None)
    if used.update(state=Card.State.WITHDRAWN, current=None, search_text="", changed_at=at) != 1:
        raise CardMoved
    forget_card(card=card.pk)
    audit.record(stream=STREAM, action="withdraw_card", by=by, at=at, subject=card, reason=reason[:200])


@transaction.atomic
def restore(*, card: Card, by: Actor, at: datetime.datetime) -> None:
    """Put a withdrawn card back into use as it was last approved. Raises SecondPersonNeeded, CardMoved."""
    if not permissions.can_keep(by):
        raise SecondPersonNeeded("role")
    away = Card.objects.filter(pk=card.pk, state=Card.State.WITHDRAWN)
    if card.latest is None or away.update(state=Card.State.APPROVED, changed_at=at) != 1:
        raise CardMoved
    put_in_use(version=card.latest, by=by, at=at)
    announce(version=card.latest, at=at)
    audit.record(stream=STREAM, action="restore_card", by=by, at=at, subject=card)
