"""The words that the legal section says mean the same. Every change is on record with its reason."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from lianbing.kit import audit
from lianbing.library.models import Synonym, SynonymGroup
from lianbing.people.rules import Actor


class WordTaken(Exception):
    """Another group holds one of the words already."""


class GroupGone(Exception):
    """Somebody else has removed the group meanwhile."""


def keep_synonyms(
    *,
    words: Sequence[str],
    by: Actor,
    at: datetime.datetime,
    group: SynonymGroup | None = None,
    note: str = "",
    reason: str = "",
) -> SynonymGroup:
    """Add a group of words, or give `group` these words instead of its own. At least two different words.

    Raises WordTaken with the words that stand in another group, GroupGone; then nothing is changed.
    """
    try:
        return _keep(list(dict.fromkeys(words)), by=by, at=at, group=group, note=note, reason=reason)
    except IntegrityError:
        others = Synonym.objects.filter(word__in=words).exclude(group=group)
        raise WordTaken("、".join(others.values_list("word", flat=True))) from None


@transaction.atomic
def _keep(
    words: list[str], *, by: Actor, at: datetime.datetime, group: SynonymGroup | None, note: str, reason: str
) -> SynonymGroup:
    before = [str(synonym) for synonym in group.synonyms.all()] if group else []
    facts = {"note": note, "changed_by": str(by.snapshot().get("name", ""))[:100], "changed_at": at}
    new = group is None
    kept = SynonymGroup.objects.create(**facts) if group is None else group
    if not new and SynonymGroup.objects.filter(pk=kept.pk).update(**facts) != 1:
        raise GroupGone
    kept.synonyms.all().delete()
    Synonym.objects.bulk_create([Synonym(group=kept, word=word) for word in words])
    audit.record(
        stream="library",
        action="add_synonyms" if new else "change_synonyms",
        by=by,
        at=at,
        subject=kept,
        reason=reason,
        before=before,
        after=words,
    )
    return kept


@transaction.atomic
def remove_synonyms(*, group: SynonymGroup, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take a group away; each of its words then means only itself."""
    words = [str(synonym) for synonym in group.synonyms.all()]
    gone, _of = SynonymGroup.objects.filter(pk=group.pk).delete()
    if gone:
        audit.record(
            stream="library",
            action="remove_synonyms",
            by=by,
            at=at,
            subject_name=" = ".join(words),
            reason=reason,
            before=words,
        )
