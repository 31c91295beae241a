"""Real laws in time: pairs of editions, a law that was renamed, and the pieces of their articles."""

import datetime

import pytest

from lianbing.library.formats.sources import Sources
from lianbing.library.models import Article, Law, LawEdition
from lianbing.library.queries import edition_on, line_of
from lianbing.library.rules import places
from lianbing.library.rules.validity import Moment, Validity
from lianbing.library.services import correct_edition, facts_seen, import_sources, join_laws
from lianbing.library.services.correcting import FACTS
from lianbing.people.rules import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.real_input]
D = datetime.date.fromisoformat


@pytest.fixture(scope="module")
def laws(real_input):
    return real_input / "laws" / "lawrefbook_md"


def bring(laws, at, *names):
    """Import every file whose name starts with one of these."""
    paths = [path for path in sorted(laws.rglob("*.md")) if path.stem.partition("(")[0] in names]
    with Sources(paths) as sources:
        import_sources(sources=sources, by=SYSTEM, at=at)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("行政复议法", {"2017-08-31": None, "2023-12-31": "2017-09-01", "2024-01-01": "2023-09-01"}),
        ("监察法", {"2018-03-19": None, "2024-12-24": "2018-03-20", "2024-12-25": "2024-12-25"}),
        (
            "道路运输条例",
            {"2019-05-01": "2019-03-02", "2022-06-01": "2022-03-29", "2026-01-01": "2023-07-20"},
        ),
    ],
)
def test_which_edition_held(laws, at, name, days):
    bring(laws, at, name)
    law = Law.objects.get(short_title__endswith=name)
    line = line_of(law)
    assert {day: (e.slug if (e := line.on(D(day))) else None) for day in days} == days
    assert (line.gaps, line.timeline.clashes) == ((), ())
    states = list(line.validity(D("2026-11-21")).values())
    assert states == [Validity.AMENDED] * (len(states) - 1) + [Validity.IN_FORCE]


def test_a_day_that_the_text_does_not_state_is_put_right_by_hand(laws, at):
    """The Supervision Law repeats its first closing article; the amendment of 2024 held from June 2025."""
    bring(laws, at, "监察法")
    amended = LawEdition.objects.get(slug="2024-12-25")
    facts = {name: getattr(amended, name) for name in FACTS} | {"effective_on": D("2025-06-01")}
    correct_edition(
        edition=amended, facts=facts, seen=facts_seen(amended), reason="修改决定", by=SYSTEM, at=at
    )
    days = ("2025-05-31", "2025-06-01")
    assert [edition_on(amended.law, D(day)).slug for day in days] == ["2018-03-20", "2024-12-25"]


def test_the_noise_law_goes_on_under_a_new_name(laws, at):
    bring(laws, at, "环境噪声污染防治法", "噪声污染防治法")
    old = Law.objects.get(short_title="环境噪声污染防治法")
    new = Law.objects.get(short_title="噪声污染防治法")
    join_laws(law=new, continues=old, by=SYSTEM, at=at)
    for law in (old, new):
        law.refresh_from_db()
        assert edition_on(law, D("2022-06-04")).law == old
        assert edition_on(law, D("2022-06-05")).law == new
    assert line_of(new).moment(D("2022-06-05")) == Moment.HELD


def test_the_pieces_of_real_articles_lose_nothing_and_share_no_anchor(laws, at):
    with Sources([laws]) as sources:
        import_sources(sources=sources, by=SYSTEM, at=at)
    repeated = 0
    for edition in LawEdition.objects.order_by("pk"):
        anchors: set[str] = set()
        for anchor, text in edition.articles.values_list("anchor", "text"):
            made = places.pieces(text)
            assert [piece.text for piece in made] == [line for line in text.split("\n") if line.strip()]
            names = [places.anchor(anchor, piece) for piece in made]
            assert anchors.isdisjoint(names)
            anchors |= set(names)
            assert len(names) == len(set(names))
            repeated += sum(piece.repeat > 1 for piece in made)
    assert repeated < 20


@pytest.mark.parametrize(
    ("name", "number", "tails"),
    [
        ("行政处罚法", 33, "p1 p2 p3"),
        ("行政处罚法", 63, "p1 p1-i1 p1-i2 p1-i3 p1-i4 p1-i5 p1-i6 p2"),
        ("行政处罚法", 9, "p1 p1-i1 p1-i2 p1-i3 p1-i4 p1-i5 p1-i6"),
    ],
)
def test_known_articles(laws, at, name, number, tails):
    bring(laws, at, name)
    article = Article.objects.get(edition__law__short_title=name, number=number, suffix=0)
    assert " ".join(piece.tail for piece in places.pieces(article.text)) == tails
