"""Cards: one draft at a time, a second person of the legal section, frozen versions, flags of changed law."""

import pytest
from django.db import DatabaseError, transaction

from lianbing.kit import due
from lianbing.kit.models import AuditRecord
from lianbing.library import ports
from lianbing.library.models import Card, CardArticle, CardFlag, CardVersion, SearchEntry
from lianbing.library.queries import card_lookup
from lianbing.library.queries import cards as reading
from lianbing.library.queries import search as searching
from lianbing.library.services import card_flags, cards
from lianbing.library.services.cards import CardMoved, CardRefused, SecondPersonNeeded
from lianbing.people.models import Post
from tests.factories import amendments as laws
from tests.factories import cards as made
from tests.factories import library

pytestmark = pytest.mark.django_db


def test_a_draft_rests_on_articles_of_an_edition():
    edition = laws.old()
    version = made.draft()
    rows = version.articles.order_by("article__position")
    assert [(row.article.label, row.article.edition) for row in rows] == [
        ("第一条", edition),
        ("第二条", edition),
    ]
    assert (made.card().state, made.card().current, made.card().latest) == ("draft", None, version)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": ""}, "name", "empty"),
        ({"grades": "一般 | 甲 | 50-501元"}, "grades", "above_maximum"),
        ({"grades": "一般 | 甲 | 49-500元"}, "grades", "below_minimum"),
        ({"violation_basis": "市容条例"}, "violation_basis", "no_article"),
        ({"penalty_basis": ""}, "penalty_basis", "empty"),
        ({"steps": "立案 | 甲 | 几天"}, "steps", "step_limit"),
        ({"posts": ("没有的岗",)}, "posts", "post"),
        ({"procedure": "quick"}, "procedure", "procedure"),
        ({"violation": "甲\x00乙"}, "violation", "characters"),
        ({"item": "长" * 61}, "item", "long"),
    ],
)
def test_what_cannot_stand_is_refused_whole(changes, field, code):
    with pytest.raises(CardRefused) as refusal:
        made.draft(**changes)
    assert (field, code) in [(fault.field, fault.code) for fault in refusal.value.faults]
    assert not Card.objects.exists()


@pytest.mark.parametrize("code", ["", "a b", "desk", "x" * 41, "../x"])
def test_a_code_is_an_address(code):
    with pytest.raises(CardRefused):
        made.draft(code)


def test_two_writers_do_not_overwrite_each_other():
    version = made.draft()
    made.draft(edits=version.edits, name="改过的名称")
    for seen in (0, version.edits):
        with pytest.raises(CardMoved):
            made.draft(edits=seen, name="晚来的")
    assert CardVersion.objects.get().name == "改过的名称"


def test_approval_freezes_and_puts_in_use():
    laws.old()
    version = made.approved()
    assert (made.card().state, made.card().current) == ("approved", version)
    assert SearchEntry.objects.get(source="cards").title == "擅自占道摆摊"
    with pytest.raises(DatabaseError), transaction.atomic():
        CardVersion.objects.filter(pk=version.pk).update(name="别的")
    with pytest.raises(DatabaseError), transaction.atomic():
        version.citations.all().delete()
    assert AuditRecord.objects.filter(action="approve_card").count() == 1


@pytest.mark.parametrize(("who", "code"), [("trainer", "role"), ("writer", "author")])
def test_nobody_approves_alone(who, code):
    writer = made.legal()
    version = made.waiting(by=writer)
    by = writer if who == "writer" else made.trainer()
    with pytest.raises(SecondPersonNeeded) as refusal:
        cards.approve(version=version, seen=version.edits, gaps_seen=True, by=by, at=made.AT)
    assert refusal.value.code == code
    assert made.card().state == "in_review"


def test_a_citation_that_leads_nowhere_has_to_be_looked_at():
    version, by = made.waiting(), made.legal()
    with pytest.raises(SecondPersonNeeded) as refusal:
        cards.approve(version=version, seen=version.edits, by=by, at=made.AT)
    assert refusal.value.code == "unresolved"
    assert {source.name for source in ports.waiting_sources()} >= {"cards"}
    cards.approve(version=version, seen=version.edits, gaps_seen=True, by=by, at=made.AT)


def test_what_is_found_later_is_stored_with_the_frozen_version():
    version = made.approved()
    source = next(one for one in ports.waiting_sources() if one.name == "cards")
    assert len(list(source.everything())) == 2
    library.edition("测试市市容条例")
    assert source.settle(made.AT) == 2
    assert (version.articles.count(), len(list(source.everything()))) == (2, 0)


def test_what_was_not_seen_is_not_approved():
    version = made.waiting()
    with pytest.raises(CardMoved):
        cards.approve(version=version, seen=version.edits + 1, gaps_seen=True, by=made.legal(), at=made.AT)
    assert made.card().state == "in_review"


