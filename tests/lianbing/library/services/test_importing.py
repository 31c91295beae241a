"""Importing: idempotent, one law a transaction, doubtful texts as drafts."""

import datetime
from dataclasses import asdict

import pytest

from lianbing.kit.models import AuditRecord
from lianbing.library.formats.sources import Source
from lianbing.library.models import Article, Law, LawEdition, LawEvent
from lianbing.library.rendering.reasons import say
from lianbing.library.rules.findings import NotALaw, Unreadable
from lianbing.library.services import import_sources, import_text
from lianbing.people.rules import SYSTEM
from tests.factories.library import edition, law_source

pytestmark = pytest.mark.django_db


def run(at, *named, **options):
    sources = [Source(name, source.encode()) for name, source in named]
    return import_sources(sources=sources, by=SYSTEM, at=at, **options)


def test_a_law_becomes_an_edition_with_its_articles(at):
    done = import_text(data=law_source().encode(), file_name="law.md", by=SYSTEM, at=at)
    assert (done.law_created, done.unchanged, done.edition.status) == (True, False, "published")
    assert done.edition.published_on == datetime.date(2020, 1, 2)
    assert [a.anchor for a in done.edition.articles.all()] == ["art-1", "art-2", "art-3"]
    assert AuditRecord.objects.get().action == "import_edition"


def test_a_permanent_address_for_each_article():
    article = edition().articles.get(number=2)
    assert article.get_absolute_url() == (
        "/library/%E6%B5%8B%E8%AF%95%E5%B8%82%E5%B8%82%E5%AE%B9%E6%9D%A1%E4%BE%8B/2020-01-02/#art-2"
    )


def test_a_second_run_changes_nothing(at):
    files = [("a.md", law_source("甲条例")), ("b.md", law_source("乙条例", history=()))]
    first, second = run(at, *files), run(at, *files)
    assert (first.editions_created, first.articles_created, len(first.doubtful)) == (2, 6, 1)
    assert (second.unchanged, second.editions_created, second.refused, second.doubtful) == (2, 0, [], [])


def test_a_dry_run_reports_the_same_and_saves_nothing(at):
    files = [
        ("a.md", law_source()),
        ("again.md", law_source()),
        ("later.md", law_source(history=("2024年1月2日 修订",))),
        ("other.md", law_source(articles=9)),
        ("bad.md", "第一条 甲。"),
    ]
    dry = run(at, *files, dry_run=True)
    assert (Law.objects.count(), LawEdition.objects.count(), Article.objects.count()) == (0, 0, 0)
    assert asdict(run(at, *files)) == asdict(dry)
    assert (dry.laws_created, dry.editions_created, dry.unchanged, len(dry.refused)) == (1, 2, 1, 2)


def test_a_doubtful_text_comes_in_as_a_draft(at):
    report = run(at, ("a.md", law_source(body=["第一条 甲。", "第三条 乙。"])))
    made = LawEdition.objects.get()
    assert made.is_draft
    assert made.doubts[0]["code"] == "not_consecutive"
    assert [row["file"] for row in report.doubtful] == ["a.md"]


def test_other_words_for_an_edition_that_is_there_are_refused(at):
    edition(articles=3)
    with pytest.raises(Unreadable):
        import_text(data=law_source(articles=4).encode(), file_name="b.md", by=SYSTEM, at=at)
    assert Article.objects.count() == 3


def test_the_refusal_names_the_first_article_that_differs(at):
    edition(articles=3)
    other = law_source(articles=3).replace("第2号条文", "第２号，条文").encode()
    with pytest.raises(Unreadable) as refused:
        import_text(data=other, file_name="b.md", by=SYSTEM, at=at)
    assert refused.value.finding.details["article"] == "第二条"
    assert "“这是第2号条文。”" in say(refused.value.finding)
    assert "“这是第２号，条文。”" in say(refused.value.finding)


def test_what_is_refused_leaves_nothing(at):
    for bad, error in [
        ("# 决定\n\n一、甲", NotALaw),
        ("第一条 甲。", Unreadable),
        ("# x\n\n第一条 xxxx", NotALaw),
    ]:
        with pytest.raises(error):
            import_text(data=bad.encode(), file_name="x.md", by=SYSTEM, at=at)
    assert not Law.objects.exists()


def test_a_further_edition_is_an_event_of_its_law(at):
    run(at, ("a.md", law_source()))
    assert not LawEvent.objects.exists()
    run(at, ("b.md", law_source(history=("2024年1月2日 修订",), articles=2)))
    assert LawEvent.objects.get().edition.slug == "2024-01-02"


def test_the_exit_code_says_whether_anything_was_refused(at):
    good, bad = ("a.md", law_source()), ("b.md", "第一条 甲。")
    assert run(at, bad).exit_code == 2
    assert run(at, good, bad).exit_code == 1
    assert run(at, good).exit_code == 0
