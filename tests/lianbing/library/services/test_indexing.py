"""The index holds what the library holds."""

import datetime

import pytest
from django.core.management import call_command
from django.db import transaction

from lianbing.library.models import SearchedEdition, SearchEntry
from lianbing.library.ports import Found
from lianbing.library.queries.search import search
from lianbing.library.services import indexing, search_tables, withdraw_edition, write_entry
from lianbing.people.rules import SYSTEM
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 20)


def rows(text):
    return search(text, on=DAY).rows


def test_an_import_indexes_in_its_own_transaction():
    with transaction.atomic():
        edition(body=["第一条 听证。"])
        transaction.set_rollback(True)
    assert (rows("听证"), search_tables.counts()) == ([], {})
    made = edition(body=["第一条 听证。"])
    assert search_tables.counts() == {made.pk: 1}
    assert len(rows("听证")) == 1


def test_many_editions_are_indexed_together_and_only_once():
    known, *more = [edition(f"测试市{name}条例") for name in "甲乙丙"]
    SearchedEdition.objects.all().delete()
    search_tables.clear()
    indexing.index_edition(known)
    for _turn in range(2):
        indexing.index_editions([known.pk, *(one.pk for one in more)])
        assert search_tables.counts() == {one.pk: 3 for one in (known, *more)}
    assert indexing.check().agrees
    assert len(rows("条文")) == 9


def test_indexing_again_changes_nothing():
    made = edition()
    assert indexing.index_edition(made) == 0
    assert indexing.check().agrees


def test_what_is_missing_is_found_and_added():
    made = edition()
    SearchedEdition.objects.all().delete()
    search_tables.clear()
    assert indexing.check().missing == (made.pk,)
    assert search("条文", on=DAY).waiting == 1
    assert (indexing.catch_up(), indexing.catch_up()) == (1, 0)
    assert indexing.check().agrees


def test_new_rules_of_cutting_make_the_index_anew():
    edition()
    SearchedEdition.objects.update(version=0)
    indexing.catch_up()
    assert set(SearchedEdition.objects.values_list("version", flat=True)) == {indexing.VERSION}
    assert len(rows("条文")) == 3


def test_the_command_rebuilds_and_checks(capsys):
    edition()
    search_tables.clear()
    with pytest.raises(SystemExit):
        call_command("rebuild_search", "--check", "--json")
    assert '"missing": 1' in capsys.readouterr().out
    call_command("rebuild_search", "--json")
    assert '"agrees": true' in capsys.readouterr().out


def test_a_withdrawn_edition_stays_in_step():
    made = edition(body=["第一条 听证。"])
    withdraw_edition(edition=made, reason="错误", by=SYSTEM, at=AT)
    assert rows("听证") == []
    assert indexing.check().agrees


def test_the_handbook_is_found_while_it_is_published():
    entry = write_entry(
        title="占道处置", slug="a", summary="先劝导", body=[("text", "<p>出示证件</p>")], by=SYSTEM, at=AT
    )
    (hit,) = search("出示证件", on=DAY).hits(rows("出示证件"))
    assert (hit.entry.title, hit.entry.url) == ("占道处置", entry.get_absolute_url())
    entry.title = "摆摊处置"
    entry.save_revision().publish()
    assert (rows("占道"), len(rows("摆摊"))) == ([], 1)
    entry.unpublish()
    assert (rows("摆摊"), SearchEntry.objects.count(), search_tables.entries()) == ([], 0, set())


def test_an_entry_of_a_source_nobody_registered_is_not_shown():
    indexing.put_entry(source="gone", found=Found("1", "占道通知", "", "/x/"))
    assert rows("占道") == []
