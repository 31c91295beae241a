"""The sections of a blueprint on their page: added, moved, removed, checked against rule and stock."""

from decimal import Decimal

import pytest
from django.urls import reverse

from exams.models import Blueprint, BlueprintSection
from exams.services import papers
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM, Role
from question_bank.models import Question
from tests.factories import exams, people
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db
NEW = "exams:blueprint_new"


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(NOON):
        yield


@pytest.fixture
def client(client):
    client.force_login(people.staff(Role.EXAM_ADMINISTRATOR, unit=people.unit()))
    return client


def form(*sections, **changes):
    """What the page sends: each section is (title, rule, settings, [(kind, count, marks)])."""
    data = {"title": "综合卷", "bank": exams.bank().pk, "sections-count": len(sections)}
    for place, (title, rule, settings, lines) in enumerate(sections):
        head = f"sections-{place}"
        data |= {f"{head}-title": title, f"{head}-rule": rule, f"{head}-lines-count": len(lines)}
        data |= {f"{head}-{name}": value for name, value in settings.items()}
        for n, line in enumerate(lines):
            names = ("kind", "count", "marks")
            data |= {f"{head}-lines-{n}-{name}": value for name, value in zip(names, line, strict=True)}
    return data | changes


SINGLE = ("一、单项选择题", "exact", {}, [("single_choice", 2, "2")])
MULTIPLE = ("多项选择题", "per_correct_option", {"each": "0.5"}, [("multiple_choice", 1, "2")])
JUDGE = ("判断题", "negative", {"penalty": "1", "section_floor": "0"}, [("true_false", 1, "2")])


def titles(page):
    return [one["form"]["title"].value() or "" for one in page.context["sections"]]


def test_sections_are_kept_with_their_rules(client):
    client.post(reverse(NEW), form(SINGLE, MULTIPLE, JUDGE))
    saved = BlueprintSection.objects.order_by("position")
    told = [(one.title, one.rule, one.settings, one.floor) for one in saved]
    assert told == [
        ("单项选择题", "exact", {}, None),
        ("多项选择题", "per_correct_option", {"each": "0.5"}, None),
        ("判断题", "negative", {"penalty": "1"}, 0),
    ]
    page = client.get(reverse("exams:blueprint", args=[Blueprint.objects.get().uid]))
    assert titles(page) == ["单项选择题", "多项选择题", "判断题"]


@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        ("up.1", ["多项选择题", "一、单项选择题", "判断题"]),
        ("down.1", ["一、单项选择题", "判断题", "多项选择题"]),
        ("up.0", ["一、单项选择题", "多项选择题", "判断题"]),
        ("remove.0", ["多项选择题", "判断题"]),
        ("add", ["一、单项选择题", "多项选择题", "判断题", ""]),
        ("lines.2", ["一、单项选择题", "多项选择题", "判断题"]),
        ("remove.99", ["一、单项选择题", "多项选择题", "判断题"]),
        ("up.x", ["一、单项选择题", "多项选择题", "判断题"]),
        ("nonsense", ["一、单项选择题", "多项选择题", "判断题"]),
    ],
)
def test_the_buttons_change_the_sections_and_save_nothing(client, act, wanted):
    page = client.post(reverse(NEW), form(SINGLE, MULTIPLE, JUDGE, act=act))
    assert titles(page) == wanted
    assert not Blueprint.objects.exists()


def test_a_new_blueprint_offers_the_classic_four(client):
    page = client.get(reverse(NEW))
    kinds = [line["kind"].value() for one in page.context["sections"] for line, _stock in one["rows"]]
    assert kinds == ["single_choice", "multiple_choice", "true_false", "short_answer"]


@pytest.mark.parametrize(
    ("section", "field"),
    [
        (("填空题", "half_for_subset", {}, [("fill_blank", 1, "2")]), "rule"),
        (("多选", "per_correct_option", {}, [("multiple_choice", 1, "2")]), "each"),
        (("多选", "per_correct_option", {"each": "2"}, [("multiple_choice", 1, "2")]), "each"),
        (("判断", "negative", {"penalty": "NaN"}, [("true_false", 1, "2")]), "penalty"),
        (("判断", "exact", {"section_floor": "3"}, [("true_false", 1, "2")]), "section_floor"),
        (("判断", "no_such_rule", {}, [("true_false", 1, "2")]), "rule"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused_with_the_reason(client, section, field):
    page = client.post(reverse(NEW), form(SINGLE, section))
    assert page.status_code == 200
    assert list(page.context["sections"][1]["form"].errors) == [field]
    assert not Blueprint.objects.exists()


def test_the_live_stock_counts_all_sections_together(client):
    exams.question()
    twice = ("再来一次", "exact", {}, [("single_choice", 1, "2")])
    page = client.post(reverse("exams:blueprint_stock"), form(SINGLE, twice))
    stocks = [one["rows"][0][1].missing for one in page.context["sections"]]
    assert stocks == [1, 1]
    assert (page.context["missing"], page.context["full_marks"]) == (2, 6)


def test_papers_hold_the_sections_as_they_were_frozen(client):
    for kind, count in (("single_choice", 3), ("multiple_choice", 2), ("true_false", 2)):
        for _ in range(count):
            exams.question(kind=kind)
    client.post(reverse(NEW), form(MULTIPLE, SINGLE, JUDGE))
    sitting = exams.sitting(blueprint=Blueprint.objects.get(), frozen=False, pass_mark=Decimal(1))
    people.officer(sitting.unit)
    papers.freeze_papers(sitting=sitting, by=SYSTEM, at=NOON - MINUTE)
    paper = sitting.candidates.get().paper
    assert [(item[1], item[4]) for item in paper.items] == [
        ("multiple_choice", 0),
        ("single_choice", 1),
        ("single_choice", 1),
        ("true_false", 2),
    ]
    BlueprintSection.objects.update(rule="exact", settings={})
    paper.refresh_from_db()
    assert [one["rule"] for one in paper.sections] == ["per_correct_option", "exact", "negative"]


def test_only_reserved_questions_counts_and_is_kept(client):
    exams.question(kind="single_choice")
    exams.question(kind="single_choice")
    Question.objects.update(pool="drill")
    data = form(SINGLE)
    assert client.post(reverse("exams:blueprint_stock"), data).context["missing"] == 0
    data |= {"reserved_only": "on"}
    assert client.post(reverse("exams:blueprint_stock"), data).context["missing"] == 2
    client.post(reverse(NEW), data)
    made = Blueprint.objects.get()
    page = client.get(reverse("exams:blueprint", args=[made.uid]))
    assert made.reserved_only
    assert page.context["form"]["reserved_only"].value() is True
    assert page.context["missing"] == 2
