"""The audit trail: one call inside the transaction that changes something.

A moment later the records of each stream are sealed into a chain, in the order of sealing:
h_n = SHA-256(h_(n-1) || canonical JSON of record n), h_0 being 32 zero bytes and sequence 1 the first. Who
rewrites an old record would have to rewrite every seal after it, and the head an auditor wrote down.
"""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.db.models import Model

from lianbing.kit.models import AuditRecord, AuditSeal

START = "0" * 64


class Acting(Protocol):
    """Whoever acts: gives a snapshot of who they are now (no foreign key, so it never changes)."""

    def snapshot(self) -> dict[str, Any]: ...


def record(
    *,
    stream: str,
    action: str,
    by: Acting,
    at: datetime.datetime,
    subject: Model | None = None,
    subject_name: str = "",
    reason: str = "",
    **details: Any,
) -> AuditRecord:
    """Write down that `by` did `action` to `subject` at `at`. `details` must be JSON data without secrets.

    `subject_name` is what readers of the trail see where the subject's own words are only an id.
    """
    return AuditRecord.objects.create(
        stream=stream,
        action=action,
        actor=by.snapshot(),
        at=at,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_name=(subject_name or (str(subject) if subject is not None else ""))[:200],
        reason=reason[:500],
        details=details,
    )


def record_each(
    *,
    stream: str,
    action: str,
    by: Acting,
    at: datetime.datetime,
    subjects: Sequence[Model],
    reason: str = "",
    **details: Any,
) -> None:
    """Write down one act on many subjects, a record for each, in a handful of statements."""
    AuditRecord.objects.bulk_create(
        [
            AuditRecord(
                stream=stream,
                action=action,
                actor=by.snapshot(),
                at=at,
                subject_type=subject._meta.label_lower,
                subject_id=str(subject.pk),
                subject_name=str(subject)[:200],
                reason=reason[:500],
                details=details,
            )
            for subject in subjects
        ],
        batch_size=100,
    )


def canonical(record: AuditRecord) -> bytes:
    """The record as JSON in UTF-8: keys sorted, no spaces, the moment in UTC with microseconds."""
    row = {
        "id": record.pk,
        "stream": record.stream,
        "at": record.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        "action": record.action,
        "actor": record.actor,
        "subject_type": record.subject_type,
        "subject_id": record.subject_id,
        "subject_name": record.subject_name,
        "reason": record.reason,
        "details": record.details,
    }
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(previous: str, record: AuditRecord) -> str:
    """The next link of a chain, in lower-case hexadecimal."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(record)).hexdigest()


def seal(limit: int = 1000) -> int:
    """Seal up to `limit` records that are not sealed yet. Returns how many; 0 when another was faster."""
    waiting = list(AuditRecord.objects.filter(seal=None).order_by("pk")[:limit])
    if not waiting:
        return 0
    ends = {stream: _end(stream) for stream in {record.stream for record in waiting}}
    seals = []
    for record in waiting:
        sequence, previous = ends[record.stream]
        link = (sequence + 1, digest(previous, record))
        ends[record.stream] = link
        seals.append(AuditSeal(stream=record.stream, record=record, sequence=link[0], digest=link[1]))
    try:
        with transaction.atomic():
            AuditSeal.objects.bulk_create(seals)
    except IntegrityError:
        return 0
    return len(seals)


def _end(stream: str) -> tuple[int, str]:
    last = AuditSeal.objects.filter(stream=stream).order_by("-sequence").first()
    return (last.sequence, last.digest) if last else (0, START)


@dataclass
class Verdict:
    """What a verification found. `heads` are worth writing down elsewhere: they fix all that came before."""

    sealed: Counter[str] = field(default_factory=Counter)
    heads: dict[str, str] = field(default_factory=dict)
    broken: list[dict[str, Any]] = field(default_factory=list)
    unsealed: int = 0

    @property
    def valid(self) -> bool:
        return not self.broken


def verify() -> Verdict:
    """Recompute every chain. A record changed, a seal missing or a record gone is listed in `broken`."""
    verdict = Verdict(unsealed=AuditRecord.objects.filter(seal=None).count())
    for link in _links():
        stream = link.stream
        verdict.sealed[stream] += 1
        previous = verdict.heads.get(stream, START)
        reason = _fault(link, verdict.sealed[stream], previous)
        if reason:
            verdict.broken.append(
                {"stream": stream, "sequence": link.sequence, "record": link.record_id, "reason": reason}
            )
            verdict.sealed[stream] = link.sequence
        verdict.heads[stream] = link.digest
    return verdict


def _links() -> Iterator[AuditSeal]:
    """Every seal in the order of its chain, with its record where that still exists."""
    seals = AuditSeal.objects.order_by("stream", "sequence").iterator(chunk_size=500)
    batch: list[AuditSeal] = []
    for link in seals:
        batch.append(link)
        if len(batch) == 500:
            yield from _with_records(batch)
            batch = []
    yield from _with_records(batch)


def _with_records(batch: list[AuditSeal]) -> list[AuditSeal]:
    found = AuditRecord.objects.in_bulk([link.record_id for link in batch])
    for link in batch:
        if link.record_id in found:
            link.record = found[link.record_id]
    return batch


def _fault(link: AuditSeal, expected: int, previous: str) -> str:
    if link.sequence != expected:
        return "a link before this one is missing"
    if not AuditSeal.record.is_cached(link):  # type: ignore[attr-defined]
        return "the record is gone"
    return "" if link.digest == digest(previous, link.record) else "the record or a link was changed"
