"""Fifty people press "award" in the same moment: one certificate each candidate, numbers without a gap."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from certificates.services.issuing import award
from exams.models import Sitting
from lianbing.people.rules import SYSTEM
from tests.factories import certificates, people

THREADS = 50


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="copies an SQLite database to a file")
def test_fifty_awards_at_once_issue_once(tmp_path, at, monkeypatch):
    squad, rule = people.unit(), certificates.rule()
    sitting = certificates.released(squad, rule.blueprint)
    for _ in range(3):
        certificates.result(sitting, people.officer(squad), "80")
    copy = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    monkeypatch.setitem(connections.settings["default"], "NAME", str(copy))

    def press(_):
        try:
            return len(award(sitting=Sitting.objects.get(pk=sitting.pk), by=SYSTEM, at=at).issued)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(16) as pool:
        issued = sum(pool.map(press, range(THREADS)))
    file = sqlite3.connect(copy)
    numbers = [row[0] for row in file.execute("SELECT number FROM certificates_certificate ORDER BY number")]
    file.close()
    assert issued == 3
    assert numbers == ["TEST-2026-000001", "TEST-2026-000002", "TEST-2026-000003"]
