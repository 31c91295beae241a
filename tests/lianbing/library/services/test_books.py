"""Books of posts: five parts from what holds, a second person, frozen, confirmed by whoever holds the post."""

import datetime
import json

import pytest
from django.db import DatabaseError, transaction

from lianbing.kit.models import AuditRecord
from lianbing.library.models import HandbookEdition, HandbookReceipt
from lianbing.library.queries import books as reading
from lianbing.library.rules.books import PARTS, BookText
from lianbing.library.services import books
from lianbing.library.services.books import BookMoved, BookRefused, CannotApprove, NotTheirBook
from lianbing.people.models import Post
from lianbing.people.rules import SYSTEM
from lianbing.people.services import officers
from tests.factories import amendments as laws
from tests.factories import books as made
from tests.factories import cards, documents, people

pytestmark = pytest.mark.django_db
TODAY = made.AT.date()


@pytest.fixture
def posts():
    return [Post.objects.create(name=name) for name in ("岗甲", "岗乙")]


def test_the_book_of_a_post_has_five_parts_from_its_own_cards_and_the_common_ones(posts):
    laws.old()
    documents.document()
    cards.approved("A", posts=("岗甲",), equipment="对讲机")
    cards.approved("B", posts=("岗乙",))
    cards.approved("C", equipment="对讲机")
    book = made.approved(posts[0])
    content = book.content
    assert all(getattr(book, part) or part == "laws" for part in PARTS)
    assert [card["code"] for card in content["cards"]] == ["A", "C"]
    assert [one["label"] for one in content["laws"][0]["articles"]] == ["第一条", "第二条"]
    assert content["documents"][0]["blocks"][1]["lines"] == list(documents.RULES)
    assert content["equipment"] == [{"line": "对讲机", "codes": ["A", "C"]}]


def test_the_list_of_a_post_shows_its_integrity_risks(posts):
    laws.old()
    cards.approved("A", posts=("岗甲",), risks="选择性执法：同一条街同一标准")
    cards.approved("B", posts=("岗乙",), risks="说情打招呼")
    risks = {
        post.name: json.dumps(made.approved(post).content["risks"], ensure_ascii=False) for post in posts
    }
    assert "选择性执法" in risks["岗甲"]
    assert "说情" not in risks["岗甲"]
    assert "说情" in risks["岗乙"]


def test_a_first_book_asks_for_two_recorders():
    draft = books.begin(post=None, by=cards.trainer(), at=made.AT)
    assert "执法记录设备两部以上" in draft.equipment


def test_a_book_is_frozen_with_its_approval():
    laws.old()
    cards.approved()
    book = made.approved()
    with pytest.raises(DatabaseError), transaction.atomic():
        HandbookEdition.objects.filter(pk=book.pk).update(duties="别的")
    cards.approved(name="新的名称", at=made.AT + made.DAY)
    book.refresh_from_db()
    assert book.content["cards"][0]["name"] == "擅自占道摆摊"
    assert AuditRecord.objects.filter(action="approve_book").count() == 1


@pytest.mark.parametrize(("who", "code"), [("trainer", "role"), ("writer", "author")])
def test_nobody_approves_a_book_alone(who, code):
    laws.old()
    cards.approved()
    writer = cards.legal()
    draft = made.draft(by=writer)
    by = writer if who == "writer" else cards.trainer()
    with pytest.raises(CannotApprove) as refusal:
        books.approve(draft=draft, seen=draft.edits, by=by, at=made.AT)
    assert refusal.value.code == code


def test_what_changed_since_it_was_generated_has_to_be_taken_in_first():
    laws.old()
    cards.approved()
    draft, later = made.draft(), made.AT + made.DAY
    cards.approved(name="新的名称", at=made.AT + datetime.timedelta(minutes=1))
    with pytest.raises(CannotApprove) as refusal:
        books.approve(draft=draft, seen=draft.edits, by=cards.legal(), at=later)
    assert refusal.value.code == "stale"
    assert books.since_generated(draft, later.date()).cards.changed == ("SR-01",)
    books.refresh(draft=draft, seen=draft.edits, at=later)
    assert books.approve(draft=draft, seen=draft.edits + 1, by=cards.legal(), at=later).dated == later.date()


def test_what_the_approver_did_not_see_is_not_approved():
    laws.old()
    cards.approved()
    draft = made.draft()
    with pytest.raises(CannotApprove) as refusal:
        books.approve(draft=draft, seen=draft.edits - 1, by=cards.legal(), at=made.AT)
    assert refusal.value.code == "moved"


