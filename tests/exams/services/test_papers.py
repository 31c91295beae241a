"""Freezing papers: the audience of the day, a paper for everybody, all or nothing."""

import pytest

from exams.models import Blueprint, Candidate, Paper, Sitting
from exams.services import papers
from lianbing.kit.models import AuditRecord
from lianbing.people.models import Appointment
from lianbing.people.rules import SYSTEM
from question_bank.models import Question
from tests.factories import exams, people
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return people.unit()


@pytest.fixture
def sitting(unit):
    bank = exams.bank("pool")
    for kind in ("single_choice", "multiple_choice", "true_false"):
        for _ in range(8):
            exams.question(bank, kind)
    lines = [(None, "true_false", 3, "1"), (None, "single_choice", 4, "2"), (None, "multiple_choice", 2, "3")]
    return exams.sitting(unit, frozen=False, blueprint=exams.blueprint(*lines, in_bank=bank))


def freeze(sitting, at=NOON):
    return papers.freeze_papers(sitting=sitting, by=SYSTEM, at=at)


def test_everybody_gets_a_paper_that_replays_from_its_seed(sitting, unit):
    for _ in range(5):
        people.officer(unit)
    assert freeze(sitting).papers == 5
    made = Paper.objects.all()
    assert len({paper.seed for paper in made}) == 5
    for paper in made:
        chosen = [
            papers.assembly.Chosen(v, k, papers.assembly.Decimal(m), s) for v, k, m, _, s in paper.items
        ]
        orders = {item[0]: sorted(item[3]) for item in paper.items}
        assert papers.arranged(paper.seed, chosen, orders) == paper.items
        assert [item[1] for item in paper.items] == ["single_choice"] * 4 + ["multiple_choice"] * 2 + [
            "true_false"
        ] * 3
        assert paper.full_marks == 17


def test_a_later_transfer_changes_nothing(sitting, unit):
    officer = people.officer(unit)
    freeze(sitting)
    Appointment.objects.filter(officer=officer).delete()
    assert Candidate.objects.get().unit == unit


def test_posts_categories_and_units_choose_the_audience(sitting, unit):
    wanted = people.PostFactory(name="案件审核岗")
    inside = people.unit("中队", unit)
    right = people.officer(inside, wanted)
    people.officer(inside)
    people.officer(inside, wanted, category="auxiliary")
    people.officer(people.unit("别局"), wanted)
    sitting.posts.add(wanted)
    sitting.categories = ["officer"]
    freeze(sitting)
    assert Candidate.objects.get().officer == right


def test_a_qualification_exam_leaves_auxiliaries_out_on_record(sitting, unit):
    sitting.is_qualification = True
    people.officer(unit)
    left = people.officer(unit, category="auxiliary")
    assert freeze(sitting).left_out == 1
    record = AuditRecord.objects.get(action="papers_frozen")
    assert record.details["auxiliaries_left_out"] == [left.staff_number]


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("already_frozen", {"papers_frozen_at": NOON}),
        ("closed", {"closes_at": NOON}),
        ("pass_mark", {"pass_mark": 18}),
        ("nobody", {"categories": ["civilian"]}),
    ],
)
def test_what_stands_in_the_way_is_named(sitting, unit, code, spoil):
    people.officer(unit)
    for name, value in spoil.items():
        setattr(sitting, name, value)
    with pytest.raises(papers.CannotFreeze, match=code):
        freeze(sitting)
    assert not Candidate.objects.exists()


def test_two_people_freezing_at_once_make_one_set_of_papers(sitting, unit):
    people.officer(unit)
    stale = Sitting.objects.get(pk=sitting.pk)
    freeze(sitting)
    with pytest.raises(papers.CannotFreeze, match="already_frozen"):
        freeze(stale)
    assert Paper.objects.count() == 1


def test_a_latecomer_gets_a_paper_of_their_own(sitting, unit):
    people.officer(unit)
    freeze(sitting)
    late = people.officer(unit)
    made = papers.add_candidate(sitting=sitting, officer=late, reason="漏报补录", by=SYSTEM, at=NOON)
    first = Paper.objects.exclude(candidate=made).get()
    assert {item[0] for item in made.paper.items}.isdisjoint(
        {item[0] for item in first.items if item[1] == "single_choice"}
    )
    with pytest.raises(papers.CannotAdd, match="already_there"):
        papers.add_candidate(sitting=sitting, officer=late, reason="漏报补录", by=SYSTEM, at=NOON)


@pytest.mark.parametrize(
    ("code", "spoil"), [("not_frozen", {"papers_frozen_at": None}), ("over", {"closes_at": NOON})]
)
def test_who_cannot_be_admitted_is_told_why(sitting, unit, code, spoil):
    sitting.papers_frozen_at = NOON - MINUTE
    for name, value in spoil.items():
        setattr(sitting, name, value)
    with pytest.raises(papers.CannotAdd, match=code):
        papers.add_candidate(
            sitting=sitting, officer=people.officer(unit), reason="漏报补录", by=SYSTEM, at=NOON
        )


def test_papers_are_frozen_by_the_database_too():
    paper = exams.candidate(exams.sitting()).paper
    with pytest.raises(Exception, match="official"):
        Paper.objects.filter(pk=paper.pk).update(seed="0" * 32)


def test_a_blueprint_for_reserved_questions_draws_no_other(sitting, unit):
    people.officer(unit)
    Blueprint.objects.update(reserved_only=True)
    sitting.refresh_from_db()
    with pytest.raises(papers.Shortfall) as refused:
        freeze(sitting)
    assert [line.missing for line in refused.value.lines] == [3, 4, 2]
    reserved = set()
    for kind, count in (("single_choice", 4), ("multiple_choice", 2), ("true_false", 3)):
        found = Question.objects.filter(published_version__kind=kind).values_list("pk", flat=True)[:count]
        reserved |= set(found)
    Question.objects.filter(pk__in=reserved).update(pool="exam")
    freeze(sitting)
    drawn = {item[0] for item in Paper.objects.get().items}
    assert set(Question.objects.filter(published_version__in=drawn).values_list("pk", flat=True)) == reserved


def test_no_paper_draws_a_contest_question(sitting, unit):
    people.officer(unit)
    Question.objects.update(pool="contest")
    with pytest.raises(papers.Shortfall):
        freeze(sitting)
