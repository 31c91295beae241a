"""The real bank of 3,441 questions: every figure is known."""

import time
from collections import Counter

import pytest

from lianbing.people.rules import SYSTEM
from question_bank import queries, services
from question_bank.formats import File
from question_bank.models import Question, QuestionBank

pytestmark = [pytest.mark.django_db, pytest.mark.real_input]
FILL_INS, BROKEN, TWINS = 536, 12, 6


@pytest.fixture
def bring(real_input, at):
    def bringing(**options):
        file = File(real_input / "banks/nelsonnick_hrss_2019/questions.json")
        return services.import_bank(file=file, bank="hrss", by=SYSTEM, at=at, publish=True, **options)

    return bringing


def test_the_whole_bank(bring):
    start = time.monotonic()
    report = bring()
    seconds = time.monotonic() - start
    assert (report.read, len(report.refused), report.created) == (3441, FILL_INS + BROKEN, 2893)
    assert report.by_kind == {
        "fill_blank": 536,
        "multiple_choice": 769,
        "single_choice": 1586,
        "true_false": 550,
    }
    fill_ins = [one for one in report.refused if "填空题" in one["reason"]]
    assert len(fill_ins) == FILL_INS
    broken = Counter(one["where"].rsplit(" ", 1)[-1].rstrip("ABCDEF") for one in report.refused)
    assert broken == {"typeCh": FILL_INS, "answer": 6, "option": 6}
    assert len(report.duplicates) == TWINS
    assert len(queries.drawable(QuestionBank.objects.get())) == 2893 - TWINS
    assert report.exit_code == 1
    assert seconds < 60  # the budget of 10,000, kept even where other tests run beside it


def test_a_second_run_creates_nothing(bring):
    bring()
    again = bring()
    assert (again.created, again.unchanged) == (0, 2893)
    assert Question.objects.count() == 2893
