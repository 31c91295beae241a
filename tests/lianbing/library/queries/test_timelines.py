"""Laws in time as the database has them."""

import datetime

import pytest

from lianbing.library.models import Law, LawEdition
from lianbing.library.queries import edition_on, in_force, line_of, lines_of, out_of_force, timeline_of
from lianbing.library.rules.validity import Moment, Validity
from tests.factories.library import edition

pytestmark = pytest.mark.django_db
D = datetime.date.fromisoformat
TODAY = D("2026-11-20")


def test_the_edition_of_a_day_and_how_each_stands():
    old, new = edition(), edition(history=("2024年1月2日 修订", "2024年7月1日 施行"))
    editions = list(LawEdition.objects.all())
    assert in_force(editions, D("2024-06-30")) == edition_on(new.law, D("2024-06-30")) == old
    assert in_force(editions, D("2019-01-01")) is None
    assert timeline_of(editions).validity(TODAY) == {old.pk: Validity.AMENDED, new.pk: Validity.IN_FORCE}
    assert line_of(old.law).beside(old) == (None, new)


def test_a_withdrawn_edition_never_counts():
    old, new = edition(), edition(history=("2024年1月2日 修订",))
    LawEdition.objects.filter(pk=new.pk).update(status="withdrawn")
    assert in_force(list(LawEdition.objects.all()), TODAY) == old
    assert line_of(old.law).editions == [old]


def test_a_draft_counts():
    edition()
    draft = edition(history=("2024年1月2日 修订",), body=["第一条 甲。", "第三条 乙。"])
    assert draft.is_draft
    assert edition_on(draft.law, TODAY) == draft


@pytest.mark.parametrize("rows", [1, 4])
def test_many_laws_cost_two_statements(rows, django_assert_num_queries):
    before = None
    for number in range(rows):
        law = edition(f"条例{number}", history=(f"201{number}年1月2日 通过",)).law
        Law.objects.filter(pk=law.pk).update(continues=before)
        before = law
    laws = list(Law.objects.all())
    with django_assert_num_queries(2):
        lines = lines_of(laws)
        held = {lines[law.pk].on(TODAY).law.title for law in laws}
    assert held == {f"条例{rows - 1}"}


def test_a_circle_that_should_not_be_there_ends_all_the_same():
    one, other = edition("甲条例").law, edition("乙条例").law
    Law.objects.filter(pk=one.pk).update(continues=other)
    Law.objects.filter(pk=other.pk).update(continues=one)
    assert {law.pk for law in line_of(one).laws} == {one.pk, other.pk}


def test_laws_without_a_text_in_force_under_their_name():
    holding = edition("甲条例").law
    former = edition("乙旧条例").law
    follower = edition("乙条例", history=("2024年1月2日 通过",)).law
    Law.objects.filter(pk=follower.pk).update(continues=former)
    coming = edition("丙条例", history=("2026年1月2日 通过", "2099年1月1日 施行")).law
    repealed = edition("丁条例").law
    LawEdition.objects.filter(law=repealed).update(effective_to=D("2022-01-01"))
    amended = edition("戊条例")
    edition("戊条例", history=("2026年1月2日 修订", "2099年1月1日 施行"))
    assert out_of_force(TODAY) == {former.pk, coming.pk, repealed.pk}
    assert line_of(holding).moment(TODAY) == line_of(amended.law).moment(TODAY) == Moment.HELD
