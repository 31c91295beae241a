"""Events are worked out ahead of their day and told of exactly once, in order, also after downtime."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianbing.kit import due
from lianbing.kit.models import OutboxMessage
from lianbing.library import ports
from lianbing.library.models import ArticleChange, LawEdition, LawEvent, Unsettled
from lianbing.library.services import confirm_edition, effective, import_sources, withdraw_edition
from lianbing.people.rules import SYSTEM
from tests.factories import amendments as laws
from tests.factories import library

pytestmark = pytest.mark.django_db


def told():
    return [m.payload for m in OutboxMessage.objects.filter(topic="law_amended").order_by("pk")]


def changes():
    rows = ArticleChange.objects.order_by("article__position")
    return list(rows.values_list("article__label", "kind", "successor__label", "on"))


def test_what_a_scheduled_edition_changes_is_known_ahead():
    old, new = laws.old(), laws.amended()
    assert changes() == [("第二条", "changed", "第二条", laws.DAY), ("第三条", "removed", None, laws.DAY)]
    event = LawEvent.objects.get()
    assert (event.edition, event.replaces, event.on) == (new, old, laws.DAY)


@pytest.mark.parametrize(
    ("moment", "count"), [(-laws.MINUTE, 0), (datetime.timedelta(0), 1), (laws.MINUTE, 1)]
)
def test_the_day_begins_at_midnight_of_the_bureau(moment, count):
    laws.old(), laws.amended()
    assert effective.announce(at=laws.MIDNIGHT + moment) == count
    assert len(told()) == count


def test_the_message_names_what_changed():
    old, new = laws.old(), laws.amended()
    due.run_all(at=laws.MIDNIGHT)
    assert told() == [
        {
            "law": new.law.slug,
            "edition": new.slug,
            "event": "amended",
            "changed": [laws.article(old, 2).pk, laws.article(old, 3).pk],
            "on": "2026-12-01",
        }
    ]


def test_months_of_downtime_change_nothing_but_the_moment():
    for number in range(3):
        laws.old(f"测试市第{number}条例")
    for number, month in ((0, 3), (1, 1), (2, 2)):
        laws.amended(f"测试市第{number}条例", on=datetime.date(2027, month, 1))
    late = laws.MIDNIGHT + datetime.timedelta(days=200)
    assert due.run_all(at=late)["effective"] == 3
    assert due.run_all(at=late)["effective"] == 0
    assert [message["on"] for message in told()] == ["2027-01-01", "2027-02-01", "2027-03-01"]


def test_a_draft_is_told_of_once_it_is_checked():
    laws.old()
    draft = laws.amended(checked=False)
    assert not LawEvent.objects.exists()
    effective.announce(at=laws.MIDNIGHT)
    assert told() == []
    confirm_edition(edition=draft, by=SYSTEM, at=laws.MIDNIGHT + laws.MINUTE)
    effective.announce(at=laws.MIDNIGHT + laws.MINUTE)
    assert len(told()) == 1


def test_history_read_in_bulk_floods_nobody(monkeypatch):
    monkeypatch.setattr(ports, "_citing", {})
    laws.old(), laws.amended(on=datetime.date(2026, 1, 1))
    assert effective.announce(at=laws.EARLY) == 0
    assert told() == []
    assert LawEvent.objects.get().announced_at == laws.EARLY


def test_history_is_told_of_where_something_rests_on_it(monkeypatch):
    old = laws.old()
    one = ports.Citing(laws.article(old, 2).pk, "card", "Card", "某卡片", "/")
    monkeypatch.setattr(ports, "_citing", {"test": lambda pks: [one]})
    laws.amended(on=datetime.date(2026, 1, 1))
    assert effective.announce(at=laws.EARLY) == 1


def test_a_withdrawn_edition_changes_nothing_any_more():
    laws.old()
    withdraw_edition(edition=laws.amended(), reason="错", by=SYSTEM, at=laws.EARLY)
    assert not LawEvent.objects.exists()
    assert not ArticleChange.objects.exists()


def test_what_was_announced_stays_on_record_without_effect():
    laws.old()
    new = laws.amended()
    effective.announce(at=laws.MIDNIGHT)
    withdraw_edition(edition=new, reason="错", by=SYSTEM, at=laws.MIDNIGHT)
    assert LawEvent.objects.get().announced_at == laws.MIDNIGHT
    assert not ArticleChange.objects.exists()


def test_settling_again_changes_no_row():
    laws.old()
    new = laws.amended()
    before = list(ArticleChange.objects.values_list("pk", flat=True))
    effective.settle(law=new.law_id, at=laws.EARLY)
    assert list(ArticleChange.objects.values_list("pk", flat=True)) == before


def test_a_corrected_day_moves_the_change():
    laws.old()
    new = laws.amended()
    LawEdition.objects.filter(pk=new.pk).update(effective_on=datetime.date(2027, 1, 1))
    effective.settle(law=new.law_id, at=laws.EARLY)
    assert {row[3] for row in changes()} == {datetime.date(2027, 1, 1)}
    assert LawEvent.objects.count() == 1


def test_a_law_that_goes_on_under_a_new_name_is_one_life():
    old = laws.old("旧名条例")
    new = laws.amended("新名条例")
    new.law.continues = old.law
    new.law.save()
    effective.settle(law=old.law_id, at=laws.EARLY)
    assert LawEvent.objects.get().replaces == old


def test_the_importer_leaves_nothing_to_work_out(tmp_path):
    from lianbing.library.formats.sources import Source

    def source(day, word):
        text = library.law_source(history=(f"{day} 通过",), body=[f"第一条 处{word}元罚款。"])
        return Source(f"{word}.md", text.encode())

    import_sources(
        sources=[source("2017年1月2日", "五百"), source("2023年1月2日", "一千")], by=SYSTEM, at=laws.EARLY
    )
    assert not Unsettled.objects.exists()
    assert LawEvent.objects.get().on == datetime.date(2023, 1, 2)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=st.lists(st.integers(-48, 24 * 90), min_size=1, max_size=6))
def test_whenever_the_clock_runs_each_event_is_told_once(hours):
    from django.db import transaction

    with transaction.atomic():
        for number in range(2):
            laws.old(f"测试市第{number}条例")
            laws.amended(f"测试市第{number}条例", on=laws.DAY + datetime.timedelta(days=30 * number))
        for hour in hours:
            effective.announce(at=laws.MIDNIGHT + datetime.timedelta(hours=hour))
        latest = max(hours)
        assert len(told()) == (latest >= 0) + (latest >= 24 * 30)
        transaction.set_rollback(True)
