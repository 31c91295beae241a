"""Citations that lead nowhere are listed, and leave the list when they lead somewhere."""

import datetime

import pytest

from lianbing.kit.models import AuditRecord
from lianbing.library import ports
from lianbing.library.models import AbsentLaw, CitationCheck, LawName, OpenCitation
from lianbing.library.ports import Waiting, WaitingSource
from lianbing.library.queries import open_citations as reading
from lianbing.library.services import write_entry
from lianbing.library.services.open_citations import (
    NameRefused,
    check_some,
    forget_name,
    look_again,
    mark_absent,
    name_law,
)
from lianbing.people.rules import SYSTEM
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db


def citing(*lines):
    """An edition whose articles say these things."""
    return edition("引用条例", body=[f"第{n}条 {line}" for n, line in zip("一二三四五", lines, strict=False)])


def listed():
    return sorted(OpenCitation.objects.values_list("law_name", "text", "code", "place"))


def test_a_text_is_looked_through_once():
    citing("依照《某某法》第三条、本条例第九条、本条例第二条处罚。", "依照某某法第三条处罚。")
    assert (check_some(at=AT), check_some(at=AT)) == (1, 0)
    assert listed() == [
        ("引用条例", "本条例第九条", "missing_article", "第一条"),
        ("某某法", "《某某法》第三条", "unknown_law", "第一条"),
        ("某某法", "某某法第三条", "unknown_law", "第二条"),
    ]


def test_an_imported_law_resolves_what_waited_for_it():
    citing("依照《测试市市容条例》第三条处罚。")
    check_some(at=AT)
    edition()
    assert look_again(at=AT) == 1
    assert listed() == []


def test_a_name_is_given_once_and_on_record():
    law = edition().law
    citing("依照《市容条例》第三条处罚。")
    check_some(at=AT)
    assert name_law(name="《市容条例》", law=law, by=SYSTEM, at=AT) == 1
    assert listed() == []
    assert AuditRecord.objects.filter(action="name_law").count() == 1
    with pytest.raises(NameRefused):
        name_law(name="市容条例", law=law, by=SYSTEM, at=AT)


def test_a_name_taken_back_is_looked_for_again():
    law = edition().law
    citing("依照《市容条例》第三条处罚。")
    name_law(name="市容条例", law=law, by=SYSTEM, at=AT)
    check_some(at=AT)
    assert listed() == []
    forget_name(name=LawName.objects.get(), by=SYSTEM, at=AT)
    check_some(at=AT)
    assert [row[0] for row in listed()] == ["市容条例"]


def test_a_law_the_library_lacks_leaves_the_list_until_it_is_imported():
    citing("依照《测试市市容条例》第九条处罚。")
    check_some(at=AT)
    mark_absent(name="测试市市容条例", absent=True, by=SYSTEM, at=AT)
    assert (reading.open_count(), len(reading.open_laws()), len(reading.open_laws(absent=True))) == (0, 0, 1)
    edition()
    look_again(at=AT)
    assert (AbsentLaw.objects.count(), reading.open_count()) == (0, 1)


def test_the_handbook_is_looked_through_at_every_turn():
    body = [
        ("text", "<p>依照《某某法》<b>第三条</b></p>"),
        ("article", {"citation": "《某某法》第四条", "note": ""}),
    ]
    write_entry(title="占道", slug="a", summary="见《某某法》第五条", body=body, by=SYSTEM, at=AT)
    for _turn in range(2):
        look_again(at=AT)
    assert [row[1] for row in listed()] == ["《某某法》第五条", "《某某法》第四条"]


def test_an_app_above_tells_what_waits_and_stores_what_is_found(monkeypatch):
    edition()
    asked = []
    waiting = [
        Waiting("1", "《测试市市容条例》第二条", "题", "/q/"),
        Waiting("2", "《测试市市容条例》第二条、《某某法》", "题", "/q/"),
        Waiting("3", "《测试市市容条例》第二条", "题", "/q/", on=datetime.date(2019, 1, 1)),
    ]
    source = WaitingSource("test", "Test", lambda: waiting, lambda at: asked.append(at) or 1)
    monkeypatch.setattr(ports, "_waiting", {"test": source})
    assert look_again(at=AT) == 1
    assert asked == [AT]
    assert listed() == [
        ("某某法", "《测试市市容条例》第二条、《某某法》", "unknown_law", ""),
        ("测试市市容条例", "《测试市市容条例》第二条", "not_in_force", ""),
    ]


def test_an_edition_is_forgotten_with_its_check():
    made = citing("依照《某某法》第三条处罚。")
    check_some(at=AT)
    assert CitationCheck.objects.get().edition == made


@pytest.mark.parametrize("laws", [1, 4])
def test_looking_again_costs_the_same_for_many(laws, django_assert_max_num_queries):
    citing(*[f"依照《某某法{n}》第{n + 1}条处罚。" for n in range(laws)])
    check_some(at=AT)
    with django_assert_max_num_queries(21):
        look_again(at=AT)


def test_a_name_is_one_with_and_without_the_name_of_the_state():
    law = edition().law
    citing("依照《中华人民共和国市容法》第三条、《市容法》第三条处罚。")
    check_some(at=AT)
    assert [row["law_name"] for row in reading.open_laws()] == ["市容法"]
    assert name_law(name="中华人民共和国市容法", law=law, by=SYSTEM, at=AT) == 2
