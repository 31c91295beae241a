"""Entries of the handbook name articles by law and number, whatever the edition."""

import pytest

from lianbing.library.queries.impact import handbook_entries_citing
from lianbing.library.services import write_entry
from lianbing.people.rules import SYSTEM
from tests.factories import amendments as laws

pytestmark = pytest.mark.django_db


def entry(title, *cited):
    blocks = [("article", {"citation": text, "note": ""}) for text in cited]
    return write_entry(title=title, slug=title, summary="", body=blocks, by=SYSTEM, at=laws.EARLY)


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        (f"《{laws.TITLE}》第二条", True),
        (f"《{laws.TITLE}》第二条第一款", True),
        (f"《{laws.TITLE}》第一条至第三条", True),
        (f"《{laws.TITLE}》第三条", False),
        ("《别的条例》第二条", False),
        ("见有关规定", False),
    ],
)
def test_an_entry_rests_on_the_articles_its_blocks_cite(cited, found):
    article = laws.article(laws.old(), 2)
    entry("占道经营", cited)
    assert bool(handbook_entries_citing([article.pk])) is found


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_entries_the_statements_are_two(count, django_assert_num_queries):
    article = laws.article(laws.old(), 2)
    for number in range(count):
        entry(f"条目{number}", f"《{laws.TITLE}》第二条")
    with django_assert_num_queries(2):
        assert len(handbook_entries_citing([article.pk])) == count
