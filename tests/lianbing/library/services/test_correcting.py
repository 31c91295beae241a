"""The facts of an edition are put right with a reason; dates that contradict each other are refused."""

import datetime

import pytest

from lianbing.kit.models import AuditRecord
from lianbing.library.services import ContradictoryDates, EditionInUse, correct_edition, facts_seen
from lianbing.library.services.correcting import FACTS
from lianbing.people.rules import SYSTEM
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
D = datetime.date.fromisoformat


def correct(found, seen=None, **facts):
    done = correct_edition(
        edition=found,
        facts={name: getattr(found, name) for name in FACTS} | facts,
        seen=seen or facts_seen(found),
        reason="与公报核对",
        by=SYSTEM,
        at=AT,
    )
    found.refresh_from_db()
    return done


def test_a_correction_is_kept_with_what_stood_there_before():
    found = edition()
    slug = found.slug
    assert correct(found, issuing_body="测试市人大常委会", effective_on=D("2020-03-01"))
    assert (found.issuing_body, found.effective_on, found.slug) == ("测试市人大常委会", D("2020-03-01"), slug)
    record = AuditRecord.objects.get(action="correct_edition")
    assert record.reason == "与公报核对"
    assert record.details["changes"] == {
        "issuing_body": ["", "测试市人大常委会"],
        "effective_on": ["", "2020-03-01"],
    }


def test_nothing_to_correct_leaves_no_trace():
    assert not correct(edition())
    assert not AuditRecord.objects.filter(action="correct_edition").exists()


def test_two_people_do_not_overwrite_each_other():
    found = edition()
    seen = facts_seen(found)
    correct(found, document_number="第1号")
    with pytest.raises(EditionInUse):
        correct(found, seen=seen, document_number="第2号")
    assert found.document_number == "第1号"


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"effective_to": "2025-01-01"}, "overlap"),
        ({"effective_to": "2020-01-02"}, "ends_before_it_begins"),
        ({"effective_on": "2019-01-01"}, "start_ignored"),
        ({"published_on": "2024-01-02"}, "same_day"),
    ],
)
def test_dates_that_contradict_each_other_are_refused(facts, kind):
    found = edition()
    edition(history=("2024年1月2日 修订",))
    with pytest.raises(ContradictoryDates) as refused:
        correct(found, **{name: D(value) for name, value in facts.items()})
    assert [clash.kind for clash in refused.value.clashes] == [kind]
    found.refresh_from_db()
    assert found.effective_to is None


def test_a_repeal_of_its_own_opens_a_gap():
    found = edition()
    edition(history=("2024年1月2日 修订",))
    assert correct(found, effective_to=D("2022-01-01"), repealed_by="《废止决定》")
