"""The legal section's word on an edition: checked, or withdrawn."""

import datetime

from django.db import transaction

from lianbing.kit import audit
from lianbing.library import ports
from lianbing.library.models import LawEdition
from lianbing.library.services import effective
from lianbing.people.rules import Actor


class EditionInUse(Exception):
    """The edition is cited and cannot be withdrawn, or somebody else has just dealt with it."""


@transaction.atomic
def confirm_edition(*, edition: LawEdition, by: Actor, at: datetime.datetime) -> None:
    """Say that a draft was checked against the official text. Raises EditionInUse when it is no draft."""
    draft = LawEdition.objects.filter(pk=edition.pk, status=LawEdition.Status.DRAFT)
    if draft.update(status=LawEdition.Status.PUBLISHED) != 1:
        raise EditionInUse
    effective.settle(law=edition.law_id, at=at)
    audit.record(stream="library", action="confirm_edition", by=by, at=at, subject=edition)


@transaction.atomic
def withdraw_edition(*, edition: LawEdition, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take an edition that was a mistake out of sight. Its address is never given to another text.

    Raises EditionInUse while something cites it.
    """
    standing = LawEdition.objects.filter(pk=edition.pk).exclude(status=LawEdition.Status.WITHDRAWN)
    if standing.update(status=LawEdition.Status.WITHDRAWN) != 1 or ports.citations_of(edition.pk):
        raise EditionInUse
    effective.settle(law=edition.law_id, at=at)
    audit.record(stream="library", action="withdraw_edition", by=by, at=at, subject=edition, reason=reason)
