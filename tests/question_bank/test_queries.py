"""What may be drawn, what is in stock, what is found."""

import pytest

from question_bank import queries
from tests.factories.question_bank import BankFactory, published, question, stocked

pytestmark = pytest.mark.django_db


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


def test_the_stock_table_has_a_line_for_each_point_and_one_for_none():
    bank = stocked(single_choice=1)
    published(bank, "true_false", point="")
    table = queries.stock_table(bank, ["single_choice", "true_false"])
    assert [(row.point, row.counts, row.total) for row in table] == [
        ("执法程序", [1, 0], 1),
        (None, [0, 1], 1),
    ]


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
    assert [one.latest.content["stem"] for one in queries.search(bank, **wanted)] == found


@pytest.mark.parametrize("count", [1, 30])
def test_drawing_takes_one_statement(count, django_assert_num_queries):
    bank = stocked(single_choice=count)
    with django_assert_num_queries(1):
        assert len(queries.drawable(bank)) == count
