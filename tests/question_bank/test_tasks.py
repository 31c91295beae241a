"""What an upgrade left out is made up for by the clock."""

import pytest

from lianbing.kit import due
from lianbing.kit.append_only import lifted
from question_bank import tasks
from question_bank.models import CitationGap, CitedArticle, LikenessKey, Twin
from tests.factories import amendments as laws
from tests.factories.question_bank import MOMENT, BankFactory, published, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def upgraded():
    """Two questions that ask nearly the same, as a database holds them that knew no such rows."""
    laws.old()
    bank = BankFactory(people_needed=1)
    stem = "城市管理执法人员进行检查时出示执法证件并且不得少于多少人（　）{}"
    cites = (f"《{laws.TITLE}》第二条、第三条",)
    asked = [published(bank, stem=stem.format(end), citations=cites) for end in "。？"]
    with lifted():
        for model in (CitedArticle, CitationGap, LikenessKey, Twin):
            model.objects.all().delete()
    return asked


def test_a_turn_of_the_clock_makes_up_for_everything(upgraded):
    failed = []
    due.run_all(at=MOMENT, failed=failed)
    assert failed == []
    assert CitedArticle.objects.count() == 4
    assert LikenessKey.objects.values("question").distinct().count() == 2
    assert Twin.objects.count() == 1


def test_a_second_turn_finds_nothing_left(upgraded, django_assert_num_queries):
    due.run_all(at=MOMENT)
    with django_assert_num_queries(1):
        assert tasks.compare_questions(MOMENT) == 0
    with django_assert_num_queries(1):
        assert tasks.read_citations(MOMENT) == 0
    assert Twin.objects.count() == 1


def test_a_pair_somebody_settled_stays_settled(upgraded):
    due.run_all(at=MOMENT)
    Twin.objects.update(settled_at=MOMENT, settled_by_name="张三")
    LikenessKey.objects.all().delete()
    due.run_all(at=MOMENT)
    assert Twin.objects.get().settled_by_name == "张三"


def test_more_than_a_batch_is_compared(monkeypatch):
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    bank = BankFactory()
    for number in range(5):
        question(bank, stem=f"第{number}个完全不同的题目{'甲乙丙丁戊'[number] * 9}（　）。")
    LikenessKey.objects.all().delete()
    tasks.compare_questions(MOMENT)
    assert LikenessKey.objects.values("question").distinct().count() == 5
