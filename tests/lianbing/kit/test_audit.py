"""The audit chain holds, and whoever rewrites history is found out."""

import hashlib
import json

import pytest
from django.core.management import call_command

from lianbing.kit import append_only, audit
from lianbing.kit.models import AuditRecord, AuditSeal
from lianbing.people.rules import Actor

pytestmark = pytest.mark.django_db
CLERK = Actor(user_id=1, staff_number="001", name="张三")


def write(count, at, stream="people"):
    return [
        audit.record(stream=stream, action="moved", by=CLERK, at=at, reason="调动", number=number)
        for number in range(count)
    ]


def test_a_link_is_what_the_documentation_says(at):
    (record,) = write(1, at)
    audit.seal()
    row = json.dumps(
        {
            "id": record.pk,
            "stream": "people",
            "at": "2026-11-20T01:00:00.000000+00:00",
            "action": "moved",
            "actor": CLERK.snapshot(),
            "subject_type": "",
            "subject_id": "",
            "subject_name": "",
            "reason": "调动",
            "details": {"number": 0},
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    assert AuditSeal.objects.get().digest == hashlib.sha256(bytes(32) + row.encode()).hexdigest()


def test_streams_have_chains_of_their_own_without_gaps(at):
    write(3, at)
    write(2, at, stream="exams")
    assert audit.seal() == 5
    write(1, at)
    assert audit.seal() == 1
    assert audit.seal() == 0
    places = AuditSeal.objects.order_by("stream", "sequence").values_list("stream", "sequence")
    assert list(places) == [
        ("exams", 1),
        ("exams", 2),
        ("people", 1),
        ("people", 2),
        ("people", 3),
        ("people", 4),
    ]


def test_an_honest_trail_is_valid(at):
    write(4, at)
    audit.seal()
    write(1, at)
    verdict = audit.verify()
    assert (verdict.valid, verdict.sealed["people"], verdict.unsealed) == (True, 4, 1)


def test_a_changed_record_is_found(at):
    changed = write(4, at)[1]
    audit.seal()
    with append_only.lifted():
        AuditRecord.objects.filter(pk=changed.pk).update(reason="别的")
    verdict = audit.verify()
    assert [(b["sequence"], b["reason"]) for b in verdict.broken] == [(2, "the record or a link was changed")]


def test_a_link_taken_out_is_found(at):
    gone = write(4, at)[1]
    audit.seal()
    with append_only.lifted():
        AuditSeal.objects.filter(record=gone).delete()
        gone.delete()
    assert audit.verify().broken[0]["reason"] == "a link before this one is missing"


def test_who_seals_second_does_no_harm(at, monkeypatch):
    write(2, at)
    audit.seal()
    write(1, at)
    monkeypatch.setattr(audit, "_end", lambda stream: (1, audit.START))
    assert audit.seal() == 0
    monkeypatch.undo()
    assert audit.seal() == 1
    assert audit.verify().valid


def test_the_command_tells_the_heads(at, capsys):
    write(2, at)
    audit.seal()
    call_command("verify_audit", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["valid"] is True
    assert report["streams"][0]["head"] == AuditSeal.objects.get(sequence=2).digest


def test_the_command_fails_on_a_broken_trail(at):
    changed = write(1, at)[0]
    audit.seal()
    with append_only.lifted():
        AuditRecord.objects.filter(pk=changed.pk).update(action="other")
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_audit")
