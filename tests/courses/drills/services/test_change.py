"""A change is told once; the posts concerned learn it; who moves follows the new post (R42, R67)."""

import datetime

import pytest

from courses.drills.models import ChangeTask, ChangeTraining, DrillAnswer, DrillSet
from courses.drills.receivers import law_changed
from courses.drills.services import change, sets
from courses.drills.services.change import ChangeRefused
from lianbing.kit import due, outbox
from lianbing.kit.models import AuditRecord, OutboxMessage
from lianbing.people.models import Appointment
from lianbing.people.rules import Role
from lianbing.people.services.officers import tell
from tests.factories import amendments as laws
from tests.factories import cards as card_factory
from tests.factories import changes, drills, people

pytestmark = pytest.mark.django_db
AT = changes.AT
STREET, DESK = "市容岗", "内勤岗"


def asked():
    return set(ChangeTask.objects.values_list("officer", flat=True))


def test_the_posts_whose_list_holds_the_article_are_asked():
    street, _desk = changes.crew(STREET, DESK)
    training = changes.law_changed([changes.post(STREET)])
    assert asked() == {street.pk}
    assert training.due_on == datetime.date(2026, 12, 4)
    assert AuditRecord.objects.filter(action="change_told").count() == 1


def test_what_stands_on_everybodys_list_asks_everybody_who_serves():
    crew = changes.crew(STREET, DESK)
    people.officer()
    assert changes.law_changed([None]).posts == []
    assert asked() == {one.pk for one in crew}


@pytest.mark.parametrize("what", ["law", "point"])
def test_a_law_or_a_point_on_the_list_counts_as_well(what):
    (street,) = changes.crew(STREET)
    question = laws.question(2) if laws.old() else None
    point = question.published_version.knowledge_point
    law = laws.LawEdition.objects.get().law
    changes.must_know(changes.post(STREET), **({"law": law} if what == "law" else {"point": point}))
    article = laws.article(law.editions.get(), 2)
    change.of_law(edition=law.editions.get(), event="amended", articles=[article.pk], at=AT)
    assert asked() == {street.pk}


def test_an_article_nobody_must_know_asks_nobody():
    changes.crew(STREET)
    assert changes.law_changed([]) is None
    assert not ChangeTraining.objects.exists()


def test_another_article_of_the_law_asks_nobody():
    changes.crew(STREET)
    edition = laws.old()
    changes.must_know(changes.post(STREET), article=laws.article(edition, 1))
    told = change.of_law(edition=edition, event="amended", articles=[laws.article(edition, 2).pk], at=AT)
    assert told is None


def test_on_the_day_of_the_amendment_it_comes_by_itself_and_once():
    (street,) = changes.crew(STREET)
    changes.must_know(changes.post(STREET), article=laws.article(laws.old(), 2))
    laws.amended()
    due.run_all(at=laws.MIDNIGHT)
    outbox.deliver(at=laws.MIDNIGHT)
    law_changed(OutboxMessage.objects.get(topic="law_amended").payload, laws.MIDNIGHT + laws.MINUTE)
    assert asked() == {street.pk}
    assert ChangeTraining.objects.get().edition.slug == "2026-11-02"


def test_an_approved_card_asks_its_posts():
    street, _desk = changes.crew(STREET, DESK)
    card_factory.approved(posts=(STREET,))
    outbox.deliver(at=AT)
    assert asked() == {street.pk}
    assert str(ChangeTraining.objects.get()) == "擅自占道摆摊"


def test_a_newer_version_of_a_card_takes_the_place_of_the_older():
    changes.crew(STREET)
    for violation in ("擅自占道摆摊", "擅自占道经营"):
        card_factory.approved(violation=violation, posts=(STREET,))
        outbox.deliver(at=AT)
    old, new = ChangeTraining.objects.order_by("pk")
    assert old.withdrawn_at == AT
    assert new.withdrawn_at is None


def test_four_of_five_right_pass_the_test():
    (street,) = changes.crew(STREET)
    changes.law_changed([changes.post(STREET)], questions=6)
    task = changes.tried(street, is_right=True)
    assert task.passed_at is not None
    assert len(task.drill_set.versions) == 5
    with pytest.raises(ChangeRefused) as refused:
        change.begin(task=task, by=drills.actor(street), at=AT)
    assert refused.value.code == "done"


