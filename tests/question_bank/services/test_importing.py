"""Importing: each question by itself, nothing twice, everything said."""

import csv
import io

import pytest

from lianbing.people.rules import SYSTEM
from question_bank import services
from question_bank.formats import BadFile, File
from question_bank.models import KnowledgePoint, Question, QuestionBank
from question_bank.services import import_storing
from tests.factories.question_bank import BankFactory, draft

pytestmark = pytest.mark.django_db
HEADINGS = ["题型", "题干", "选项A", "选项B", "选项C", "答案", "解析", "知识点", "难度", "依据"]
GOOD = ["单选题", "题一", "甲", "乙", "丙", "A", "因为", "程序", "中", ""]


def row(**changes):
    return [changes.get(heading, cell) for heading, cell in zip(HEADINGS, GOOD, strict=True)]


@pytest.fixture
def bring(tmp_path, at):
    def bringing(*rows, bank="b", **options):
        text = io.StringIO()
        csv.writer(text).writerows([HEADINGS, *rows])
        path = tmp_path / "题库.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        return services.import_bank(file=File(path), bank=bank, by=SYSTEM, at=at, **options)

    return bringing


def states():
    return list(Question.objects.order_by("pk").values_list("state", flat=True))


def test_drafts_unless_published(bring):
    report = bring(row(), row(题干="题二"))
    assert (report.read, report.created, report.exit_code) == (2, 2, 0)
    assert states() == ["draft", "draft"]
    assert Question.objects.first().latest.content["stem"] == "题一"


def test_publish_freezes_what_is_whole(bring, at):
    bring(row(), publish=True)
    question = Question.objects.get()
    assert question.published_version == question.latest
    assert question.latest.frozen_at == at


def test_where_a_second_person_is_demanded_it_waits_in_review(bring):
    BankFactory(slug="b", people_needed=2)
    bring(row(), publish=True)
    assert states() == ["in_review"]


def test_the_same_file_brings_nothing_twice(bring):
    bring(row(), row(), row(题干="题二"))
    again = bring(row(), row(), row(题干="题二"))
    assert (again.created, again.unchanged, Question.objects.count()) == (0, 3, 3)


def test_publishing_later_reaches_the_untouched_drafts(bring, at):
    bring(row(), row(题干="题二"), row(题干="题三"))
    touched, retired, _plain = Question.objects.order_by("pk")
    services.revise(question=touched, draft=draft(), by=SYSTEM, at=at)
    services.retire(question=retired, reason="不要了", by=SYSTEM, at=at)
    again = bring(row(), row(题干="题二"), row(题干="题三"), publish=True)
    assert (again.created, again.unchanged) == (0, 3)
    assert states() == ["draft", "retired", "published"]


def test_two_imports_at_once_do_not_store_a_row_twice(bring, monkeypatch):
    bring(row())
    monkeypatch.setattr(import_storing, "_held", lambda run, entries: set())
    with pytest.raises(BadFile):
        bring(row())
    assert Question.objects.count() == 1


def test_where_nothing_is_usable_no_bank_is_made(bring):
    bring(row(题干=""))
    assert not QuestionBank.objects.exists()


def test_a_twin_in_the_file_is_a_draft_and_listed(bring):
    report = bring(row(), row(答案="B"), publish=True)
    assert states() == ["published", "draft"]
    [duplicate] = report.duplicates
    assert "3" in duplicate["where"]
    assert "2" in duplicate["twin"]


def test_a_twin_in_the_bank_is_a_draft_and_listed(bring):
    bring(row(), publish=True)
    report = bring(row(答案="B"), publish=True)
    assert states() == ["published", "draft"]
    assert str(Question.objects.first().uid) in report.duplicates[0]["twin"]


def test_what_is_refused_is_not_saved_and_the_rest_is(bring):
    report = bring(
        row(), row(题干=""), row(题干="题三", 选项B="甲"), row(题干="题四", 答案=""), row(题型="案例分析题")
    )
    assert (report.read, report.created, len(report.refused), report.exit_code) == (5, 1, 4, 1)
    assert [one["where"].rsplit(" ", 1)[-1] for one in report.refused] == ["题干", "选项B", "答案", "题型"]
    assert report.by_kind == {"case_analysis": 1, "single_choice": 4}


def test_a_bank_without_keys_comes_in_as_drafts_no_draw_reaches(bring):
    cited = {"答案": "", "依据": "《云汐市测试条例》第一条"}
    report = bring(row(**cited), row(题干="题二", **cited), publish=True)
    assert (report.created, report.refused, states()) == (2, [], ["draft", "draft"])
    assert [w["where"][-2:] for w in report.warnings] == ["答案", "依据"] * 2


def test_warnings_do_not_stop_publishing(bring):
    report = bring(row(解析="", 知识点="", 依据="《没有的条例》第三条"), publish=True)
    assert states() == ["published"]
    assert len(report.warnings) == 3
    assert Question.objects.get().latest.citations.get().article is None


def test_what_cites_nothing_is_listed_unless_its_point_cites_no_law(bring):
    KnowledgePoint.objects.create(name="语言", cites_none=True)
    report = bring(row(依据=""), row(题干="另一题", 依据="", 知识点="语言"), publish=True)
    assert states() == ["published", "published"]
    assert [w["reason"] for w in report.warnings if "citation" in w["reason"]] or len(report.warnings) == 1


def test_a_point_in_the_file_is_a_path_in_the_tree(bring):
    bring(row(知识点="执法程序 ＞ 听证"))
    assert set(KnowledgePoint.objects.values_list("name", flat=True)) == {"执法程序", "执法程序/听证"}


def test_a_dry_run_reports_the_same_and_saves_nothing(bring):
    trial = bring(row(), row(题干=""), dry_run=True)
    assert not QuestionBank.objects.exists()
    assert not KnowledgePoint.objects.exists()
    assert trial.as_dict() == bring(row(), row(题干="")).as_dict()


def test_a_file_without_questions_is_refused(bring):
    with pytest.raises(BadFile):
        bring()


def test_nothing_usable_is_two(bring):
    assert bring(row(题干="")).exit_code == 2


@pytest.mark.parametrize("count", [1, 200])
def test_statements_do_not_grow_with_the_rows(bring, count, django_assert_max_num_queries):
    rows = [row(题干=f"题{number}") for number in range(count)]
    with django_assert_max_num_queries(50):
        bring(*rows, publish=True)
