"""A card as officers read it: basis, grades, steps with deadlines, evidence; a few statements a page."""

import pytest
from django.urls import reverse

from lianbing.kit import clock
from lianbing.people.models import Post
from lianbing.people.rules import Role
from tests.factories import amendments as laws
from tests.factories import cards as made
from tests.factories import cases as told
from tests.factories import library, people

pytestmark = pytest.mark.django_db
STEPS = "立案\n决定 | 作出决定 | 90日 | 立案\n送达 | 交付 | 7个工作日 | 决定\n封存 | 处理 | 7日 | 立案"


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(made.AT):
        yield


@pytest.fixture
def officer(client):
    client.force_login(people.officer().user)
    return client


def page(client, code="SR-01", **query):
    return client.get(reverse("library:card", args=[code]), query)


def test_a_card_shows_every_part(officer):
    laws.old()
    made.approved(evidence="现场全景照片", risks="选择性执法", equipment="执法记录仪两部", documents="笔录")
    text = page(officer).content.decode()
    wanted = (
        "现场全景照片",
        "选择性执法",
        "执法记录仪两部",
        "您好，请出示证件。",
        "不予处罚",
        "7个工作日",
        "第二条",
    )
    assert [word for word in wanted if word not in text] == []


def test_a_card_opens_in_few_statements(officer, django_assert_max_num_queries):
    laws.old()
    made.approved(violation_basis="\n".join(["《测试市市容条例》第一条", "《测试市市容条例》第三条"]))
    library.edition(title="中华人民共和国行政处罚法", file_name="penalty.md", articles=40)
    with django_assert_max_num_queries(14):
        assert page(officer).status_code == 200
    told.approved(cards=("SR-01",))
    with django_assert_max_num_queries(15):
        assert "张某占道摆摊案" in page(officer).content.decode()


@pytest.mark.parametrize(
    ("on", "step", "days"),
    [
        ("2026-09-24", "立案", ["2026-12-23", "2027-01-04", "2026-10-08"]),
        ("2026-09-29", "决定", ["2026-10-14"]),
        ("2026-02-13", "决定", ["2026-03-02"]),
    ],
)
def test_deadlines_are_counted_in_working_days(officer, on, step, days):
    made.approved(steps=STEPS)
    lines = page(officer, on=on, step=step).context["steps"]
    assert [str(line.due.last) for line in lines if line.due] == days


@pytest.mark.parametrize(
    "query", [{"on": "2026-13-45"}, {"on": "x" * 99}, {"on": "2026-09-24", "step": "没有"}]
)
def test_a_day_that_is_none_is_answered_in_words(officer, query):
    made.approved(steps=STEPS)
    assert page(officer, **query).status_code == 200


@pytest.mark.parametrize("role", [None, Role.TRAINER])
def test_a_draft_is_not_shown_to_officers(client, role):
    made.draft()
    client.force_login(people.staff(role) if role else people.officer().user)
    answer = page(client)
    assert (answer.status_code, bool(role)) in {(404, False), (302, True)}


def test_the_list_costs_the_same_for_one_card_and_three(officer, django_assert_max_num_queries):
    made.approved("A-1")
    for count in (1, 3):
        with django_assert_max_num_queries(15) as done:
            assert len(officer.get(reverse("library:cards")).context["page_obj"]) == count
        if count == 1:
            first = len(done)
            made.approved("A-2")
            made.approved("A-3")
    assert len(done) == first


def test_a_code_written_in_full_leads_to_its_card(officer):
    made.approved("SR-01")
    answer = officer.get(reverse("library:cards"), {"q": "sr-01"})
    assert answer.url == reverse("library:card", args=["SR-01"])


def test_a_post_narrows_the_list(officer):
    post = Post.objects.create(name="岗甲")
    made.approved("A", posts=("岗甲",))
    made.approved("B")
    Post.objects.create(name="岗乙")
    found = officer.get(reverse("library:cards"), {"post": post.pk}).context["page_obj"]
    assert [card.code for card in found] == ["A", "B"]
