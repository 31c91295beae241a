"""Error reports come in once, and come back answered."""

import pytest

from lianbing.people.rules import Role
from question_bank import queries, services
from question_bank.models import ErrorReport
from tests.factories.people import actor, staff
from tests.factories.question_bank import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidate():
    return actor(staff(Role.INVIGILATOR))


@pytest.fixture
def report(candidate, at):
    version = published().published_version
    return services.report_error(version_id=version.pk, text="选项乙也对", by=candidate, at=at)


def test_a_report_reaches_the_reviewers_and_comes_back_answered(candidate, report, at):
    lawyer = actor(staff(Role.LEGAL))
    assert list(queries.reports_to_answer(lawyer)) == [report]
    services.answer_report(report=report, outcome="right", answer="条例第三条已排除乙项", by=lawyer, at=at)
    assert not queries.reports_to_answer(lawyer).exists()
    assert queries.reports_by(candidate).get().answer == "条例第三条已排除乙项"


def test_nobody_reports_the_same_version_twice(candidate, report, at):
    with pytest.raises(services.NotAllowedNow):
        services.report_error(version_id=report.version_id, text="再报一次", by=candidate, at=at)


@pytest.mark.parametrize("text", ["", "  ", "错", "长" * 501])
def test_a_report_says_what_is_wrong(candidate, at, text):
    version = published().published_version
    with pytest.raises(services.NotSaid):
        services.report_error(version_id=version.pk, text=text, by=candidate, at=at)


def test_an_answer_is_given_once_and_never_by_the_reporter(report, at):
    lawyer, reporter = actor(staff(Role.LEGAL)), actor(report.reporter)
    with pytest.raises(services.NotAllowedNow):
        services.answer_report(report=report, outcome="mended", answer="我自己答复", by=reporter, at=at)
    services.answer_report(report=report, outcome="mended", answer="已改正，谢谢", by=lawyer, at=at)
    with pytest.raises(services.NotAllowedNow):
        services.answer_report(report=report, outcome="right", answer="又答一次", by=lawyer, at=at)
    assert ErrorReport.objects.get().outcome == "mended"
