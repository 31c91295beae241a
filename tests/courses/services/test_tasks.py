"""Tasks follow people and what is published; old results stay (R67); a second pass changes nothing."""

import datetime

import pytest

from courses.models import LearningTask
from courses.queries.induction import unfinished
from courses.rules.audience import Audience
from courses.services import assignments, authoring, tasks
from lianbing.kit import clock, ticker
from lianbing.library.services.circulating import confirm
from lianbing.people.models import Post
from lianbing.people.rules import SYSTEM
from lianbing.people.services import officers
from tests.factories import assignments as made
from tests.factories import courses, documents, people

pytestmark = pytest.mark.django_db
AT = made.AT
DAY = datetime.date(2026, 11, 20)
LATER = AT + datetime.timedelta(minutes=1)


def turn(at=AT):
    with clock.pinned(at):
        return ticker.turn(at=at, failed=(failed := [])), failed


@pytest.fixture
def squads():
    return [people.unit(name, people.unit("大队" + name)) for name in ("一中队", "二中队")]


@pytest.fixture
def posts():
    return [Post.objects.create(name=name) for name in ("一线执法岗", "内勤岗")]


def titles(officer, **told):
    return sorted(LearningTask.objects.filter(officer=officer, **told).values_list("item__title", flat=True))


def path_for(post, title, at=AT, **facts):
    path = made.draft("path", items=0, audience=Audience(posts=(post.pk,)), title=title, at=at, **facts)
    made.add(path, title=f"{title}·必读", text="先亮证后执法。", due_days=10)
    return made.publish(path, at=at)


def test_a_published_path_gives_tasks_with_the_next_turn(squads, posts):
    officer = people.officer(squads[0], posts[0])
    path_for(posts[0], "一线")
    counts, failed = turn()
    assert (titles(officer), failed) == (["一线·必读"], [])
    task = LearningTask.objects.get()
    assert task.due_on == DAY + datetime.timedelta(days=10)
    assert counts["effective"] >= 1


def test_a_transfer_changes_the_tasks_and_old_results_stay(squads, posts):
    officer = people.officer(squads[0], posts[0])
    front = path_for(posts[0], "一线")
    path_for(posts[1], "内勤")
    turn()
    done = LearningTask.objects.get(officer=officer)
    assignments.confirm(task=done, by=people.actor(officer.user), at=AT)
    second = made.draft("path", items=1, audience=Audience(posts=(posts[0].pk,)), title="一线二")
    made.publish(second)
    turn(LATER)
    officers.move(
        officer=officer, unit=squads[1], post=posts[1], starts_on=DAY, reason="轮岗", by=SYSTEM, at=LATER
    )
    turn(LATER + datetime.timedelta(seconds=5))
    assert titles(officer, withdrawn_at=None) == ["一线·必读", "内勤·必读"]
    assert titles(officer, done_at__isnull=False) == ["一线·必读"]
    assert titles(officer, withdrawn_at__isnull=False) == ["第1项"]
    assert front.in_force


def test_a_transfer_in_the_future_changes_the_tasks_on_its_day(squads, posts):
    officer = people.officer(squads[0], posts[0])
    path_for(posts[0], "一线")
    path_for(posts[1], "内勤")
    officers.move(
        officer=officer,
        unit=squads[1],
        post=posts[1],
        starts_on=DAY + datetime.timedelta(days=2),
        reason="轮岗",
        by=SYSTEM,
        at=AT,
    )
    turn()
    assert titles(officer, withdrawn_at=None) == ["一线·必读"]
    turn(AT + datetime.timedelta(days=2))
    assert titles(officer, withdrawn_at=None) == ["内勤·必读"]


def test_whoever_is_enlisted_gets_tasks_and_whoever_leaves_loses_what_is_open(squads, posts):
    path_for(posts[0], "一线")
    officer = officers.enlist(
        staff_number="N1",
        name="新人",
        category="officer",
        unit=squads[0],
        post=posts[0],
        starts_on=DAY,
        by=SYSTEM,
        at=AT,
    )
    turn()
    assert titles(officer, withdrawn_at=None) == ["一线·必读"]
    day = DAY + datetime.timedelta(days=1)
    officers.leave(officer=officer, left_on=day, reason="辞职", by=SYSTEM, at=AT)
    turn(AT + datetime.timedelta(days=1))
    assert titles(officer, withdrawn_at=None) == []


def test_a_second_pass_changes_nothing(squads, posts):
    people.officer(squads[0], posts[0])
    path_for(posts[0], "一线")
    made.published(items=3)
    assert tasks.settle(officers=None, at=AT) == 4
    assert tasks.settle(officers=None, at=LATER) == 0


def test_an_idle_turn_costs_one_statement(squads, django_assert_num_queries):
    tasks.settle_due(at=AT)
    with django_assert_num_queries(1):
        assert tasks.settle_due(at=LATER) == 0


