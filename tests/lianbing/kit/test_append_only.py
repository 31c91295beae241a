"""The database itself refuses to rewrite what is official."""

import pytest
from django.db import DatabaseError, connection, transaction

from lianbing.kit import append_only, audit
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(at):
    return audit.record(stream="test", action="tried", by=SYSTEM, at=at)


def test_a_row_cannot_be_changed(record):
    with pytest.raises(DatabaseError, match="may not be changed"), transaction.atomic():
        AuditRecord.objects.filter(pk=record.pk).update(action="forged")


def test_a_row_cannot_be_deleted(record):
    with pytest.raises(DatabaseError, match="may not be changed"), transaction.atomic():
        AuditRecord.objects.filter(pk=record.pk).delete()


def test_a_lost_guard_is_found_and_put_back():
    with connection.cursor() as cursor:
        name = append_only.trigger_names(append_only.Guard("", AuditRecord._meta.db_table))[0]
        suffix = "" if connection.vendor == "sqlite" else f' ON "{AuditRecord._meta.db_table}"'
        cursor.execute(f'DROP TRIGGER "{name}"{suffix}')
    problems = append_only.check_guards(None, databases=["default"])
    assert [p.id for p in problems] == ["kit.E001"]
    append_only.install()
    assert append_only.missing() == []


def test_a_purge_lifts_the_guards_and_puts_them_back(record):
    with append_only.lifted():
        AuditRecord.objects.all().delete()
    assert append_only.missing() == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases alter a table in its place")
def test_guards_step_aside_for_a_migration_and_come_back():
    append_only.remove_before_migrate(using="default", plan=[])
    assert append_only.missing() == []
    append_only.remove_before_migrate(using="default", plan=["something"])
    assert set(append_only.missing()) == {guard.model for guard in append_only.guards()}
    append_only.install_after_migrate(using="default")
    assert append_only.missing() == []
