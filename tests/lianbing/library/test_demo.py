"""The library's chapter of the demo stands on its own."""

import datetime

import pytest

from lianbing.kit.demo import Story
from lianbing.library.demo import books, cards, cases, library, waiting_for_the_legal_section
from lianbing.library.models import (
    CaseStory,
    HandbookEdition,
    HandbookEntry,
    HandbookReceipt,
    Law,
    LawEdition,
)
from lianbing.library.queries import (
    CitationResolver,
    compare_with,
    examine,
    lines_of,
    waiting_drafts,
    waiting_state,
)
from lianbing.library.queries import books as reading
from lianbing.library.queries import cases as case_queries
from lianbing.library.queries.cards import cards_for, unresolved, waiting
from lianbing.library.rendering.cards import text_of
from lianbing.library.rules import cards as rules
from lianbing.library.rules.validity import Validity
from lianbing.people.demo import POSTS
from lianbing.people.models import Post
from lianbing.people.rules import Role
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_the_chapter_imports_laws_without_doubts_and_a_handbook_that_cites_them(at):
    story = Story(today=at.date(), now=at)
    library(story)
    assert {str(edition.doubts) for edition in LawEdition.objects.all()} == {"[]"}
    assert story.data["articles"]["《云汐市市容环境管理条例》第十条之一"].suffix == 1
    resolver = CitationResolver(at.date())
    cited = [
        block.value["citation"]
        for entry in HandbookEntry.objects.live()
        for block in entry.body
        if block.block_type == "article"
    ]
    assert len(cited) >= 15
    assert [text for text in cited if resolver.resolve(text).reason] == []
    assert HandbookEntry.objects.live().count() >= 5


def test_every_state_of_an_edition_can_be_seen(at):
    story = Story(today=at.date(), now=at)
    library(story)
    lines = lines_of(Law.objects.all())
    states = {state for line in lines.values() for state in line.validity(at.date()).values()}
    assert states == {Validity.PENDING, Validity.IN_FORCE, Validity.AMENDED, Validity.REPEALED}
    assert {len(line.laws) for line in lines.values()} == {1, 2}
    assert [line.timeline.clashes for line in lines.values() if line.timeline.clashes] == []
    editions = {article.edition for article in story.data["articles"].values()}
    assert {line.on(at.date()) for line in lines.values()} - {None} == editions
    pending = LawEdition.objects.get(effective_on__gt=at.date())
    assert pending.effective_on > at.date() + datetime.timedelta(days=60)


def test_the_legal_section_finds_a_draft_and_a_doubtful_text_waiting(at):
    story = Story(today=at.date(), now=at)
    library(story)
    story.data["actors"] = {role: people.actor(people.staff(role)) for role in (Role.TRAINER, Role.LEGAL)}
    waiting_for_the_legal_section(story)
    (draft,) = waiting_drafts()
    seen = examine(waiting_state(draft).revision.as_object())
    assert (seen.failure, seen.doubts) == (None, ())
    changed = [row for row in compare_with(draft.based_on, seen.text).rows if row.fate != "same"]
    assert [row.new.label for row in changed] == ["第四条"]
    doubtful = LawEdition.objects.get(status=LawEdition.Status.DRAFT)
    assert [doubt["code"] for doubt in doubtful.doubts] == ["not_consecutive"]


def test_a_dozen_cards_are_in_use_and_one_waits_with_its_changes(at):
    story = Story(today=at.date(), now=at)
    library(story)
    story.data["actors"] = {role: people.actor(people.staff(role)) for role in (Role.TRAINER, Role.LEGAL)}
    posts = {name: Post.objects.get_or_create(name=name)[0] for name in POSTS}
    cards(story)
    common, street = (set(cards_for(post, at.date())) for post in (None, posts["一线执法岗"].pk))
    assert len(street) >= 12 > len(common) > 0
    assert common < street
    assert [card.code for card in waiting()] == ["SR-0104"]
    assert [(str(version), one.text) for version in street for one in unresolved(version)] == []
    assert [fault for version in street for fault in rules.examine(text_of(version))] == []


def test_cases_are_read_and_one_waits_each_tied_to_its_card_and_articles(at):
    story = Story(today=at.date(), now=at)
    library(story)
    story.data["actors"] = {role: people.actor(people.staff(role)) for role in (Role.TRAINER, Role.LEGAL)}
    for name in POSTS:
        Post.objects.get_or_create(name=name)
    cards(story)
    cases(story)
    found = case_queries.readable()
    assert (found.count(), case_queries.waiting().count()) == (5, 1)
    assert all(one.articles.exists() and one.tied_cards.exists() for one in found)
    assert {one.kind for one in found} == set(CaseStory.Kind.values)


def test_the_books_of_the_posts_are_in_use_and_one_draft_waits(at):
    story = Story(today=at.date(), now=at)
    story.data["actors"] = {role: people.actor(people.staff(role)) for role in (Role.LEGAL, Role.TRAINER)}
    story.data["posts"] = {name: Post.objects.get_or_create(name=name)[0] for name in POSTS}
    unit = people.unit()
    story.data["officers"] = [people.officer(unit, story.data["posts"]["一线执法岗"]) for _each in range(61)]
    for tell in (library, cards, books):
        tell(story)
    known = reading.books(at.date())
    assert {str(book.post) for book in known.values()} == {"None", "一线执法岗", "协管巡查岗", "中队长"}
    assert [str(draft.post) for draft in reading.drafts().values()] == ["一线执法岗"]
    assert all(not HandbookEdition.objects.get(pk=book.pk).content["unfound"] for book in known.values())
    assert 30 < HandbookReceipt.objects.count() < 60
    assert reading.mine(story.data["officers"][0].pk, at.date()).receipt is None
