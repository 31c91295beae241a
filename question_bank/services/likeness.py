"""Finding near-duplicates when a question is saved or a file is imported."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction

from lianbing.kit import audit
from lianbing.people.rules import Actor
from question_bank.models import LikenessKey, Question, Twin
from question_bank.rules import likeness
from question_bank.services.banks import STREAM

CHUNK = 800
# A key that more questions share than this belongs to a set phrase and says nothing.
CROWD = 60
Pair = tuple[int, int]


def note_likeness(*, questions: Iterable[int], at: datetime.datetime) -> list[Twin]:
    """Compare these questions, as they read now, with each other and with every other one of all banks.

    Their sketches are stored anew and pairs at least `likeness.ALIKE` alike are noted, each pair once; a
    pair that somebody settled stays settled. Statements grow by the hundreds of questions, not by each.
    Runs inside the caller's transaction. Gives back the pairs noted now, the most alike first.
    """
    wanted = sorted(set(questions))
    fresh = {pk: shingles_of(content) for pk, content in _contents(wanted)}
    keys = {pk: likeness.band_keys(found) for pk, found in fresh.items()}
    for part in _chunks(wanted):
        LikenessKey.objects.filter(question__in=part).delete()
        Twin.objects.filter(older__in=part, settled_at=None).delete()
        Twin.objects.filter(newer__in=part, settled_at=None).delete()
    pairs = _candidates(keys)
    LikenessKey.objects.bulk_create(
        [
            LikenessKey(question_id=pk, band=band, key=key)
            for pk, bands in keys.items()
            for band, key in enumerate(bands)
        ],
        batch_size=CHUNK,
    )
    return _note(pairs, fresh, at)


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _contents(wanted: Sequence[int]) -> Iterator[tuple[int, object]]:
    for part in _chunks(wanted):
        yield from Question.objects.filter(pk__in=part).values_list("pk", "latest__content")


def shingles_of(content: object) -> frozenset[int]:
    """The shingles of a question's stored content."""
    return likeness.shingles(likeness.asked_texts(content))


def _candidates(keys: dict[int, list[int]]) -> set[Pair]:
    """Pairs that share a band: among these questions, and with those stored before."""
    crowds: dict[int, set[int]] = defaultdict(set)
    for pk, bands in keys.items():
        for key in bands:
            crowds[key].add(pk)
    for part in _chunks(sorted(crowds)):
        for key, pk in LikenessKey.objects.filter(key__in=part).values_list("key", "question_id"):
            crowds[key].add(pk)
    return {
        (one, other)
        for crowd in crowds.values()
        if 1 < len(crowd) <= CROWD
        for one in crowd
        for other in crowd
        if one < other and (one in keys or other in keys)
    }


def _note(pairs: set[Pair], fresh: dict[int, frozenset[int]], at: datetime.datetime) -> list[Twin]:
    """Compare the candidates exactly and store those that are alike."""
    others = sorted({pk for pair in pairs for pk in pair} - fresh.keys())
    known = fresh | {pk: shingles_of(content) for pk, content in _contents(others)}
    alike = [(pair, likeness.likeness(known[pair[0]], known[pair[1]])) for pair in sorted(pairs)]
    found = [
        Twin(older_id=older, newer_id=newer, percent=int(how_much * 100), found_at=at)
        for (older, newer), how_much in alike
        if how_much >= likeness.ALIKE
    ]
    Twin.objects.bulk_create(found, batch_size=CHUNK, ignore_conflicts=True)
    return sorted(found, key=lambda twin: -twin.percent)


def settle_twins(*, twin: Twin, by: Actor, at: datetime.datetime) -> bool:
    """Both questions may stay. False when somebody settled it before."""
    with transaction.atomic():
        open_ones = Twin.objects.filter(pk=twin.pk, settled_at=None)
        if open_ones.update(settled_at=at, settled_by_name=by.name) != 1:
            return False
        for question in (twin.older, twin.newer):
            audit.record(stream=STREAM, action="twins_settled", by=by, at=at, subject=question)
    return True