def test_a_card_is_decided_once():
    version, by = made.waiting(), made.legal()
    cards.send_back(version=version, reason="证据不全", by=by, at=made.AT)
    with pytest.raises(CardMoved):
        cards.approve(version=version, seen=version.edits, gaps_seen=True, by=by, at=made.AT)
    version.refresh_from_db()
    assert (version.returned, made.card().state) == ("证据不全", "draft")


def test_the_version_in_use_stays_until_the_next_is_approved():
    first = made.approved()
    second = made.waiting(name="新的名称")
    assert made.card().current == first
    cards.approve(version=second, seen=second.edits, gaps_seen=True, by=made.legal(), at=made.AT)
    assert (made.card().current, second.number) == (second, 2)
    assert SearchEntry.objects.get(source="cards").title == "新的名称"


def test_a_draft_is_discarded_and_a_card_without_any_version_goes():
    version = made.draft()
    assert cards.discard_draft(version=version, by=made.trainer(), at=made.AT)
    assert not Card.objects.exists()
    first = made.approved()
    assert not cards.discard_draft(version=made.draft(name="新"), by=made.trainer(), at=made.AT)
    assert (made.card().latest, made.card().state) == (first, "approved")


def test_an_amended_article_flags_its_cards_on_the_day():
    laws.old()
    version = made.approved()
    made.approved("SR-02", penalty_basis="《测试市市容条例》第一条")
    laws.amended()
    due.run_all(at=laws.MIDNIGHT - laws.MINUTE)
    assert not CardFlag.objects.exists()
    due.run_all(at=laws.MIDNIGHT)
    due.run_all(at=laws.MIDNIGHT)
    (flag,) = CardFlag.objects.all()
    assert (flag.version, flag.article.label, flag.event) == (version, "第二条", "amended")
    assert [card.code for card in reading.changed()] == ["SR-01"]


@pytest.fixture
def flagged():
    laws.old()
    version = made.approved()
    edition = laws.amended()
    due.run_all(at=laws.MIDNIGHT)
    return version, edition


def test_a_confirmed_card_rests_on_the_words_that_follow(flagged):
    version, edition = flagged
    assert (
        card_flags.confirm_right(version=version, reason="幅度仍合适", by=made.legal(), at=laws.MIDNIGHT) == 1
    )
    assert CardArticle.objects.filter(version=version, article=laws.article(edition, 2)).exists()
    assert CardFlag.objects.get().outcome == "confirmed"
    with pytest.raises(CardMoved):
        card_flags.confirm_right(version=version, reason="又", by=made.legal(), at=laws.MIDNIGHT)


def test_the_writer_confirms_nothing_and_a_new_version_closes_the_flag(flagged):
    version, _edition = flagged
    with pytest.raises(SecondPersonNeeded):
        card_flags.confirm_right(version=version, reason="甲", by=made.trainer(), at=laws.MIDNIGHT)
    made.approved(at=laws.MIDNIGHT, bounds="100-1000元", grades="一般 | 甲 | 100-1000元")
    assert CardFlag.objects.get().outcome == "revised"
    assert not reading.changed().exists()


def test_cards_stand_among_what_rests_on_an_article():
    edition = laws.old()
    made.approved()
    made.draft("SR-09")
    found = ports.all_citing([laws.article(edition, 2).pk])
    assert [one.uid for one in found if one.code == "card"] == ["SR-01"]


@pytest.mark.parametrize(
    ("words", "codes", "likely"),
    [
        ("摊贩", ["SR-01"], False),
        ("SR-02", ["SR-02"], False),
        ("市容管理", ["SR-01", "SR-02"], False),
        ("垃圾 渣土", ["SR-02"], False),
        ("看见有人在路边摆流动摊", ["SR-01"], True),
        ("完全无关的词语", [], True),
    ],
)
def test_cards_are_found_by_what_one_sees(words, codes, likely):
    made.approved()
    made.approved("SR-02", name="随意倾倒建筑垃圾", violation="倾倒", seen="渣土")
    hits = card_lookup.look_up(words=words)
    assert ([card.code for card in hits.cards], hits.likely) == (codes, likely)


def test_a_post_sees_its_cards_and_those_for_everybody():
    post, other = Post.objects.create(name="岗甲"), Post.objects.create(name="岗乙")
    made.approved("A", posts=("岗甲",))
    made.approved("B")
    found = {one: [card.code for card in card_lookup.look_up(post=one.pk).cards] for one in (post, other)}
    assert found == {post: ["A", "B"], other: ["B"]}


def test_the_search_box_finds_a_card_by_a_word_of_its_grades():
    made.approved()
    found = searching.search("首次并改正", on=made.AT.date(), filters=searching.Filters())
    assert [hit.entry.title for hit in found.hits(found.rows)] == ["擅自占道摆摊"]
