"""Who owes what: counted in the database as the pure rule counts it."""

import datetime
import random

import pytest

from courses.queries.categories import known
from courses.training.models import StudyRule
from courses.training.queries.attended import attended
from courses.training.queries.study import person_rows, pressing_first
from courses.training.queries.study_rules import Applied, applied, holding
from courses.training.queries.study_units import coverage, unit_rows
from courses.training.rules import study
from lianbing.people.models import Appointment
from tests.factories import study as make
from tests.factories import training
from tests.factories.people import officer, unit

pytestmark = pytest.mark.django_db
D = datetime.date
TODAY = D(2026, 11, 25)


def rows(bureau, on=TODAY, **more):
    rules = holding(on, scopes=[bureau.path], subjects=["person"])
    return {row.subject.officer: row for row in person_rows(rules, on, scopes=[bureau.path], **more)}


def test_one_political_and_one_professional_lacks_one_professional():
    bureau = unit()
    one = officer(bureau)
    make.rule(bureau)
    make.held(bureau, D(2026, 11, 4), "theory", officers=[one])
    make.held(bureau, D(2026, 11, 11), "legal", officers=[one])
    found = rows(bureau)[one.pk]
    assert [(x.name, x.times) for x in found.findings[0].standing.lacking] == [("业务学习", 1)]
    assert (found.tone, found.findings[0].standing.due_on) == ("bad", D(2026, 11, 30))


def test_what_was_attended_before_a_transfer_counts_after_it():
    bureau = unit()
    first, second = unit("一中队", bureau), unit("二中队", bureau)
    one = officer(first)
    make.rule(bureau, count=1)
    make.held(first, D(2026, 11, 4), officers=[one])
    Appointment.objects.filter(officer=one).update(ends_on=D(2026, 11, 10))
    post = one.appointments.get().post
    one.appointments.create(unit=second, post=post, starts_on=D(2026, 11, 10), recorded_at=training.NINE)
    found = rows(second)
    assert found[one.pk].findings[0].standing.fulfilled
    assert rows(first) == {}


def test_who_joined_within_the_month_owes_a_share():
    bureau = unit()
    new, newest = officer(bureau, since=D(2026, 11, 12)), officer(bureau, since=D(2026, 11, 24))
    make.rule(bureau)
    found = rows(bureau)
    assert [found[one.pk].findings[0].standing.needed for one in (new, newest)] == [1, 0]


def test_leave_from_everything_excuses():
    bureau = unit()
    away, partly = officer(bureau), officer(bureau)
    make.rule(bureau)
    for day in (4, 11):
        session = make.held(bureau, D(2026, 11, day))
        make.entry(session, away, "leave")
        make.entry(session, partly, "leave" if day == 4 else "absent")
    found = rows(bureau)
    assert found[away.pk].tone == "muted"
    assert found[partly.pk].findings[0].standing.lacking


def test_an_open_or_cancelled_session_gives_nothing():
    bureau = unit()
    one = officer(bureau)
    make.rule(bureau, count=1)
    session = make.held(bureau, D(2026, 11, 4), officers=[one])
    for state in ("open", "cancelled"):
        type(session).objects.filter(pk=session.pk).update(state=state)
        assert rows(bureau)[one.pk].lacking


def test_a_made_up_session_counts_on_the_day_it_was_made_up():
    bureau = unit()
    one = officer(bureau)
    make.rule(bureau, count=1)
    session = make.held(bureau, D(2026, 10, 28))
    make.entry(session, one, "made_up", made_up_on=D(2026, 11, 3))
    assert rows(bureau)[one.pk].findings[0].standing.fulfilled
    assert rows(bureau, D(2026, 10, 31))[one.pk].lacking


def test_a_merged_record_counts_for_the_one_in_use_and_no_session_twice():
    bureau = unit()
    one = officer(bureau)
    old = officer(merged_into=one)
    make.rule(bureau)
    make.held(bureau, D(2026, 11, 4), officers=[one, old])
    assert rows(bureau)[one.pk].findings[0].standing.done == 1
    make.held(bureau, D(2026, 11, 6), officers=[old])
    assert rows(bureau)[one.pk].findings[0].standing.done == 2


def test_the_old_version_judges_the_periods_that_began_under_it():
    bureau = unit()
    old = make.rule(bureau, holds_to=D(2026, 11, 15))
    make.rule(bureau, family=old.family, number=2, count=5, holds_from=D(2026, 11, 16))
    by_month = {
        on: [one.row.count for one in holding(on, scopes=[bureau.path], subjects=["person"])]
        for on in (D(2026, 10, 31), TODAY, D(2026, 12, 2))
    }
    assert by_month == {D(2026, 10, 31): [2], TODAY: [2], D(2026, 12, 2): [5]}


def test_the_audience_narrows_a_rule():
    bureau = unit()
    squad = unit("一中队", bureau)
    inside, outside = officer(squad), officer(bureau)
    make.rule(bureau, audience={"units": [squad.path], "categories": ["officer"]})
    assert set(rows(bureau)) == {inside.pk}
    assert outside.pk not in rows(bureau)


def _random_world(draw, bureau):
    people = [officer(bureau) for _n in range(6)]
    batch = training.batch(training.training_class(bureau, kind="topical"))
    for _n in range(60):
        session = make.held(
            bureau,
            D(2026, 1, 1) + datetime.timedelta(days=draw.randrange(330)),
            draw.choice(["theory", "legal", "documents", "purpose", "drill"]),
            minutes=draw.choice([30, 45, 60, 120]),
            kind=draw.choice(["lecture", "study_day", "self_study", "film"]),
            in_batch=draw.choice([None, batch]),
        )
        for one in draw.sample(people, 4):
            state = draw.choice(["present", "late", "left_early", "absent", "leave", "made_up"])
            make.entry(session, one, state, session.ends_at.minute or 60)
    return people


