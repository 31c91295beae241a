"""The desk of the books: drafts, the decision, and who has not confirmed within one's own units."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from lianbing.kit import clock
from lianbing.library.models import HandbookEdition, HandbookReceipt
from lianbing.library.queries import books as reading
from lianbing.library.services import books
from lianbing.people.models import Officer, Post
from lianbing.people.rules import Role
from tests.factories import amendments as laws
from tests.factories import books as made
from tests.factories import cards, people

pytestmark = pytest.mark.django_db
LATER = made.AT + datetime.timedelta(days=30)
DESK = "/library/handbook/books/"


@pytest.fixture(autouse=True)
def moment():
    laws.old()
    with clock.pinned(made.AT + datetime.timedelta(minutes=5)):
        yield


@pytest.fixture
def posts():
    return [Post.objects.create(name=name) for name in ("岗甲", "岗乙")]


def enter(client, *roles, unit=None):
    client.force_login(people.staff(*roles, unit=unit))
    return client


def fill(draft, **changes):
    values = {name: getattr(made.TEXT, name) for name in ("duties", "procedures", "discipline", "equipment")}
    return values | {"laws": "", "reason": "", "confirm_by": "2026-12-01", "seen": draft.edits} | changes


def test_a_book_goes_from_the_desk_to_its_readers(client, posts):
    cards.approved("A", posts=("岗甲",))
    enter(client, Role.TRAINER)
    page = client.post(f"{DESK}begin/", {"post": posts[0].pk}).url
    draft = HandbookEdition.objects.get()
    assert client.get(page).status_code == 200
    review = client.post(page, fill(draft)).url
    assert 'value="approve"' not in client.get(review).content.decode()
    enter(client, Role.LEGAL)
    draft.refresh_from_db()
    assert "岗甲" in client.get(review).content.decode()
    client.post(review, {"decision": "approve", "seen": draft.edits})
    assert reading.books(clock.today())[posts[0].pk].pk == draft.pk
    assert client.get(review).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"laws": "市容条例"}, "laws"),
        ({"confirm_by": "2020-01-01"}, "confirm_by"),
        ({"confirm_by": "x"}, "confirm_by"),
    ],
)
def test_what_cannot_stand_is_named_at_its_field(client, posts, changes, field):
    draft = books.begin(post=posts[0], by=cards.trainer(), at=made.AT)
    enter(client, Role.TRAINER)
    response = client.post(reverse("library:book_edit", args=[draft.uid]), fill(draft, **changes))
    assert field in response.context["form"].errors


def test_a_trainer_approves_nothing(client, posts):
    cards.approved()
    draft = made.draft(posts[0])
    enter(client, Role.TRAINER)
    client.post(
        reverse("library:book_review", args=[draft.uid]), {"decision": "approve", "seen": draft.edits}
    )
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_stale_draft_is_brought_up_to_date_by_a_button(client, posts):
    cards.approved()
    draft = made.draft(posts[0])
    cards.approved(name="新的名称", at=made.AT + datetime.timedelta(minutes=1))
    enter(client, Role.LEGAL)
    review = reverse("library:book_review", args=[draft.uid])
    assert client.get(review).context["stale"].cards.changed == ("SR-01",)
    client.post(review, {"decision": "refresh", "seen": draft.edits})
    assert not client.get(review).context["stale"]


def test_the_review_shows_what_changes_against_the_book_in_use(client, posts):
    cards.approved()
    made.approved(posts[0])
    cards.approved(name="新的名称", at=made.AT + datetime.timedelta(minutes=1))
    draft = made.draft(posts[0], at=made.AT + datetime.timedelta(minutes=2))
    enter(client, Role.LEGAL)
    context = client.get(reverse("library:book_review", args=[draft.uid])).context
    assert next(found for _kind, found in context["made"])[0][2] == ["SR-01"]
    assert context["reworded"] == []


def test_one_click_makes_the_drafts_of_what_changed(client, posts):
    cards.approved("A", posts=("岗甲",))
    enter(client, Role.LEGAL)
    client.post(f"{DESK}begin/", {"all": "yes"})
    assert [draft.post for draft in reading.drafts().values()] == [posts[0]]
    client.post(reverse("library:book_discard", args=[HandbookEdition.objects.get().uid]))
    assert not HandbookEdition.objects.exists()


@pytest.mark.parametrize("post", ["x", "99999999", "1" * 40, "-1"])
def test_a_post_that_is_none_begins_nothing(client, posts, post):
    enter(client, Role.LEGAL)
    assert client.post(f"{DESK}begin/", {"post": post}).status_code == 404
    assert not HandbookEdition.objects.exists()


@pytest.fixture
def squads(posts):
    """Two squads with one officer each at the first post, and a book one of them confirmed."""
    brigade = people.unit("一大队")
    units = [people.unit(name, brigade) for name in ("一中队", "二中队")]
    readers = [people.officer(unit, posts[0], name=f"队员{at}") for at, unit in enumerate(units, 1)]
    cards.approved()
    book = made.approved(posts[0])
    books.confirm(edition=book, by=people.actor(readers[0].user, on=clock.today()), at=clock.now())
    return units, book


def rows(response):
    return [(row.name, row.read_at is not None, row.late) for row in response.context["page_obj"]]


def test_the_list_says_who_has_not_confirmed(client, squads):
    _units, book = squads
    with clock.pinned(LATER):
        enter(client, Role.HR)
        address = reverse("library:book_receipts", args=[book.uid])
        assert rows(client.get(address)) == [("队员2", False, True), ("队员1", True, False)]
        assert rows(client.get(f"{address}?show=waiting")) == [("队员2", False, True)]
        assert rows(client.get(f"{DESK}receipts/?show=late")) == [("队员2", False, True)]


def test_the_desk_counts_what_the_lists_name(client, squads, posts):
    units, book = squads
    common = made.approved(None)
    people.officer(units[0], Post.objects.create(name="岗丙"))
    merged = people.officer(name="重复")
    books_of = {one.pk for one in (book, common)}
    twin = people.officer(units[1], posts[0], since=LATER.date())
    HandbookReceipt.objects.create(edition=book, officer=merged, name="重复", at=made.AT)
    Officer.objects.filter(pk=merged.pk).update(merged_into=twin)
    by, on = people.actor(people.staff(Role.HR)), LATER.date()
    counted, named = reading.tallies(by, on, reading.books(on)), reading.holders(by, on)
    assert set(counted) == books_of
    assert counted == {pk: reading.tally([one for one in named if one.edition.pk == pk]) for pk in books_of}
    assert (counted[book.pk].total, counted[book.pk].read, counted[book.pk].late) == (3, 2, 1)


def test_a_leader_sees_the_people_of_the_own_units_alone(client, squads):
    units, book = squads
    enter(client, Role.LEADER, unit=units[0])
    assert rows(client.get(reverse("library:book_receipts", args=[book.uid]))) == [("队员1", True, False)]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{DESK}receipts/?file=xlsx").content)).worksheets[0]
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == ["队员1"]


def test_somebody_new_at_the_post_has_a_week(client, squads, posts):
    units, book = squads
    with clock.pinned(LATER):
        people.officer(units[1], posts[0], since=LATER.date(), name="新来的")
        enter(client, Role.HR)
        assert ("新来的", False, False) in rows(client.get(reverse("library:book_receipts", args=[book.uid])))


@pytest.mark.parametrize("address", [DESK, f"{DESK}receipts/"])
def test_the_lists_cost_the_same_for_one_row_and_for_three(
    client, posts, address, django_assert_max_num_queries
):
    unit = people.unit()
    enter(client, Role.LEGAL)
    cards.approved()
    for number in range(3):
        post = Post.objects.create(name=f"岗{number}")
        made.approved(post)
        people.officer(unit, post)
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["book", "book_pdf"])
def test_an_edition_is_read_and_printed_at_the_desk(client, squads, name):
    enter(client, Role.LEADER)
    assert client.get(reverse(f"library:{name}", args=[squads[1].uid])).status_code == 200
