"""One's own book on the phone: what it shows, what it keeps, and that somebody confirmed it."""

import datetime
import io
import json
import re

import pypdf
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.html import escape

from lianbing.home import queries as home
from lianbing.kit import clock
from lianbing.library.models import HandbookReceipt
from lianbing.library.queries import books as reading
from lianbing.library.services import card_retiring
from lianbing.people.models import Post
from lianbing.people.rules import SYSTEM, Role
from lianbing.people.services import officers
from tests.factories import amendments as laws
from tests.factories import books as made
from tests.factories import cards, documents, people

pytestmark = pytest.mark.django_db
MINE = "/library/handbook/mine/"


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(made.AT + datetime.timedelta(minutes=5)):
        yield


@pytest.fixture
def posts():
    laws.old()
    return [Post.objects.create(name=name) for name in ("岗甲", "岗乙")]


@pytest.fixture
def reader(posts, client):
    made_officer = people.officer(people.unit(), posts[0])
    client.force_login(made_officer.user)
    return made_officer


def page(client) -> str:
    return client.get(MINE).content.decode()


def test_the_page_holds_the_five_parts_of_the_own_post(client, reader, posts):
    documents.document()
    cards.approved("A", posts=("岗甲",), equipment="执法记录仪两部")
    cards.approved("B", posts=("岗乙",), name="别的岗位的事项")
    made.approved(posts[0])
    shown = page(client)
    for part in ("duties", "laws", "procedures", "discipline", "equipment"):
        assert f'id="part-{part}"' in shown
    for words in (
        "擅自占道摆摊",
        "选择性执法",
        "严禁酒后执法。",
        "执法记录仪两部",
        "7个工作日",
        'id="card-A"',
    ):
        assert words in shown
    assert "别的岗位的事项" not in shown


def test_hostile_words_stay_words(client, reader, posts):
    cards.approved("A", name="<b>粗</b>", evidence="<script>1</script>")
    made.approved(posts[0])
    assert escape("<b>粗</b>") in page(client)
    assert "<script>1" not in page(client)


def test_confirming_is_one_tap_and_stands_on_record(client, reader, posts):
    cards.approved()
    book = made.approved(posts[0])
    assert "2026-11-11" in page(client)
    assert client.post(MINE, {"edition": str(book.uid)}).url == MINE
    client.post(MINE, {"edition": str(book.uid)})
    receipt = HandbookReceipt.objects.get()
    assert (receipt.officer, receipt.edition) == (reader, book)
    assert 'name="edition"' not in page(client)


@pytest.mark.parametrize("sent", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_was_not_shown_is_not_confirmed(client, reader, posts, sent):
    cards.approved()
    made.approved(posts[0])
    client.post(MINE, {"edition": sent})
    assert not HandbookReceipt.objects.exists()


def test_an_edition_that_was_replaced_meanwhile_is_not_confirmed(client, reader, posts):
    cards.approved()
    old = made.approved(posts[0])
    made.approved(posts[0], at=made.AT + datetime.timedelta(minutes=1))
    client.post(MINE, {"edition": str(old.uid)})
    assert not HandbookReceipt.objects.exists()


def test_a_change_of_post_shows_with_the_next_look(client, reader, posts):
    cards.approved()
    for post in posts:
        made.approved(post)
    assert "岗甲" in page(client)
    officers.move(
        officer=reader,
        unit=reader.appointments.get().unit,
        post=posts[1],
        starts_on=made.AT.date(),
        reason="轮岗",
        by=SYSTEM,
        at=clock.now(),
    )
    assert "岗乙" in page(client)
    assert "岗甲" not in page(client)


def test_a_card_that_changed_since_is_named(client, reader, posts):
    cards.approved()
    made.approved(posts[0])
    cards.approved(name="新的名称", at=clock.now())
    assert "SR-01 新的名称" in page(client)


def test_a_card_taken_out_of_use_since_is_named_without_a_link(client, reader, posts):
    cards.approved()
    made.approved(posts[0])
    card_retiring.withdraw(card=cards.card(), reason="划出", by=cards.legal(), at=clock.now())
    assert "SR-01 擅自占道摆摊: " in page(client)


def test_without_a_book_or_a_post_the_page_says_so(client, reader):
    assert client.get(MINE).status_code == 200
    assert client.get(reverse("library:my_book_pdf")).url == MINE
    client.force_login(people.staff(Role.LEGAL))
    assert client.get(MINE).status_code == 200


def test_the_panel_stands_until_it_is_confirmed(reader, posts):
    cards.approved()
    made.approved(posts[0])
    by = people.actor(reader.user)

    def shown():
        return [p.url for p in home.panels(by, clock.now()) if p.url == MINE]

    assert shown() == [MINE]
    made.books.confirm(edition=reading.newest_of(posts[0].pk), by=by, at=clock.now())
    assert shown() == []


def test_the_page_costs_the_same_for_one_card_and_for_three(
    client, reader, posts, django_assert_max_num_queries
):
    for number, codes in ((1, "A"), (2, "BC")):
        for code in codes:
            cards.approved(code)
        made.approved(posts[0], at=made.AT + datetime.timedelta(seconds=number))
        client.get(MINE)
        with django_assert_max_num_queries(12):
            client.get(MINE)


def test_the_pocket_book_is_a_pdf_that_never_changes(client, reader, posts):
    documents.document()
    cards.approved(equipment="执法记录仪两部", evidence="#eval(1) *粗* [括号] \\")
    book = made.approved(posts[0])
    first = client.get(reverse("library:my_book_pdf"))
    assert first.headers["Content-Type"] == "application/pdf"
    cache.clear()
    assert client.get(reverse("library:my_book_pdf")).content == first.content
    pages = pypdf.PdfReader(io.BytesIO(first.content)).pages
    text = "".join(page.extract_text() for page in pages)
    for words in ("岗甲", "擅自占道摆摊", "严禁酒后执法", "执法记录仪两部", "#eval(1) *粗* [括号]"):
        assert words in text
    assert book.duties.rstrip("。") in text


def test_only_the_glyphs_used_of_chinese_fonts_are_embedded(client, reader, posts):
    cards.approved()
    made.approved(posts[0])
    content = client.get(reverse("library:my_book_pdf")).content
    assert len(content) < 400_000
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            kept = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile3" in kept or "/FontFile2" in kept
            assert re.fullmatch(r"/[A-Z]{6}\+.+", str(kept["/FontName"]))


def test_the_worker_keeps_what_the_page_loads(client, reader, posts):
    cards.approved()
    made.approved(posts[0])
    reply = client.get(reverse("library:worker"))
    kept = json.loads(re.search(r"const FILES = (\[.*?\]);", reply.content.decode())[1])
    loaded = re.findall(r'(?:src|href)="(/static/[^"#]+)', page(client))
    assert set(loaded) <= set(kept)
    assert reply.headers["Content-Type"] == "text/javascript"
    assert f'const BOOK = "{MINE}"' in reply.content.decode()
