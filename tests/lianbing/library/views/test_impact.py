"""The impact page: what changes, beside what rests on it; nobody learns of what they may not open."""

import io

import openpyxl
import pytest
from django.urls import reverse

from lianbing.kit import clock
from lianbing.library import ports
from lianbing.people.rules import Role
from tests.factories import amendments as laws
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(laws.EARLY):
        yield


def one(article, code="card", title="占道经营卡片", **fields):
    return ports.Citing(article.pk, code, "Card", title, f"/cards/{title}/", uid=title, **fields)


@pytest.fixture
def cited(monkeypatch):
    """An amended edition whose second article is cited by `found`."""
    old, new = laws.old(), laws.amended()
    found = [one(laws.article(old, 2))]
    monkeypatch.setattr(ports, "_citing", {"test": lambda pks: [c for c in found if c.article_pk in pks]})
    return old, new, found


def sign_in(client, *roles):
    client.force_login(people.staff(*roles))
    return client


def impact(client, edition, **query):
    return client.get(reverse("library:impact", args=[edition.law.slug, edition.slug]), query)


def test_words_before_and_after_stand_beside_what_rests_on_them(client, cited):
    page = impact(sign_in(client, Role.LEGAL), cited[1]).content.decode()
    assert all(piece in page for piece in ("<del>", "五百", "<ins>"))
    assert "占道经营卡片" in page
    assert page.index("第二条") < page.index("占道经营卡片") < page.index("第三条")


def test_counts_stand_on_top(client, cited):
    told = impact(sign_in(client, Role.LEGAL), cited[1]).context["impact"]
    assert (len(told.groups), told.cited, told.things) == (2, 1, 1)


def test_the_same_thing_under_two_articles_counts_once(client, cited):
    old, new, found = cited
    found.append(one(laws.article(old, 3)))
    assert impact(sign_in(client, Role.LEGAL), new).context["impact"].things == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [({}, 2), ({"cited": "on"}, 1), ({"kind": "card"}, 2), ({"kind": "x", "cited": "on"}, 0)],
)
def test_filters_narrow_the_articles(client, cited, query, shown):
    assert len(impact(sign_in(client, Role.LEGAL), cited[1], **query).context["groups"]) == shown


def test_what_a_role_may_not_know_of_is_neither_shown_nor_counted(client, cited):
    old, new, found = cited
    found[:] = [one(laws.article(old, 2), seen_by=frozenset({Role.LEGAL}))]
    response = impact(sign_in(client, Role.TRAINER), new)
    assert response.context["impact"].things == 0
    assert "占道经营卡片" not in response.content.decode()


def test_a_link_is_given_only_to_those_it_lets_in(client, cited):
    old, new, found = cited
    found[:] = [one(laws.article(old, 2), opened_by=frozenset({Role.EXAM_ADMINISTRATOR}))]
    page = impact(sign_in(client, Role.LEGAL), new).content.decode()
    assert "占道经营卡片" in page
    assert 'href="/cards/' not in page


def test_a_draft_shows_what_it_would_change(client):
    laws.old()
    draft = laws.amended(checked=False)
    response = impact(sign_in(client, Role.LEGAL), draft)
    assert len(response.context["impact"].groups) == 2


def test_the_workbook_has_a_line_for_each_thing(client, cited):
    response = impact(sign_in(client, Role.LEGAL), cited[1], file="xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == ["第二条", "第三条"]
    assert rows[1][7] == "占道经营卡片"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_keeps_its_budget(client, cited, count, django_assert_max_num_queries):
    old, new, found = cited
    found += [one(laws.article(old, 3), title=f"卡片{n}") for n in range(count)]
    sign_in(client, Role.LEGAL)
    with django_assert_max_num_queries(15):
        impact(client, new)


def test_an_article_names_what_rests_on_it_and_its_fate(client, cited):
    old, _new, _found = cited
    address = reverse("library:cited_by", args=[old.law.slug, old.slug])
    page = sign_in(client, Role.TRAINER).get(address, {"article": "art-2"})
    assert [line.one.title for line in page.context["lines"]] == []
    page = sign_in(client, Role.LEGAL).get(address, {"article": "art-2"})
    assert [line.one.title for line in page.context["lines"]] == ["占道经营卡片"]
    assert "2026-12-01" in page.content.decode()


def test_an_article_nobody_knows_is_not_found(client, cited):
    old = cited[0]
    address = reverse("library:cited_by", args=[old.law.slug, old.slug])
    assert sign_in(client, Role.LEGAL).get(address, {"article": "art-99"}).status_code == 404


def test_officers_have_no_business_here(client, cited):
    officer = people.officer(people.unit())
    client.force_login(officer.user)
    assert impact(client, cited[1]).status_code == 403


def test_the_front_page_announces_what_comes(client, cited):
    page = sign_in(client, Role.LEGAL).get("/").content.decode()
    assert reverse("library:impact", args=[cited[1].law.slug, cited[1].slug]) in page
