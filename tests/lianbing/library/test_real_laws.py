"""The importer on real laws: exact expectations of the folder of 75 files."""

import datetime
import sqlite3

import pytest

from lianbing.library.formats.sources import Sources
from lianbing.library.models import Article, Law, LawEdition
from lianbing.library.queries import CitationResolver
from lianbing.library.rules import law_markdown, law_text
from lianbing.library.rules.findings import NotALaw, Unreadable
from lianbing.library.services import import_sources
from lianbing.people.rules import SYSTEM
from tests.lianbing.library.rules.test_law_markdown import shown

pytestmark = [pytest.mark.django_db, pytest.mark.real_input]
DAY = datetime.date(2026, 11, 20)


@pytest.fixture(scope="module")
def laws(real_input):
    return real_input / "laws" / "lawrefbook_md"


def run(path, at):
    with Sources([path]) as sources:
        return import_sources(sources=sources, by=SYSTEM, at=at)


def test_the_folder_comes_in_whole(laws, at):
    report = run(laws, at)
    assert (report.files, report.editions_created, report.laws_created) == (75, 73, 64)
    assert (report.articles_created, len(report.refused)) == (6099, 0)
    assert sorted(row["file"].rpartition("/")[2] for row in report.skipped) == [
        "SOURCE_README.md",
        "法律法规模版.md",
    ]
    assert len(report.doubtful) == LawEdition.objects.filter(status="draft").count() == 19
    again = run(laws, at)
    assert (again.unchanged, again.editions_created, Article.objects.count()) == (73, 0, 6099)


@pytest.mark.parametrize(
    ("title", "slug", "count"),
    [
        ("中华人民共和国行政处罚法", "2021-01-22", 86),
        ("中华人民共和国刑法", "2023-12-29", 505),
        ("中华人民共和国行政强制法", "2011-06-30", 71),
    ],
)
def test_known_counts_of_articles(laws, at, title, slug, count):
    name = title.removeprefix("中华人民共和国")
    (path,) = [
        p for p in laws.rglob("*.md") if p.stem.startswith(name) and p.stem[len(name) :][:1] in {"", "("}
    ]
    run(path, at)
    edition = LawEdition.objects.get(law__title=title)
    assert (edition.slug, edition.article_count) == (slug, count)


def test_the_civil_code_in_eight_files_is_one_law_to_a_citation(laws, at):
    run(laws / "民法典", at)
    assert Law.objects.filter(title="中华人民共和国民法典").count() == 8
    numbers = sorted(Article.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 1261))
    found = CitationResolver(DAY).resolve("《民法典》第一千零三条")
    assert found.law.subtitle == "人格权编"


def test_versions_of_a_law_are_told_apart_by_the_day(laws, at):
    run(laws / "行政法规", at)
    for day, slug in [
        ("2019-06-01", "2019-03-02"),
        ("2022-06-01", "2022-03-29"),
        ("2026-01-01", "2023-07-20"),
    ]:
        found = CitationResolver(datetime.date.fromisoformat(day)).resolve("《道路运输条例》第一条")
        assert found.article.edition.slug == slug


def test_publication_and_effect_agree_with_the_catalogue(laws):
    """Where the catalogue beside the files states a day of effect and the text one too, they agree."""
    with sqlite3.connect(f"file:{laws / 'db.sqlite3'}?mode=ro&immutable=1", uri=True) as database:
        rows = database.execute(
            "select name, publish, valid_from from law where valid_from is not null"
        ).fetchall()
    stated = {(name, publish): valid_from for name, publish, valid_from in rows}
    compared, differ = 0, []
    for path in laws.rglob("*.md"):
        try:
            text = law_markdown.read(path.read_bytes(), path.name)
        except (NotALaw, Unreadable):
            continue
        known = stated.get((text.title.removeprefix("中华人民共和国"), str(text.published_on)))
        if known and text.effective_on:
            compared += 1
            differ += [path.name] if known != str(text.effective_on) else []
    assert compared >= 9
    assert differ == []


def test_no_character_of_a_real_law_is_lost(laws):
    for path in sorted(laws.rglob("*.md")):
        try:
            text = law_markdown.read(path.read_bytes(), path.name)
        except (NotALaw, Unreadable):
            continue
        body = law_text.split(text.source)[1]
        assert shown(text) == law_text.bare(body).replace("#", "").replace("*", ""), path.name
