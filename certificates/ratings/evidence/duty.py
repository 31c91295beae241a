"""The enforcement certificate: on duty or not at the end of the last day."""

from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse

from certificates.queries.duty import standings
from certificates.ratings.evidence.base import Ask, Found, source
from certificates.ratings.rules.words import Source

WHOLE, NOTHING = Decimal(1), Decimal(0)


@source(Source.CERTIFICATE)
def duty(ask: Ask) -> Iterator[Found]:
    """1 for whoever is on duty, else 0. Kinds: the states of the register. A constant number of statements."""
    for person, one in standings(list(ask.posts), ask.ends).items():
        staff = reverse("certificates:enforcement_holding", args=[one.uid]) if one.uid else ""
        yield Found(
            Source.CERTIFICATE,
            f"certificate:{person}@{ask.last}",
            ask.last,
            WHOLE if one.on_duty else NOTHING,
            kind=one.state.value,
            officer_id=person,
            label=one.certificate_no[:200],
            url=reverse("certificates:mine"),
            extra={"on_duty": one.on_duty, "why": one.why, "staff": staff},
        )
