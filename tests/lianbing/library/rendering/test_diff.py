"""A comparison as HTML."""

from lianbing.library.rendering import diff
from lianbing.library.rules import diff as rules
from lianbing.library.rules.law_tree import ArticleText
from lianbing.library.rules.numerals import article_label

HERE = diff.Addresses("/old/", "/new/")


def law(*texts):
    return [ArticleText(n, n, 0, article_label(n), f"art-{n}", text) for n, text in enumerate(texts, 1)]


def shown(old, new, **options):
    return diff.rows(rules.compare(law(*old), law(*new)), HERE, **options)


def test_a_mark_over_several_paragraphs_is_closed_and_opened_again():
    html = shown(["甲方应当登记。"], ["甲方应当登记。\n乙方应当备案。\n丙方应当公示。"])
    assert html.count("<ins>") == html.count("</ins>") == 2
    assert "<p><ins>" in html


def test_articles_that_only_got_other_numbers_stand_in_one_line():
    same = ["城市道路应当保持整洁。", "建筑垃圾应当及时清运。", "户外广告应当安全牢固。"]
    html = shown(same, ["本章适用于全市范围内的活动。", *same])
    assert html.count("change-line") == 1
    assert 'href="/old/#art-1"' in html
    assert 'href="/new/#art-4"' in html


def test_every_piece_of_text_is_escaped():
    html = shown(["甲<b>乙</b>&丙。"], ["甲<b>丁</b>&丙。", "<script>戊</script>"], everything=True)
    assert "<b>" not in html.replace("<b>第", "")
    assert "<script" not in html
    assert "&lt;script&gt;戊" in html


def test_a_text_that_is_no_edition_yet_has_no_links():
    html = diff.rows(rules.compare(law("甲。"), law("甲。", "乙丙丁。")), diff.Addresses("/old/"))
    assert "<b>第二条</b>" in html
    assert "href" not in html


def test_the_counts_add_up_to_all_articles():
    comparison = rules.compare(law("甲。", "乙丙丁。"), law("乙丙丁。", "戊己庚。"))
    counts = {str(word): count for word, count, _tone in diff.counts(comparison)}
    assert sum(counts.values()) == len(comparison.rows) == 3
