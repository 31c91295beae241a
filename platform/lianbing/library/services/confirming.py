"""The legal section's word on many doubtful editions at once: one reason, each edition on record."""

import datetime
from collections.abc import Collection

from django.db import transaction

from lianbing.kit import audit
from lianbing.library.models import LawEdition
from lianbing.library.services import effective
from lianbing.people.rules import Actor

BATCH = 100


def confirm_editions(*, editions: Collection[int], reason: str, by: Actor, at: datetime.datetime) -> int:
    """Mark up to BATCH drafts (primary keys) as checked. Returns how many; the rest is for the next call.

    Whatever is no draft any more is passed over, so a repeated call does no harm.
    """
    with transaction.atomic():
        drafts = LawEdition.objects.select_for_update(of=("self",)).filter(
            pk__in=sorted(editions)[:BATCH], status=LawEdition.Status.DRAFT
        )
        found = list(
            drafts.select_related("law").only("slug", "law", "doubts", "law__title", "law__subtitle")
        )
        LawEdition.objects.filter(pk__in=[e.pk for e in found]).update(status=LawEdition.Status.PUBLISHED)
        for edition in found:
            audit.record(
                stream="library",
                action="confirm_edition",
                by=by,
                at=at,
                subject=edition,
                reason=reason,
                doubts=[doubt.get("code", "") for doubt in edition.doubts],
            )
        effective.touch({edition.law_id for edition in found})
    return len(found)