@pytest.mark.parametrize("seed", range(6))
def test_the_database_counts_as_the_pure_rule_does(seed):
    draw, bureau = random.Random(seed), unit()
    people = _random_world(draw, bureau)
    for period in ("week", "month", "quarter", "year"):
        row = make.rule(
            bureau,
            period=period,
            count=draw.randint(1, 9),
            minimum_minutes=draw.choice([0, 45, 60]),
            categories=draw.choice([[], ["professional"], ["political", "legal"]]),
            demand=draw.choice(["together", "category"]),
            kinds=draw.choice([[], ["lecture", "film"]]),
            topical=draw.choice(["any", "yes", "no"]),
            self_study=draw.choice(["yes", "no", "only"]),
            late_counts=draw.random() < 0.5,
        )
        one = applied(row, known(), TODAY)
        for got in person_rows([one], TODAY, scopes=[bureau.path]):
            assert got.findings[0].standing == _purely(one, got.subject, people)


def _purely(one: Applied, subject, people):
    events = [
        study.Event(str(a.session), a.on, a.kind, a.category, a.minutes, a.topical, a.state)
        for a in attended([subject.officer], one.period.first, TODAY)
    ]
    entries = next(p for p in people if p.pk == subject.officer).roll_entries.filter(
        session__starts_at__gte=make.at_noon(one.period.first),
        session__starts_at__lte=make.at_noon(TODAY),
    )
    leave = entries.filter(state="leave").count()
    excused = study.is_excused(entries.count(), leave)
    return study.evaluated(one.rule, one.period, events, on=TODAY, served=subject.served, excused=excused)


def test_the_bureau_with_one_class_on_1_december_is_red_one_of_two():
    """R04: the subject is the bureau, and a class of a squad is one of its classes."""
    bureau = unit()
    squad = unit("一中队", bureau)
    make.rule(bureau, subject="whole", period="year", kinds=["class"], categories=[], red_days=92)
    batch = training.batch(training.training_class(squad, starts_on=D(2026, 3, 2), ends_on=D(2026, 3, 4)))
    for day in (2, 3, 4):
        make.held(squad, D(2026, 3, day), in_batch=batch)
    make.held(bureau, D(2026, 5, 6))
    rules = holding(D(2026, 12, 1), scopes=[bureau.path], subjects=["whole"])
    (found,) = unit_rows(rules, D(2026, 12, 1), scopes=[bureau.path])
    assert (found.standing.done, found.standing.needed, found.standing.tone) == (1, 2, "bad")


def test_a_class_of_a_former_year_without_sessions_counts_once_it_is_finished():
    bureau = unit()
    row = make.rule(bureau, subject="whole", period="year", kinds=["class"], categories=[])
    training.training_class(bureau, starts_on=D(2026, 3, 2), ends_on=D(2026, 3, 4), state="finished")
    training.training_class(bureau, starts_on=D(2026, 4, 2), ends_on=D(2026, 4, 4), state="draft")
    training.training_class(bureau, starts_on=D(2026, 5, 2), ends_on=D(2026, 5, 4), origin="superior")
    (found,) = unit_rows([applied(row, known(), TODAY)], TODAY, scopes=[bureau.path])
    assert found.standing.done == 1


def test_each_unit_is_credited_with_what_its_people_attended():
    bureau = unit()
    first, second = unit("一中队", bureau), unit("二中队", bureau)
    one = officer(first)
    officer(second)
    row = make.rule(bureau, subject="each", period="week", count=1, categories=[], minimum_minutes=60)
    session = make.held(bureau, D(2026, 11, 24), minutes=60)
    make.entry(session, one)
    session.roll_entries.update(unit=first)
    found = unit_rows([applied(row, known(), TODAY)], TODAY, scopes=[bureau.path])
    assert {r.unit_path: r.standing.fulfilled for r in found} == {first.path: True, second.path: False}


def test_a_class_covers_every_category_it_taught_once():
    bureau = unit()
    batch = training.batch(training.training_class(bureau, category=training.category("practice")))
    for code in ("practice", "legal", "legal"):
        make.held(bureau, D(2026, 11, 20), code, in_batch=batch)
    make.held(bureau, D(2026, 11, 20), "legal")
    assert coverage(bureau.path, D(2026, 1, 1), TODAY) == {"practice": 1, "legal": 2}


def test_the_number_of_statements_does_not_grow(django_assert_num_queries):
    bureau = unit()
    for period in ("week", "month", "month", "year"):
        make.rule(bureau, period=period)
    officer(bureau)
    rules = holding(TODAY, scopes=[bureau.path], subjects=["person"])
    for _n in range(3):
        make.held(bureau, D(2026, 11, 24), officers=[officer(bureau), officer(bureau)])
        with django_assert_num_queries(8):
            assert person_rows(rules, TODAY, scopes=[bureau.path])
        with django_assert_num_queries(3):
            assert person_rows(rules, TODAY, scopes=[bureau.path])


def test_the_pressing_ones_come_first():
    bureau = unit()
    late, good = officer(bureau), officer(bureau)
    make.rule(bureau, count=1)
    make.held(bureau, D(2026, 11, 4), officers=[good])
    rules = holding(TODAY, scopes=[bureau.path], subjects=["person"])
    assert [r.subject.officer for r in pressing_first(person_rows(rules, TODAY, scopes=[bureau.path]))] == [
        late.pk
    ]
    assert StudyRule.objects.count() == 1