def test_what_a_merged_record_did_counts_for_the_one_that_stays(squads, posts):
    one, other = (people.officer(squads[0], posts[0]) for _ in range(2))
    path_for(posts[0], "一线")
    turn()
    task = LearningTask.objects.get(officer=other)
    assignments.confirm(task=task, by=people.actor(other.user), at=AT)
    officers.merge(duplicate=other, keep=one, reason="重复", by=SYSTEM, at=LATER)
    turn(LATER)
    assert titles(one, done_at__isnull=False) == ["一线·必读"]


def test_a_receipt_in_the_library_makes_the_task_done(squads, posts):
    officer = people.officer(squads[0], posts[0])
    document = documents.document()
    reading = made.draft(items=0)
    made.add(reading, kind="document", title=document.title, document=document)
    made.publish(reading)
    turn()
    reader = documents.circulation(squads[0], of=document, at=AT).readers.get()
    confirm(reader=reader, by=people.actor(officer.user), at=LATER)
    turn(LATER)
    assert LearningTask.objects.get(officer=officer).done_at == LATER


def test_withdrawing_keeps_what_was_done(squads, posts):
    officer = people.officer(squads[0], posts[0])
    reading = made.published(items=2)
    turn()
    task = LearningTask.objects.first()
    assignments.confirm(task=task, by=people.actor(officer.user), at=AT)
    assignments.withdraw(assignment=reading, reason="已过时", by=SYSTEM, at=LATER)
    turn(LATER)
    assert titles(officer, done_at__isnull=False) == [task.item.title]
    assert len(titles(officer, withdrawn_at=LATER)) == 1


def test_a_new_version_keeps_what_was_done_and_adds_what_is_new(squads, posts):
    officer = people.officer(squads[0], posts[0])
    reading = made.published(items=2)
    turn()
    assignments.confirm(task=LearningTask.objects.first(), by=people.actor(officer.user), at=AT)
    newer = assignments.copy(assignment=reading, replacing=True, by=SYSTEM, at=LATER)
    made.add(newer, title="第三项", text="新增")
    made.publish(newer, at=LATER)
    turn(LATER)
    reading.refresh_from_db()
    assert reading.withdrawn_at == LATER
    assert len(titles(officer, withdrawn_at=None)) == 3
    assert len(titles(officer, done_at__isnull=False)) == 1


def test_a_copy_is_to_be_done_anew(squads, posts):
    officer = people.officer(squads[0], posts[0])
    turn_one = made.published(items=1)
    turn()
    assignments.confirm(task=LearningTask.objects.get(), by=people.actor(officer.user), at=AT)
    again = assignments.copy(assignment=turn_one, replacing=False, by=SYSTEM, at=LATER)
    facts = assignments.Facts(title="第二年", audience=Audience(), due_on=made.DUE)
    assignments.change(assignment=again, facts=facts, by=SYSTEM, at=LATER)
    made.publish(again, at=LATER)
    turn(LATER)
    assert LearningTask.objects.filter(officer=officer, done_at=None).count() == 1


def test_a_newcomer_with_unfinished_induction_may_not_be_posted(squads, posts):
    """R16."""
    since = Audience(joined_after=datetime.date(2026, 11, 1))
    path = made.draft("path", items=2, audience=since, title="岗前培训", induction=True)
    made.publish(path)
    old = people.officer(squads[0], posts[0], joined_on=datetime.date(2019, 7, 1))
    new = people.officer(squads[0], posts[0], joined_on=DAY)
    assert unfinished([old.pk, new.pk], DAY) == {new.pk}
    turn()
    for task in LearningTask.objects.filter(officer=new):
        assert unfinished([new.pk], DAY) == {new.pk}
        assignments.confirm(task=task, by=people.actor(new.user), at=AT)
    assert unfinished([old.pk, new.pk], DAY) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_the_gate_costs_the_same_for_one_and_three(squads, posts, count, django_assert_max_num_queries):
    made.published("path", induction=True)
    some = [people.officer(squads[0], posts[0]).pk for _ in range(count)]
    with django_assert_max_num_queries(8):
        assert unfinished(some, DAY) == set(some)


def test_a_withdrawn_course_asks_nothing_at_the_next_turn_and_the_page_names_who_asks(squads, posts, client):
    officer = people.officer(squads[0], posts[0])
    course = courses.edition(courses.course("甲课程")).course
    reading = made.draft(items=0)
    made.add(reading, kind="course", title="甲课程", course=course)
    made.publish(reading)
    turn()
    assert titles(officer, withdrawn_at=None) == ["甲课程"]
    client.force_login(people.staff("trainer"))
    assert reading.title in client.get(f"/courses/manage/{course.pk}/withdraw/").content.decode()
    authoring.withdraw(course=course, reason="过时", by=people.actor(people.staff("trainer")), at=LATER)
    turn(LATER)
    assert titles(officer, withdrawn_at=None) == []
    authoring.restore(course=course, by=people.actor(people.staff("trainer")), at=LATER)
    turn(LATER)
    assert titles(officer, withdrawn_at=None) == ["甲课程"]
