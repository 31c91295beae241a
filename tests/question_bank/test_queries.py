"""What may be drawn, what is in stock, what is found."""

import pytest

from lianbing.people.rules import Actor, Grant, Role
from question_bank import queries, services
from question_bank.models import KnowledgePoint
from tests.factories.question_bank import BankFactory, published, question, stocked

pytestmark = pytest.mark.django_db
AUTHOR = Actor(user_id=1, staff_number="T1", name="命题员", grants=(Grant(Role.TRAINER),))


def test_only_published_questions_are_drawn():
    bank = stocked(single_choice=2, true_false=1)
    question(bank)
    drawn = queries.drawable(bank)
    assert [item.kind for item in drawn] == ["single_choice", "single_choice", "true_false"]
    assert {item.difficulty for item in drawn} == {3}


def test_stock_counts_by_point_and_kind():
    bank = stocked(single_choice=2)
    made = published(bank, "true_false", point="证据")
    point = made.latest.knowledge_point_id
    assert queries.stock(bank)[point, "true_false"] == 1
    assert sorted(queries.stock(bank).values()) == [1, 2]


def test_versions_by_id_leaves_out_the_unknown():
    version = published().published_version
    assert queries.versions([version.pk, version.pk, 999_999]) == {version.pk: version}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "围挡"}, ["工地围挡高度"]),
        ({"text": "高度 工地"}, ["工地围挡高度"]),
        ({"kind": "true_false"}, ["判断题干"]),
        ({"state": "published"}, ["工地围挡高度"]),
        ({"difficulty": 5}, ["判断题干"]),
        ({"text": "没有"}, []),
    ],
)
def test_search(wanted, found):
    bank = BankFactory()
    published(bank, stem="工地围挡高度")
    question(bank, "true_false", stem="判断题干", difficulty=5)
    published(BankFactory(), stem="别的题库围挡")
    assert [one.latest.content["stem"] for one in queries.search(bank, actor=AUTHOR, **wanted)] == found


def test_a_filter_by_point_takes_in_what_lies_below_it():
    bank = BankFactory()
    below = published(bank, stem="听证期限", point="执法程序/听证")
    published(bank, stem="别的", point="执法程序法")
    root = KnowledgePoint.objects.get(name="执法程序")
    assert list(queries.search(bank, actor=AUTHOR, point=root.pk)) == [below]


def test_what_is_reserved_for_exams_is_reached_by_no_drill_and_by_nobody_without_the_role(at):
    made = published()
    services.put_in_pool(question=made, pool="exam", by=AUTHOR, at=at)
    assert queries.drawable(made.bank, {"drill", "contest"}) == []
    assert [item.question_id for item in queries.drawable(made.bank)] == [made.pk]
    for role in set(Role) - {Role.TRAINER, Role.LEGAL}:
        outsider = Actor(user_id=7, staff_number="X", name="外人", grants=(Grant(role),))
        assert not queries.reachable(outsider).exists()
        assert queries.question_named(made.uid, outsider) is None


@pytest.mark.parametrize("count", [1, 30])
def test_drawing_takes_one_statement(count, django_assert_num_queries):
    bank = stocked(single_choice=count)
    with django_assert_num_queries(1):
        assert len(queries.drawable(bank)) == count


def test_the_points_below_a_point_take_one_statement(django_assert_num_queries):
    made = {name: services.point_named(name).pk for name in ("甲/乙/丙", "甲/丁", "甲子")}
    with django_assert_num_queries(1):
        below = queries.points_below()
    root = KnowledgePoint.objects.get(name="甲").pk
    assert below[root] == {made["甲/乙/丙"], made["甲/丁"], KnowledgePoint.objects.get(name="甲/乙").pk}
    assert below[made["甲子"]] == frozenset()
