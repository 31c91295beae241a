"""Every filter of the trainer's list finds exactly the questions it names, among others that look close."""

import datetime
import uuid

import pytest

from lianbing.people.rules import SYSTEM, Role
from question_bank import queries, services
from question_bank.models import CitationGap, KnowledgePoint, Twin
from question_bank.services.use import UsedIn, record_use
from tests.factories import amendments as laws
from tests.factories.people import actor, staff
from tests.factories.question_bank import MOMENT, BankFactory, PointFactory, draft, published, question

pytestmark = pytest.mark.django_db
NOW = laws.MIDNIGHT
SPRING, AUTUMN = uuid.UUID(int=1), uuid.UUID(int=2)
DAY = datetime.timedelta(days=1)
STEMS = {
    "围挡": "施工围挡的最低高度",
    "招牌": "沿街招牌夜间亮灯要求",
    "听证": "当事人申请听证的期限",
    "渣土": "运输车辆密闭覆盖规定",
}


def law(number, title=laws.TITLE):
    return (f"《{title}》第{'零一二三'[number]}条",)


@pytest.fixture
def trainer():
    return actor(staff(Role.TRAINER))


@pytest.fixture
def found(trainer):
    """The short names of the questions that a filter finds, and the bank they stand in."""
    bank = BankFactory(slug="b", people_needed=1)

    def names(**wanted):
        stems = [one.latest.content["stem"] for one in queries.search(bank, actor=trainer, at=NOW, **wanted)]
        return {name for name, stem in STEMS.items() if stem in stems}

    names.bank = bank
    return names


def asked(bank, name, **fields):
    return published(bank, stem=STEMS[name], **fields)


def unfinished(bank, name, **fields):
    return question(bank, stem=STEMS[name], **fields)


def test_a_law_finds_what_cites_it_now(found):
    revised = asked(found.bank, "围挡", citations=law(1))
    asked(found.bank, "招牌", citations=(*law(2), *law(1, "另一条例")))
    asked(found.bank, "听证", citations=law(1, "另一条例"))
    asked(BankFactory(), "渣土", citations=law(1))
    assert found(law=laws.TITLE) == {"围挡", "招牌"}
    told = draft(stem=STEMS["围挡"], citations=law(1, "另一条例"))
    services.revise(question=revised, draft=told, by=SYSTEM, at=NOW, seen=1)
    assert found(law=laws.TITLE) == {"招牌"}
    assert found(law="另一条例") == {"围挡", "招牌", "听证"}
    assert found(law="没有的条例") == set()


def used(question, exam, days):
    uid, title = exam
    record_use([question.published_version_id], NOW - days * DAY, UsedIn(uid, title))


def test_an_exam_finds_what_it_used_and_the_choices_name_it(found, trainer):
    both, spring, _never = (asked(found.bank, name) for name in ("围挡", "招牌", "听证"))
    elsewhere = asked(BankFactory(), "渣土")
    record_use(
        [one.published_version_id for one in (both, spring)], NOW - 9 * DAY, UsedIn(SPRING, "春季考试")
    )
    used(both, (AUTUMN, "秋季考试"), 2)
    used(elsewhere, (uuid.UUID(int=3), "别处的考试"), 1)
    assert found(used_in=str(SPRING)) == {"围挡", "招牌"}
    assert found(used_in=str(AUTUMN)) == {"围挡"}
    assert queries.facets(found.bank, trainer).exams == [(str(AUTUMN), "秋季考试"), (str(SPRING), "春季考试")]


@pytest.mark.parametrize(
    ("seen", "names"),
    [
        ("never", {"渣土"}),
        ("within_30", {"围挡"}),
        ("not_90", {"听证", "渣土"}),
        ("not_365", {"渣土"}),
        ("", {"围挡", "招牌", "听证", "渣土"}),
    ],
)
def test_last_used_counts_days(found, seen, names):
    for name, days in (("围挡", 30), ("招牌", 90), ("听证", 91)):
        used(asked(found.bank, name), (SPRING, "春季考试"), days)
    asked(found.bank, "渣土")
    assert found(seen=seen) == names


def waiting(bank):
    unfinished(bank, "围挡")
    services.submit_for_review(question=unfinished(bank, "招牌"), by=SYSTEM, at=MOMENT)


def reported(bank):
    lawyer, reporter = actor(staff(Role.LEGAL)), actor(staff(Role.INVIGILATOR))
    for name in ("围挡", "招牌"):
        version = asked(bank, name).published_version
        report = services.report_error(version_id=version.pk, text="选项有误", by=reporter, at=MOMENT)
    services.answer_report(report=report, outcome="right", answer="核对过，没有错", by=lawyer, at=MOMENT)


def twin(bank):
    one, two, three = (asked(bank, name) for name in ("围挡", "招牌", "听证"))
    gone = asked(bank, "渣土")
    Twin.objects.create(older=one, newer=two, percent=80, found_at=MOMENT)
    Twin.objects.create(older=two, newer=three, percent=80, found_at=MOMENT, settled_at=MOMENT)
    Twin.objects.create(older=three, newer=gone, percent=80, found_at=MOMENT)
    services.retire(question=gone, reason="重复", by=SYSTEM, at=MOMENT)


def law_changed(bank):
    laws.old()
    asked(bank, "围挡", citations=law(2))
    asked(bank, "招牌", citations=law(1))
    laws.amended()


def no_citation(bank):
    KnowledgePoint.objects.filter(pk=PointFactory(name="常识").pk).update(cites_none=True)
    unfinished(bank, "围挡", citations=())
    unfinished(bank, "招牌", citations=(), point="常识")
    unfinished(bank, "听证", citations=(), point="")
    asked(bank, "渣土")


def unresolved(bank):
    laws.old()
    asked(bank, "围挡", citations=law(1, "库里没有的条例"))
    asked(bank, "招牌", citations=law(1))
    assert CitationGap.objects.count() == 1


def no_explanation(bank):
    unfinished(bank, "围挡", explanation="")
    unfinished(bank, "招牌")


def no_point(bank):
    unfinished(bank, "围挡", point="")
    unfinished(bank, "招牌")


def no_key(bank):
    unfinished(bank, "围挡", right=())
    unfinished(bank, "招牌")


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (waiting, {"招牌"}),
        (reported, {"围挡"}),
        (twin, {"围挡", "招牌"}),
        (law_changed, {"围挡"}),
        (no_citation, {"围挡", "听证"}),
        (unresolved, {"围挡"}),
        (no_explanation, {"围挡"}),
        (no_point, {"围挡"}),
        (no_key, {"围挡"}),
    ],
)
def test_a_flag_finds_what_is_to_be_looked_after(found, made, names):
    made(found.bank)
    assert found(flag=made.__name__) == names


def test_every_flag_and_every_last_use_of_the_form_is_known_to_the_list():
    from question_bank.forms.desk import FLAGS, ORDERS, SEEN
    from question_bank.queries import desk

    assert {code for code, _label in FLAGS} == set(desk.FLAGS)
    assert {code for code, _label in SEEN} == set(desk.SEEN)
    assert {code or "newest" for code, _label in ORDERS} == set(desk.ORDERS)
