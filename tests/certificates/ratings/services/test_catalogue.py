"""The catalogue: versions, and the refusal of income from fines."""

import dataclasses
from decimal import Decimal

import pytest

from certificates.ratings.models import Indicator, IndicatorVersion
from certificates.ratings.rules.indicators import Indicator as Rules
from certificates.ratings.services import catalogue
from lianbing.kit.models import AuditRecord
from tests.factories import ratings

pytestmark = pytest.mark.django_db
EXAM = Rules("exam_mean", title="考试平均成绩")


def save(one, at):
    return catalogue.save(indicator=one, by=ratings.HR, at=at)


def test_a_new_indicator_is_a_draft_and_changing_it_changes_the_draft(at):
    save(EXAM, at)
    again = save(dataclasses.replace(EXAM, title="考试均分"), at)
    assert (again.number, again.title, again.frozen_at) == (1, "考试均分", None)
    assert IndicatorVersion.objects.count() == 1


def test_beside_a_frozen_version_a_further_one_is_written(at):
    ratings.indicator("exam_mean", title="考试平均成绩")
    made = save(dataclasses.replace(EXAM, full=Decimal(50)), at)
    assert [one.number for one in made.indicator.versions.order_by("number")] == [1, 2]


def test_saving_what_a_frozen_version_says_already_makes_none(at):
    save(EXAM, at)
    IndicatorVersion.objects.update(frozen_at=at)
    assert save(EXAM, at).number == 1


@pytest.mark.parametrize("title", ["罚没款完成率", "罚 款 金 额", "创收目标", "罰款總額"])
def test_income_from_fines_is_refused_by_law_and_the_attempt_is_on_record(title, at):
    with pytest.raises(catalogue.IndicatorRefused):
        save(dataclasses.replace(EXAM, title=title), at)
    assert not Indicator.objects.exists()
    record = AuditRecord.objects.get(action="indicator_refused")
    assert "第七十四条" in record.reason
    assert record.subject_name == title


def test_a_fault_that_is_no_breach_of_law_leaves_no_record(at):
    with pytest.raises(catalogue.IndicatorRefused):
        save(dataclasses.replace(EXAM, title=" "), at)
    assert not AuditRecord.objects.exists()


def test_what_is_retired_can_be_put_back(at):
    made = save(EXAM, at).indicator
    catalogue.retire(indicator=made, by=ratings.HR, at=at)
    made.refresh_from_db()
    assert made.retired_at == at
    catalogue.retire(indicator=made, by=ratings.HR, at=at, back=True)
    made.refresh_from_db()
    assert made.retired_at is None
