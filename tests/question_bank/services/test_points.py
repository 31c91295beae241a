"""The tree of knowledge points takes another shape, and nothing loses its place."""

import pytest

from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM
from question_bank import queries, services
from question_bank.models import KnowledgePoint
from question_bank.queries.points import point_tree
from tests.factories.question_bank import BankFactory, published, question

pytestmark = pytest.mark.django_db


def names():
    return sorted(KnowledgePoint.objects.values_list("name", flat=True))


def point(name):
    return KnowledgePoint.objects.get(name=name)


def test_a_point_moves_with_everything_below_it(at):
    published(point="程序/听证/期限")
    services.move_point(point=point("程序/听证"), path="处罚 ＞ 听证会", by=SYSTEM, at=at)
    assert names() == ["处罚", "处罚/听证会", "处罚/听证会/期限", "程序"]
    assert AuditRecord.objects.get(action="point_moved").details["before"] == "程序/听证"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("", "empty"),
        ("程序/听证/别的", "inside"),
        ("证据", "taken"),
        ("甲/乙/丙/丁/戊", "too_deep"),
        ("长" * 99, "too_deep"),
    ],
)
def test_a_move_that_cannot_be_changes_nothing(at, path, code):
    for name in ("程序/听证/期限", "证据"):
        published(point=name)
    before = names()
    with pytest.raises(services.BadMove) as refused:
        services.move_point(point=point("程序/听证"), path=path, by=SYSTEM, at=at)
    assert (refused.value.code, names()) == (code, before)


def test_two_points_become_one_for_drafts_draws_and_lists(at):
    bank = BankFactory()
    frozen, draft = published(bank, stem="在用", point="旧"), question(bank, stem="草稿", point="旧")
    published(bank, stem="别的", point="新")
    old, new = point("旧"), point("新")
    services.merge_points(point=old, into=new, by=SYSTEM, at=at)
    assert names() == ["新"]
    assert {item.point_id for item in queries.drawable(bank)} == {new.pk}
    assert queries.stock(bank) == {(new.pk, "single_choice"): 2}
    draft.latest.refresh_from_db()
    assert draft.latest.knowledge_point_id == new.pk
    frozen.latest.refresh_from_db()
    assert str(frozen.latest.knowledge_point) == "新"
    assert [(one.leaf, one.total) for one in point_tree()] == [("新", 3)]


def test_a_merged_point_follows_the_other_one(at):
    published(stem="一", point="旧")
    published(stem="二", point="新")
    made = published(stem="三", point="旧")
    services.merge_points(point=point("旧"), into=point("新"), by=SYSTEM, at=at)
    services.move_point(point=point("新"), path="程序/新", by=SYSTEM, at=at)
    made.latest.refresh_from_db()
    assert made.latest.knowledge_point.name == "程序/新"
    services.exempt_points(points=[point("程序/新")], by=SYSTEM, at=at)
    made.latest.refresh_from_db()
    assert made.latest.knowledge_point.cites_none


def test_points_that_hold_others_or_are_the_same_do_not_merge(at):
    published(point="程序/听证")
    published(point="证据")
    for one, other, code in [("程序", "证据", "has_below"), ("证据", "证据", "same")]:
        with pytest.raises(services.BadMove) as refused:
            services.merge_points(point=point(one), into=point(other), by=SYSTEM, at=at)
        assert refused.value.code == code


def test_only_an_empty_point_is_deleted(at):
    published(point="程序/听证")
    empty = services.point_named("空")
    services.delete_point(point=empty, by=SYSTEM, at=at)
    for name, code in [("程序/听证", "used"), ("程序", "has_below")]:
        with pytest.raises(services.BadMove) as refused:
            services.delete_point(point=point(name), by=SYSTEM, at=at)
        assert refused.value.code == code
    assert names() == ["程序", "程序/听证"]
