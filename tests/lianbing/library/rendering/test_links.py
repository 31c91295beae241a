"""Citations in text become links to what they mean."""

import datetime

import pytest
from django.template import Context, Template

from lianbing.library.rendering.links import Linker, linked, linker_inside
from lianbing.library.rules.citations import Here
from tests.factories.library import edition

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 20)


def test_a_citation_is_a_link_with_the_first_words():
    made = edition(body=["第一条 甲。", "第二条 情形：", "（一）乙<b>；", "（二）丙。"])
    html = linked("依照《测试市市容条例》第二条第（一）项<处罚>。", on=DAY)
    assert f'href="{made.get_absolute_url()}#art-2-p1-i1"' in html
    assert 'title="第二条 （一）乙&lt;b&gt;；"' in html
    assert html.endswith("第二条第（一）项</a>&lt;处罚&gt;。")


def test_a_law_alone_leads_to_its_page():
    law = edition().law
    assert f'href="{law.get_absolute_url()}"' in linked("见《测试市市容条例》。", on=DAY)


def test_what_leads_nowhere_is_marked_for_staff_only():
    text = "《没有法》第三条、《书名》"
    assert linked(text, on=DAY) == text
    marked = linked(text, on=DAY, staff=True)
    assert marked.count("law-nowhere") == 1


def test_inside_a_law_its_own_places_are_links():
    made = edition(body=["第一条 《甲办法》（以下简称办法）。", "第二条 前条规定，办法第一条。"])
    edition("甲办法", history=("2019年1月2日 通过",))
    rows = list(made.articles.values_list("position", "label", "anchor", "text"))
    linker = linker_inside(made, rows, DAY)
    html = linker.line(rows[1][3], Here(2, paragraph=1))
    assert 'href="#art-1"' in html
    assert "%E7%94%B2%E5%8A%9E%E6%B3%95" in html or "甲办法/" in html


def test_html_of_the_editor_keeps_its_tags_and_links():
    edition()
    linker = Linker(DAY).prepare(["《测试市市容条例》第一条"])
    html = linker.markup('<p>《测试市市容条例》第一条 &amp; <a href="/x">《测试市市容条例》第一条</a></p>')
    assert html.count("law-link") == 1
    assert "&amp;" in html
    assert html.endswith('<a href="/x">《测试市市容条例》第一条</a></p>')


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_costs_the_same_for_many_citations(count, django_assert_num_queries):
    edition(articles=30)
    texts = [f"《测试市市容条例》第{n}条和没有法第{n}条" for n in range(1, count + 1)]
    with django_assert_num_queries(6):
        linker = Linker(DAY).prepare(texts)
        html = "".join(linker.line(text) for text in texts)
    assert html.count("law-link") == count


def test_the_filter_escapes_and_links():
    edition()
    template = Template("{% load laws %}{{ text|law_links }}|{{ text|law_links:linker }}")
    text = "<script>\n《测试市市容条例》第一条"
    html = template.render(Context({"text": text, "linker": Linker(DAY).prepare([text])}))
    assert html.count("law-link") == 2
    assert html.count("&lt;script&gt;<br>") == 2
