"""Routes of honours, sanctions, measures, findings, scores from outside and exclusions; who sees which."""

from certificates.ratings.models import Record
from certificates.ratings.rules.records import RESTRICTED, Kind
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

KEEPERS = (Role.HR,)
READERS = (Role.HR, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "ratings:records": only(*READERS, scope="unit"),
    "ratings:records_mine": signed_in(scope="own"),
    "ratings:record_new": only(*KEEPERS, scope="unit"),
    "ratings:record": signed_in(scope="unit"),
    "ratings:record_withdraw": only(*KEEPERS, scope="unit"),
    "ratings:record_import": only(*KEEPERS),
    "ratings:record_confirm": only(*KEEPERS),
    "ratings:record_template": only(*KEEPERS),
    "ratings:scores": only(*READERS, scope="unit"),
    "ratings:score": signed_in(scope="unit"),
    "ratings:score_withdraw": only(*KEEPERS, scope="unit"),
    "ratings:score_import": only(*KEEPERS),
    "ratings:score_confirm": only(*KEEPERS),
    "ratings:score_template": only(*KEEPERS),
    "ratings:exclusions": only(*READERS, scope="unit"),
    "ratings:exclusion_new": only(*KEEPERS, scope="unit"),
    "ratings:exclusion_withdraw": only(*KEEPERS, scope="unit"),
}


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose records the actor reads."""
    return actor.scopes(*READERS)


def keeping_scopes(actor: Actor) -> list[str]:
    """The unit paths whose records the actor keeps."""
    return actor.scopes(*KEEPERS)


def may_read(actor: Actor, record: Record, place: str) -> bool:
    """Whether `actor` may open a record of somebody who serves at `place` now (or of the unit there).

    The person and whoever answers for it with them; the personnel office and the leader of the unit. A measure
    that has lapsed or was withdrawn is the personnel office's and the person's alone: see `sees_lapsed`.
    """
    return is_own(actor, record) or actor.covers(place, *READERS)


def is_own(actor: Actor, record: Record) -> bool:
    """Whether a record is about the actor, or they answer for it, under this or a record merged into theirs."""
    people = [one for one in (record.officer, record.leader) if one is not None]
    known = {pk for one in people for pk in (one.pk, one.merged_into_id)}
    return actor.officer_id is not None and actor.officer_id in known


def sees_lapsed(actor: Actor, record: Record, place: str) -> bool:
    """Whether `actor` may still see a measure that holds no more."""
    return record.kind != Kind.MEASURE or is_own(actor, record) or actor.covers(place, *KEEPERS)


def may_keep(actor: Actor, place: str, *people: int | None) -> bool:
    """Whether `actor` may record or take back something at `place`: the personnel office, never about oneself."""
    return actor.covers(place, *KEEPERS) and (actor.officer_id is None or actor.officer_id not in people)


def may_import(actor: Actor) -> bool:
    """Whether `actor` may bring in a file, which reaches every unit: with the whole bureau in hand."""
    return actor.covers("", *KEEPERS)


def sees_on_file(actor: Actor, kind: Kind, officer_ids: frozenset[int], place: str) -> bool:
    """Whether a reader of a personal file sees records of this kind in it. An honour is nobody's secret."""
    if kind not in RESTRICTED:
        return True
    return actor.officer_id in officer_ids or actor.covers(place, *READERS)
