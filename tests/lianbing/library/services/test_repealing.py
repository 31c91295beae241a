"""Several laws end in one act; the act is taken back by a counter-entry before its day."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from lianbing.kit.models import AuditRecord, OutboxMessage
from lianbing.library import queries
from lianbing.library.models import ArticleChange, LawEdition, Repeal
from lianbing.library.queries import repeals as reading
from lianbing.library.rules.repealing import Act
from lianbing.library.services import effective, repealing
from lianbing.people.rules import SYSTEM
from tests.factories import amendments as laws

pytestmark = pytest.mark.django_db
ACT = Act("关于废止部分规范性文件的决定", "云泊政规〔2026〕5号", laws.DAY, "规范性文件清理")


@pytest.fixture
def five():
    return [laws.old(f"测试市第{number}号规定") for number in "一二三四五"]


def made(targets, act=ACT, at=laws.EARLY):
    return repealing.repeal(targets=targets, act=act, by=SYSTEM, at=at)


def test_five_laws_end_in_one_act(five):
    done = made(five)
    assert done.items.count() == 5
    assert set(LawEdition.objects.values_list("effective_to", "repealed_by")) == {
        (laws.DAY, "《关于废止部分规范性文件的决定》（云泊政规〔2026〕5号）")
    }
    assert AuditRecord.objects.filter(action="repeal").count() == 1
    assert ArticleChange.objects.filter(kind="repealed").count() == 15


def test_the_day_before_they_hold_and_on_the_day_they_do_not(five):
    made(five)
    law = five[0].law
    eve = laws.DAY - datetime.timedelta(days=1)
    assert queries.edition_on(law, eve) == five[0]
    assert queries.edition_on(law, laws.DAY) is None


def test_each_repeal_is_told_of_once_on_its_day(five):
    made(five)
    assert effective.announce(at=laws.MIDNIGHT - laws.MINUTE) == 0
    assert effective.announce(at=laws.MIDNIGHT) == 5
    assert effective.announce(at=laws.MIDNIGHT) == 0
    assert {m.payload["event"] for m in OutboxMessage.objects.filter(topic="law_amended")} == {"repealed"}


def test_one_that_ends_already_stops_them_all(five):
    made(five[:1])
    with pytest.raises(repealing.CannotRepeal, match="ended"):
        made(five)
    assert Repeal.objects.count() == 1
    assert LawEdition.objects.filter(effective_to=None).count() == 4


def test_nothing_chosen_repeals_nothing():
    with pytest.raises(repealing.CannotRepeal, match="nothing"):
        made([])


def test_a_law_is_not_repealed_before_it_begins(five):
    with pytest.raises(repealing.CannotRepeal, match="begins_later"):
        made(five, Act("决定", "", datetime.date(2020, 2, 1), "错"))


def test_a_repeal_is_taken_back_before_its_day(five):
    done = made(five)
    counter = repealing.undo(repeal=done, reason="发文有误", by=SYSTEM, at=laws.MIDNIGHT - laws.MINUTE)
    assert counter.undoes == done
    assert set(LawEdition.objects.values_list("effective_to", "repealed_by")) == {(None, "")}
    assert not ArticleChange.objects.exists()
    assert effective.announce(at=laws.MIDNIGHT) == 0


@pytest.mark.parametrize(("at", "code"), [(laws.MIDNIGHT, "too_late"), (laws.EARLY, "undone")])
def test_too_late_or_twice_is_refused(five, at, code):
    done = made(five)
    if code == "undone":
        repealing.undo(repeal=done, reason="一", by=SYSTEM, at=laws.EARLY)
    with pytest.raises(repealing.CannotRepeal, match=code):
        repealing.undo(repeal=done, reason="二", by=SYSTEM, at=at)


def test_what_was_changed_since_is_not_undone_in_silence(five):
    done = made(five)
    LawEdition.objects.filter(pk=five[0].pk).update(effective_to=laws.DAY + datetime.timedelta(days=9))
    with pytest.raises(repealing.CannotRepeal, match="changed"):
        repealing.undo(repeal=done, reason="一", by=SYSTEM, at=laws.EARLY)
    assert not Repeal.objects.filter(undoes=done).exists()


def test_a_repeal_on_record_is_never_rewritten(five):
    done = made(five)
    with pytest.raises(DatabaseError), transaction.atomic():
        Repeal.objects.filter(pk=done.pk).update(reason="另一个理由")


def test_the_choice_shows_only_what_still_can_end(five):
    made(five[:2])
    assert [law.title for law in reading.found_laws("测试市 规定")] == sorted(e.law.title for e in five[2:])
    assert reading.found_laws("没有这部法") == []
