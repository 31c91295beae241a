"""Many questions changed at once, and exactly as before after an undo."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from question_bank import queries, services
from question_bank.models import (
    BulkEditItem,
    Citation,
    KnowledgePoint,
    Question,
    QuestionUse,
    QuestionVersion,
)
from question_bank.queries import bulk as plans
from tests.factories.people import actor, staff
from tests.factories.question_bank import BankFactory, PointFactory, published, question

pytestmark = pytest.mark.django_db
LATER = datetime.timedelta(minutes=1)
ACTS = [
    ("pool", lambda: "exam"),
    ("difficulty", lambda: 5),
    ("point", lambda: PointFactory(name="证据").pk),
    ("citation", lambda: "《云汐市测试条例》第二条"),
    ("submit", lambda: ""),
    ("retire", lambda: "不再适用"),
]


@pytest.fixture
def trainer():
    return actor(staff(Role.TRAINER))


@pytest.fixture
def bank():
    """A draft, a published question, one being revised, one in review, one retired, one without a key."""
    made = BankFactory(slug="b")
    question(made, stem="草稿")
    published(made, stem="在用")
    revised = published(made, stem="修订中")
    services.revise(question=revised, draft=_draft("修订后"), by=_system(), at=_moment())
    waiting = question(made, stem="待审")
    services.submit_for_review(question=waiting, by=_system(), at=_moment())
    gone = published(made, stem="停用")
    services.retire(question=gone, reason="旧", by=_system(), at=_moment())
    question(made, stem="无答案", right=())
    return made


def _draft(stem):
    from tests.factories.question_bank import draft

    return draft(stem=stem)


def _system():
    from lianbing.people.rules import SYSTEM

    return SYSTEM


def _moment():
    from tests.factories.question_bank import MOMENT

    return MOMENT


def everything():
    """All that bulk edits may touch, but for the counter of saves."""
    versions = QuestionVersion.objects.order_by("pk").values(
        "pk",
        "question",
        "number",
        "kind",
        "content",
        "key",
        "knowledge_point",
        "difficulty",
        "writers",
        "frozen_at",
    )
    return (
        list(Question.objects.order_by("pk").values()),
        list(versions),
        list(Citation.objects.order_by("pk").values("version", "position", "text", "article")),
    )


def do(bank, action, value, by, at, found=None):
    found = Question.objects.filter(bank=bank) if found is None else found
    seen = plans.plan(found, action, value).token
    return services.edit_many(bank=bank, found=found, action=action, value=value, seen=seen, by=by, at=at)


@pytest.mark.parametrize(("action", "value"), ACTS, ids=[name for name, _value in ACTS])
def test_an_undo_leaves_every_question_as_it_was(bank, trainer, at, action, value):
    wanted = value()
    before = everything()
    edit = do(bank, action, wanted, trainer, at)
    assert everything() != before
    assert services.undo(edit=edit, by=trainer, at=at + LATER) == edit.count
    assert everything() == before
    assert edit.kept == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.integers(0, len(ACTS) - 1), min_size=2, max_size=4, unique=True))
def test_edits_upon_edits_are_undone_in_turn(order):
    from django.db import transaction

    at = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
    with transaction.atomic():
        by = actor(staff(Role.TRAINER))
        bank = BankFactory()
        question(bank, stem="草稿")
        published(bank, stem="在用")
        done = []
        for step, place in enumerate(order):
            action, value = ACTS[place]
            wanted, before = value(), everything()
            found = Question.objects.filter(bank=bank)
            if plans.plan(found, action, wanted).doing:
                done.append((do(bank, action, wanted, by, at + step * LATER), before))
        for edit, before in reversed(done):
            services.undo(edit=edit, by=by, at=at + 10 * LATER)
            assert everything() == before
        transaction.set_rollback(True)


def test_the_plan_says_what_happens_and_what_is_left_out(bank):
    found = Question.objects.filter(bank=bank)
    assert plans.plan(found, "difficulty", 5).counts == {
        "draft": 3,
        "new_version": 1,
        "in_review": 1,
        "retired": 1,
    }
    assert plans.plan(found, "difficulty", 3).counts["same"] == 4
    assert plans.plan(found, "submit", "").counts == {"change": 2, "no_key": 1, "not_draft": 3}
    assert plans.plan(found, "retire", "x").counts == {"change": 5, "same": 1}
    assert plans.plan(found, "pool", "drill").doing == 0


def test_a_published_question_stays_in_use_until_its_new_version_is_published(bank, trainer, at):
    drawn = {item.version_id for item in queries.drawable(bank)}
    do(bank, "difficulty", 5, trainer, at)
    assert {item.version_id for item in queries.drawable(bank)} == drawn
    changed = Question.objects.get(search_text__startswith="在用")
    assert (changed.state, changed.latest.number, changed.latest.difficulty) == ("draft", 2, 5)
    assert changed.latest.writers == [trainer.user_id]
    assert [one.text for one in changed.latest.citations.all()] == ["《云汐市测试条例》第一条"]


def test_what_was_touched_since_is_kept_and_named(bank, trainer, at):
    edit = do(bank, "pool", "exam", trainer, at)
    touched = Question.objects.get(search_text__startswith="在用")
    services.put_in_pool(question=touched, pool="contest", by=trainer, at=at + LATER)
    assert services.undo(edit=edit, by=trainer, at=at + 2 * LATER) == 5
    assert edit.kept == [[str(touched.uid), "changed"]]
    touched.refresh_from_db()
    assert touched.pool == "contest"


def test_another_person_undoes_nothing_and_nobody_twice(bank, trainer, at):
    edit = do(bank, "pool", "exam", trainer, at)
    with pytest.raises(services.OtherPersonNeeded):
        services.undo(edit=edit, by=actor(staff(Role.TRAINER)), at=at)
    services.undo(edit=edit, by=trainer, at=at)
    with pytest.raises(services.NotAllowedNow):
        services.undo(edit=edit, by=trainer, at=at)


def test_what_changed_since_it_was_agreed_to_is_not_done(bank, trainer, at):
    found = Question.objects.filter(bank=bank)
    seen = plans.plan(found, "pool", "exam").token
    question(bank, stem="新来的", at=at)
    with pytest.raises(services.Changed):
        services.edit_many(bank=bank, found=found, action="pool", value="exam", seen=seen, by=trainer, at=at)
    assert not Question.objects.filter(pool="exam").exists()


def test_every_question_has_the_act_in_its_history(bank, trainer, at):
    do(bank, "retire", "不再适用", trainer, at)
    assert AuditRecord.objects.filter(action="question_retired", reason="不再适用").count() == 5
    assert AuditRecord.objects.filter(action="questions_bulk_edited").count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow_with_the_questions(trainer, at, rows, django_assert_max_num_queries):
    bank = BankFactory()
    for number in range(rows):
        published(bank, stem=f"题{number}")
    with django_assert_max_num_queries(25):
        edit = do(bank, "difficulty", 5, trainer, at)
    with django_assert_max_num_queries(40):
        services.undo(edit=edit, by=trainer, at=at + LATER)


def test_a_discarded_draft_leaves_what_was_published(trainer, at):
    made = published(stem="在用")
    before = everything()
    services.revise(question=made, draft=_draft("别的说法"), by=trainer, at=at)
    services.discard_draft(question=made, by=trainer, at=at)
    after = everything()
    assert after[1:] == before[1:]
    assert (after[0][0]["state"], after[0][0]["search_text"]) == ("published", before[0][0]["search_text"])


def test_a_first_draft_or_one_in_review_is_not_discarded(trainer, at):
    first, second = question(stem="一"), published(stem="二")
    services.revise(question=second, draft=_draft("三"), by=trainer, at=at)
    services.submit_for_review(question=second, by=trainer, at=at)
    for one in (first, second):
        with pytest.raises(services.NotAllowedNow):
            services.discard_draft(question=one, by=trainer, at=at)
    assert QuestionVersion.objects.count() == 3


def test_a_discarded_revision_of_a_retired_question_is_retired_again(trainer, at):
    made = published(stem="停用")
    services.retire(question=made, reason="旧", by=trainer, at=at)
    services.revise(question=made, draft=_draft("新"), by=trainer, at=at)
    services.discard_draft(question=made, by=trainer, at=at)
    made.refresh_from_db()
    assert (made.state, made.published_version) == ("retired", None)


def test_the_use_in_an_exam_is_remembered_once(at):
    import uuid

    made = published()
    exam = services.UsedIn(uuid.UUID(int=7), "初任考试")
    services.record_use([made.published_version_id] * 2, at, exam)
    services.record_use([made.published_version_id] * 2, at, exam)
    assert list(QuestionUse.objects.values_list("question", "title", "times")) == [(made.pk, "初任考试", 2)]
    assert BulkEditItem.objects.count() == 0
    assert KnowledgePoint.objects.count() == 1
