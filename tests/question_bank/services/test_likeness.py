"""Noting near-duplicates when a question is saved or imported."""

import pytest

from lianbing.people.rules import SYSTEM
from question_bank import services
from question_bank.models import LikenessKey, Twin
from question_bank.services.likeness import note_likeness, settle_twins
from tests.factories.question_bank import BankFactory, draft, question

pytestmark = pytest.mark.django_db
STEM = "城市管理执法人员在调查取证时应当主动出示执法证件并且不得少于（　）。"
NEAR = STEM.replace("主动", "首先")


def test_saving_a_question_notes_its_twin_in_any_bank():
    older = question(stem=STEM)
    newer = question(BankFactory(), stem=NEAR)
    twin = Twin.objects.get()
    assert (twin.older, twin.newer) == (older, newer)
    assert 70 <= twin.percent < 100


def test_a_rewritten_question_loses_its_twin(at):
    question(stem=STEM)
    newer = question(stem=NEAR)
    services.revise(question=newer, draft=draft(stem="行政处罚决定书应当在几日内送达？"), by=SYSTEM, at=at)
    assert not Twin.objects.exists()


def test_a_settled_pair_stays_settled(at):
    older, newer = question(stem=STEM), question(stem=NEAR)
    assert settle_twins(twin=Twin.objects.get(), by=SYSTEM, at=at)
    assert not settle_twins(twin=Twin.objects.get(), by=SYSTEM, at=at)
    note_likeness(questions=[older.pk, newer.pk], at=at)
    assert Twin.objects.get().settled_at == at


def test_statements_do_not_grow_with_the_questions(at, django_assert_max_num_queries):
    made = [question(stem=f"{STEM}第{n}种情形") for n in range(12)]
    with django_assert_max_num_queries(12):
        note_likeness(questions=[one.pk for one in made], at=at)
    assert LikenessKey.objects.filter(question=made[0]).count() == 12
