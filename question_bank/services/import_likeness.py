"""Saying in the report of an import which rows ask nearly what another row or a question of a bank asks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from question_bank.models import LikenessKey, Question
from question_bank.rules import likeness
from question_bank.services.building import said
from question_bank.services.import_run import Entry, Run
from question_bank.services.likeness import CHUNK, CROWD, shingles_of


def warn_of_likes(run: Run, entries: list[Entry]) -> None:
    """One warning for each row that resembles something, naming the likest. Reads the banks, saves nothing.

    Rows that ask exactly the same are duplicates and are listed there, not here.
    """
    sets = [shingles_of(said(entry.draft)[0]) for entry in entries]
    marks = [entry.draft.fingerprint() for entry in entries]
    keys = [likeness.band_keys(found) for found in sets]
    crowds: dict[int, list[int]] = defaultdict(list)
    for number, bands in enumerate(keys):
        for key in bands:
            crowds[key].append(number)
    held = _held(crowds)
    for number, entry in enumerate(entries):
        best = max(
            [
                *_among_rows(number, entries, marks, sets, keys, crowds),
                *_in_banks(marks[number], sets[number], keys[number], held),
            ],
            default=(0, ""),
        )
        if best[0]:
            words = {"percent": best[0], "twin": best[1]}
            run.note(entry.row, _("%(percent)s %% like %(twin)s.") % words, "stem")


def _among_rows(
    number: int,
    entries: list[Entry],
    marks: list[str],
    sets: list[frozenset[int]],
    keys: list[list[int]],
    crowds: dict[int, list[int]],
) -> Iterator[tuple[int, str]]:
    """Earlier rows that this one resembles, with how much."""
    near = {other for key in keys[number] if len(crowds[key]) <= CROWD for other in crowds[key]}
    for other in sorted(near):
        if other < number and marks[other] != marks[number]:
            how_much = likeness.likeness(sets[number], sets[other])
            if how_much >= likeness.ALIKE:
                yield int(how_much * 100), str(entries[other].row.place)


# By band key: questions of the banks as (shingles, fingerprint, name).
Held = dict[int, list[tuple[frozenset[int], str, str]]]


def _held(wanted: Iterable[int]) -> Held:
    """What the banks hold under these keys."""
    keys = sorted(wanted)
    found: list[tuple[int, int]] = []
    for start in range(0, len(keys), CHUNK):
        shared = LikenessKey.objects.filter(key__in=keys[start : start + CHUNK])
        found += shared.values_list("key", "question_id")
    known = {}
    ids = sorted({pk for _key, pk in found})
    for start in range(0, len(ids), CHUNK):
        rows = Question.objects.filter(pk__in=ids[start : start + CHUNK])
        for pk, content, fingerprint, uid in rows.values_list("pk", "latest__content", "fingerprint", "uid"):
            known[pk] = shingles_of(content), fingerprint, _("question %(uid)s of the bank") % {"uid": uid}
    held: Held = defaultdict(list)
    for key, pk in found:
        held[key].append(known[pk])
    return held


def _in_banks(mark: str, own: frozenset[int], keys: list[int], held: Held) -> Iterator[tuple[int, str]]:
    for found, other, name in {one for key in keys if key in held for one in held[key]}:
        how_much = likeness.likeness(own, found)
        if other != mark and how_much >= likeness.ALIKE:
            yield int(how_much * 100), name