def test_who_failed_may_try_again_and_the_failure_stays_on_record():
    (street,) = changes.crew(STREET)
    changes.law_changed([changes.post(STREET)], questions=2)
    failed = changes.tried(street, is_right=False)
    assert failed.failed_at is not None
    assert failed.passed_at is None
    passed = changes.tried(street, is_right=True, at=AT + drills.DAY)
    assert (passed.tries, passed.failed_at) == (2, failed.failed_at)
    assert passed.passed_at is not None


def test_a_test_begun_is_gone_on_with():
    (street,) = changes.crew(STREET)
    changes.law_changed([changes.post(STREET)], questions=2)
    task = changes.task_of(street)
    first = change.begin(task=task, by=drills.actor(street), at=AT)
    assert change.begin(task=task, by=drills.actor(street), at=AT) == first
    assert changes.task_of(street).tries == 1


def test_without_open_questions_the_test_waits():
    (street,) = changes.crew(STREET)
    changes.law_changed([changes.post(STREET)])
    with pytest.raises(ChangeRefused) as refused:
        change.begin(task=changes.task_of(street), by=drills.actor(street), at=AT)
    assert refused.value.code == "empty"
    assert not DrillSet.objects.exists()


def test_nobody_does_somebody_elses_test():
    street, other = changes.crew(STREET, STREET)
    changes.law_changed([changes.post(STREET)], questions=1)
    with pytest.raises(ChangeRefused) as refused:
        change.begin(task=changes.task_of(street), by=drills.actor(other), at=AT)
    assert refused.value.code == "own"


def moved(officer, name):
    Appointment.objects.filter(officer=officer).update(post=changes.post(name))
    tell([officer.pk], AT.date(), AT)
    outbox.deliver(at=AT)


def test_a_change_of_post_changes_what_is_asked_and_keeps_what_was_passed():
    street, desk = changes.crew(STREET, DESK)
    changes.law_changed([changes.post(STREET)], questions=1)
    changes.tried(street, is_right=True)
    moved(street, DESK)
    moved(desk, STREET)
    assert changes.task_of(street).passed_at is not None
    assert changes.task_of(street).withdrawn_at is None
    assert changes.task_of(desk).withdrawn_at is None


def test_what_the_new_post_need_not_know_is_asked_no_more_until_one_comes_back():
    (street,) = changes.crew(STREET)
    changes.law_changed([changes.post(STREET)])
    moved(street, DESK)
    assert changes.task_of(street).withdrawn_at == AT
    moved(street, STREET)
    assert changes.task_of(street).withdrawn_at is None


def test_a_change_of_post_switches_todays_set_unless_it_was_begun():
    begun, fresh = changes.crew(STREET, STREET)
    laws.old()
    one, two = laws.question(1), laws.question(2)
    changes.must_know(changes.post(STREET), article=laws.article(laws.LawEdition.objects.get(), 1))
    changes.must_know(changes.post(DESK), article=laws.article(laws.LawEdition.objects.get(), 2))
    made = [sets.daily(officer=each, by=drills.actor(each), at=AT) for each in (begun, fresh)]
    assert made[0].versions == [one.published_version_id]
    drills.take_all(made[0])
    for each in (begun, fresh):
        moved(each, DESK)
    assert [DrillSet.objects.get(pk=one.pk).versions for one in made] == [
        [one.published_version_id],
        [two.published_version_id],
    ]
    assert DrillAnswer.objects.filter(officer=begun).count() == 1


def test_withdrawing_needs_a_reason_and_the_whole_bureau():
    training = changes.law_changed([None])
    hr = people.actor(people.staff(Role.HR))
    local = people.actor(people.staff(Role.HR, unit=people.unit("二中队", people.unit("局"))))
    for by, reason, code in ((hr, " ", "reason"), (local, "误报", "may"), (hr, "字" * 201, "reason")):
        with pytest.raises(ChangeRefused) as refused:
            change.withdraw(training=training, reason=reason, by=by, at=AT)
        assert refused.value.code == code
    change.withdraw(training=training, reason="误报", by=hr, at=AT)
    with pytest.raises(ChangeRefused) as refused:
        change.withdraw(training=training, reason="误报", by=hr, at=AT)
    assert refused.value.code == "gone"
    assert AuditRecord.objects.filter(action="change_withdrawn").count() == 1