def test_a_book_with_an_empty_part_is_not_whole():
    draft = made.draft(text=BookText(duties="巡查。"))
    with pytest.raises(CannotApprove) as refusal:
        books.approve(draft=draft, seen=draft.edits, by=cards.legal(), at=made.AT)
    assert (refusal.value.code, refusal.value.parts) == (
        "empty",
        ["laws", "procedures", "discipline", "equipment"],
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (BookText(laws="市容条例"), "laws"),
        (BookText(duties="甲\x00乙"), "duties"),
        (BookText(equipment="长" * 6001), "equipment"),
    ],
)
def test_words_that_cannot_stand_are_refused(text, part):
    with pytest.raises(BookRefused) as refusal:
        made.draft(text=text)
    assert [fault.field for fault in refusal.value.faults] == [part]


def test_a_day_to_confirm_lies_not_in_the_past():
    with pytest.raises(BookRefused):
        made.draft(confirm_by=TODAY - made.DAY)


def test_two_writers_do_not_overwrite_each_other():
    draft = made.draft()
    with pytest.raises(BookMoved):
        books.begin(post=None, by=cards.trainer(), at=made.AT)
    with pytest.raises(BookMoved):
        books.save(
            draft=draft,
            text=made.TEXT,
            reason="",
            confirm_by=draft.confirm_by,
            seen=draft.edits - 1,
            by=cards.trainer(),
            at=made.AT,
        )


def test_the_next_edition_begins_with_the_words_of_the_last(posts):
    laws.old()
    cards.approved()
    made.approved(posts[0], text=made.TEXT)
    draft = books.begin(post=posts[0], by=cards.trainer(), at=made.AT)
    assert (draft.number, draft.duties) == (2, made.TEXT.duties)
    books.discard(draft=draft, by=cards.trainer(), at=made.AT)
    assert reading.draft_of(posts[0].pk) is None
    with pytest.raises(BookMoved):
        books.discard(draft=draft, by=cards.trainer(), at=made.AT)


def test_drafts_are_begun_where_cards_changed_and_nowhere_else(posts):
    laws.old()
    cards.approved("A", posts=("岗甲",))
    assert books.begin_where_changed(by=cards.trainer(), at=made.AT) == 1
    assert [draft.post for draft in reading.drafts().values()] == [posts[0]]
    assert books.begin_where_changed(by=cards.trainer(), at=made.AT) == 0


@pytest.fixture
def reader(posts):
    """Somebody at the first post, with books of both posts and the common one."""
    laws.old()
    cards.approved()
    for post in (None, *posts):
        made.approved(post)
    return people.officer(people.unit(), posts[0])


def of(officer, days=0):
    return reading.mine(officer.pk, TODAY + days * made.DAY)


def test_a_receipt_is_given_once_for_the_book_one_has_to_have(reader):
    by, book = people.actor(reader.user), of(reader).edition
    first = books.confirm(edition=book, by=by, at=made.AT)
    assert books.confirm(edition=book, by=by, at=made.AT + made.DAY) == first
    assert of(reader).receipt == first
    with pytest.raises(NotTheirBook):
        books.confirm(edition=reading.newest_of(None), by=by, at=made.AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        HandbookReceipt.objects.update(name="别人")


def test_a_new_edition_is_to_be_confirmed_again(reader, posts):
    books.confirm(edition=of(reader).edition, by=people.actor(reader.user), at=made.AT)
    second = made.approved(posts[0], at=made.AT + made.DAY)
    assert (of(reader, 1).edition, of(reader, 1).receipt) == (second, None)
    assert of(reader, 1).due_on == TODAY + 8 * made.DAY


def test_a_change_of_post_changes_the_book_on_its_day(reader, posts):
    unit = reader.appointments.get().unit
    books.confirm(edition=of(reader).edition, by=people.actor(reader.user), at=made.AT)
    later = TODAY + 30 * made.DAY
    officers.move(
        officer=reader, unit=unit, post=posts[1], starts_on=later, reason="轮岗", by=SYSTEM, at=made.AT
    )
    assert of(reader, 29).edition.post == posts[0]
    moved = of(reader, 30)
    assert (moved.edition.post, moved.receipt, moved.due_on) == (posts[1], None, later + 7 * made.DAY)
    assert HandbookReceipt.objects.count() == 1


def test_a_post_without_a_book_has_the_common_one(reader):
    other = people.officer(people.unit("乙局"), Post.objects.create(name="岗丙"))
    assert of(other).edition == reading.newest_of(None)
    assert reading.mine(people.officer().pk, TODAY).edition is None
