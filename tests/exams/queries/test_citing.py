"""Sittings whose frozen papers hold questions on changed articles are named, those not held yet first."""

import pytest

from exams.models import VersionUse
from exams.queries.citing import lapsing, sittings_citing
from exams.services import papers
from lianbing.kit import clock
from lianbing.library.queries import citing_for
from lianbing.people.rules import Role
from question_bank.queries import drawable
from tests.factories import amendments as laws
from tests.factories import exams, people
from tests.factories.question_bank import BankFactory

pytestmark = pytest.mark.django_db
HOUR = 60 * laws.MINUTE


@pytest.fixture
def asked():
    """A bank with one question on the article that stays and one on the article that changes."""
    laws.old()
    bank = BankFactory(people_needed=1)
    made = [laws.question(number, bank=bank, stem=f"第{number}题（　）。") for number in (1, 2)]
    laws.amended()
    return made


def sitting(asked, opens, count=2):
    """A sitting not frozen yet, of so many questions, with one person invited."""
    unit = people.unit()
    people.officer(unit)
    blueprint = exams.blueprint((None, "single_choice", count, "2"), in_bank=asked[0].bank)
    return exams.sitting(
        unit, blueprint=blueprint, opens_at=opens, closes_at=opens + HOUR, frozen=False, pass_mark=1
    )


def article_of(question):
    return question.published_version.citations.get().article


def used(question, opens=laws.EARLY, title="考试"):
    held = exams.sitting(people.unit(), opens_at=opens, closes_at=opens + HOUR, title=title)
    VersionUse.objects.create(sitting=held, version=question.published_version, papers=7)
    return held


def test_freezing_papers_remembers_what_they_hold(asked):
    held = sitting(asked, laws.EARLY + HOUR)
    papers.freeze_papers(sitting=held, by=people.actor(people.staff()), at=laws.EARLY)
    assert sorted(VersionUse.objects.values_list("version", "papers")) == sorted(
        (one.published_version_id, 1) for one in asked
    )
    with clock.pinned(laws.EARLY):
        [one] = sittings_citing([article_of(asked[1]).pk])
    assert (one.coming, one.uid) == (True, str(held.uid))


def test_a_paper_is_drawn_for_the_moment_its_sitting_opens(asked):
    late = sitting(asked, laws.MIDNIGHT + HOUR)
    with pytest.raises(papers.Shortfall):
        papers.freeze_papers(sitting=late, by=people.actor(people.staff()), at=laws.EARLY)
    assert len(drawable(asked[0].bank, at=laws.EARLY)) == 2


def test_what_lies_ahead_stands_first(asked):
    used(asked[1], laws.EARLY - 2 * HOUR, "旧")
    used(asked[1], laws.EARLY + HOUR, "新")
    with clock.pinned(laws.EARLY):
        found = citing_for([article_of(asked[1]).pk], people.actor(people.staff(Role.LEGAL)))
    assert [(one.code, one.coming) for one in found] == [
        ("sitting", True),
        ("question", False),
        ("sitting", False),
    ]


def test_a_trainer_does_not_learn_what_stands_on_papers(asked):
    used(asked[1])
    found = citing_for([article_of(asked[1]).pk], people.actor(people.staff(Role.TRAINER)))
    assert {one.code for one in found} == {"question"}


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_sittings_the_statements_are_three(asked, count, django_assert_num_queries):
    for _ in range(count):
        used(asked[1])
    article = article_of(asked[1])
    with django_assert_num_queries(3):
        assert len(sittings_citing([article.pk])) == count


def test_a_sitting_knows_how_many_of_its_questions_lapse(asked):
    held = [used(question, laws.MIDNIGHT - 3 * HOUR) for question in asked]
    later = [used(question, laws.MIDNIGHT + HOUR) for question in asked]
    assert [lapsing(one) for one in held] == [0, 0]
    assert [lapsing(one) for one in later] == [0, 1]


def test_the_page_of_a_sitting_says_so(asked, client):
    late = used(asked[1], laws.MIDNIGHT + HOUR)
    client.force_login(people.staff(Role.EXAM_ADMINISTRATOR))
    with clock.pinned(laws.EARLY):
        page = client.get(f"/exams/sittings/{late.uid}/")
    assert page.context["law_changes"] == 1
