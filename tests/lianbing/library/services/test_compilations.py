"""A compilation is put together, ordered, brought up to date."""

import datetime

import pytest

from lianbing.kit.models import AuditRecord
from lianbing.library.models import Compilation
from lianbing.library.queries import compilations as reading
from lianbing.library.services import compilations as services
from lianbing.library.services.compilations import CompilationRefused, Facts
from lianbing.people.rules import SYSTEM
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
DAY = datetime.date(2023, 5, 1)
ACT = {"by": SYSTEM, "at": AT}


@pytest.fixture
def book():
    return services.compose(facts=Facts("汇编", DAY), **ACT)


def titles(book):
    """What stands in it, with the number of articles."""
    return [(part.title, part.articles) for part in reading.parts_of(reading.items_of(book))]


def two_chapters():
    body = [
        "## 第一章 总则",
        "第一条 甲。",
        "第二条 乙。",
        "### 第一节 节",
        "第三条 丙。",
        "## 第二章 罚则",
        "第四条 丁。",
    ]
    return edition("两章条例", body=body)


def test_a_whole_law_a_chapter_articles_and_headings(book):
    law = two_chapters().law
    services.put_heading(compilation=book, heading="市级", **ACT)
    services.put_law(compilation=book, law=law, **ACT)
    chapters = [h["anchor"] for h in law.editions.get().headings]
    services.put_law(compilation=book, law=law, chapter=chapters[0], **ACT)
    services.put_law(compilation=book, law=law, chapter=chapters[-1], **ACT)
    assert services.put_law(compilation=book, law=law, articles="第一条、第三至四条", **ACT) == 3
    counts = [4, 3, 1, 1, 1, 1]
    assert titles(book) == [("市级", 0), *(("两章条例", count) for count in counts)]
    assert AuditRecord.objects.filter(action="put_into_compilation").count() == 5


def test_the_text_of_the_day_goes_in_and_the_newer_one_with_one_click(book):
    old = edition()
    new = edition(history=("2024年1月2日 修订", "2024年7月1日 施行"), articles=5)
    services.put_law(compilation=book, law=old.law, **ACT)
    services.put_law(compilation=book, law=old.law, articles="第二条", **ACT)
    later = datetime.date(2024, 8, 1)
    (newer,) = reading.newer_texts(reading.items_of(book), later)
    assert (newer.edition, newer.now) == (old, new)
    assert services.bring_up_to_date(compilation=book, on=later, **ACT) == []
    assert [item.edition for item in reading.items_of(book)] == [new, new]
    assert reading.newer_texts(reading.items_of(book), later) == []


def test_what_has_no_text_on_the_new_day_is_taken_out_by_name(book):
    law = edition().law
    services.put_law(compilation=book, law=law, **ACT)
    facts = Facts("汇编", datetime.date(2019, 1, 1))
    assert services.change_facts(compilation=book, facts=facts, **ACT) == ["《测试市市容条例》"]
    assert titles(book) == []


def test_an_article_that_is_gone_is_taken_out_by_name(book):
    law = edition().law
    edition(history=("2024年1月2日 修订",), articles=1)
    services.put_law(compilation=book, law=law, articles="第三条", **ACT)
    lost = services.bring_up_to_date(compilation=book, on=datetime.date(2024, 8, 1), **ACT)
    assert lost == ["《测试市市容条例》第三条"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"articles": "第九条"}, "no_article"),
        ({"articles": "全部"}, "no_article"),
        ({"chapter": "x"}, "no_chapter"),
    ],
)
def test_what_is_not_there_is_refused(book, asked, code):
    with pytest.raises(CompilationRefused) as refused:
        services.put_law(compilation=book, law=edition().law, **asked, **ACT)
    assert refused.value.code == code
    assert titles(book) == []


def test_a_law_without_a_text_on_the_day_is_refused():
    book = services.compose(facts=Facts("汇编", datetime.date(2019, 1, 1)), **ACT)
    with pytest.raises(CompilationRefused, match="no_text"):
        services.put_law(compilation=book, law=edition().law, **ACT)


def test_a_compilation_has_an_end(book, monkeypatch):
    monkeypatch.setattr(services, "MOST_ARTICLES", 5)
    law = edition().law
    services.put_law(compilation=book, law=law, **ACT)
    with pytest.raises(CompilationRefused, match="too_long"):
        services.put_law(compilation=book, law=law, **ACT)


def test_items_change_places_and_go(book):
    for heading in "甲乙丙":
        services.put_heading(compilation=book, heading=heading, **ACT)
    first, *_rest = reading.items_of(book)
    services.move(item=first, up=False, **ACT)
    assert [title for title, _count in titles(book)] == ["乙", "甲", "丙"]
    services.take_out(item=reading.items_of(book)[1], **ACT)
    with pytest.raises(CompilationRefused, match="no_place"):
        services.move(item=reading.items_of(book)[0], up=True, **ACT)
    assert [title for title, _count in titles(book)] == ["乙", "丙"]


def test_it_is_deleted_and_the_laws_stay(book):
    made = edition()
    services.put_law(compilation=book, law=made.law, **ACT)
    services.discard(compilation=book, **ACT)
    assert not Compilation.objects.exists()
    assert made.law.editions.exists()


@pytest.mark.parametrize("laws", [1, 6])
def test_reading_costs_the_same_for_many_laws(book, laws, django_assert_num_queries):
    for number in range(laws):
        services.put_law(compilation=book, law=edition(f"条例{number}").law, **ACT)
    with django_assert_num_queries(2):
        assert len(titles(book)) == laws
    items = reading.items_of(book)
    with django_assert_num_queries(2):
        reading.newer_texts(items, DAY)
