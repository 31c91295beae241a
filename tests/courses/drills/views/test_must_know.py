"""Must-know lists: who sees which, who keeps them, the self-test that proves them."""

import pytest

from courses.drills.models import DrillSet, MasteryProof, MustKnow
from courses.drills.queries.must_know import entries_of, questions_of
from courses.drills.queries.sets import questions_on_offer
from courses.drills.rules import self_test
from lianbing.kit import clock
from lianbing.kit.models import AuditRecord
from lianbing.people.models import Appointment, Post
from lianbing.people.rules import Role
from tests.factories import cards, drills
from tests.factories.people import staff, unit
from tests.factories.question_bank import BankFactory, PointFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(drills.NOON):
        yield


@pytest.fixture
def posts():
    """Two posts with a question each, and one for everybody: (A, B, {name: question})."""
    bank = BankFactory()
    asked = {name: published(bank, stem=f"{name}（　）", point=name) for name in ("通用", "甲岗", "乙岗")}
    first, second = Post.objects.create(name="甲"), Post.objects.create(name="乙")
    for post, name in ((None, "通用"), (first, "甲岗"), (second, "乙岗")):
        listed(post, name)
    return first, second, asked


def listed(post, name, **fields):
    point = PointFactory(name=name)
    return MustKnow.objects.create(post=post, point=point, added_at=drills.MADE, by_name="教官", **fields)


def serving(post):
    officer = drills.learner()
    officer.appointments.update(post=post)
    return officer


def test_an_officer_of_a_post_sees_its_list_and_the_common_one_only(client, posts):
    first, _second, _asked = posts
    client.force_login(serving(first).user)
    page = client.get("/drills/must-know/").text
    assert "甲岗" in page
    assert "通用" in page
    assert "乙岗" not in page


def test_a_post_is_asked_what_stands_on_its_list_and_the_common_one(posts):
    first, _second, asked = posts
    assert questions_of(first, clock.today()) == {asked["甲岗"].pk, asked["通用"].pk}
    assert questions_of(None, clock.today()) == {asked["通用"].pk}


def test_a_change_of_post_changes_the_must_know_at_once(posts):
    first, second, asked = posts
    officer = serving(first)
    Appointment.objects.filter(officer=officer).update(post=second)
    offered = questions_on_offer(officer=officer, at=drills.NOON, on=clock.today())
    assert {one.question_id for one in offered} == {asked["乙岗"].pk, asked["通用"].pk}


def test_a_knowledge_point_means_all_below_it():
    below = published(BankFactory(), stem="听证（　）", point="执法程序/听证")
    listed(None, "执法程序")
    assert questions_of(None, clock.today()) == {below.pk}


def test_what_was_taken_off_is_gone_today_and_stood_yesterday(posts):
    first, _second, asked = posts
    entry = MustKnow.objects.get(post=first)
    MustKnow.objects.filter(pk=entry.pk).update(removed_at=drills.NOON, added_at=drills.MADE - 5 * drills.DAY)
    assert asked["甲岗"].pk not in questions_of(first, clock.today())
    assert entry in entries_of(first.pk, clock.today() - drills.DAY)


def test_questions_reserved_for_exams_are_out_of_reach(posts):
    first, _second, asked = posts
    asked["甲岗"].pool = "exam"
    asked["甲岗"].save()
    assert asked["甲岗"].pk not in questions_of(first, clock.today())


def test_the_risks_of_a_card_stand_in_the_must_know(client, posts):
    first = posts[0]
    cards.approved(risks="收受商户财物")
    entry = MustKnow(post=first, card=cards.card(), added_at=drills.MADE, by_name="教官")
    entry.save()
    client.force_login(serving(first).user)
    assert "收受商户财物" in client.get("/drills/must-know/").text


def test_a_trainer_puts_a_point_on_a_list_once(client, posts):
    first = posts[0]
    client.force_login(staff(Role.TRAINER))
    sent = {"kind": "point", "thing": PointFactory(name="乙岗").pk}
    client.post(f"/drills/manage/must-know/{first.pk}/add/", sent)
    page = client.post(f"/drills/manage/must-know/{first.pk}/add/", sent, follow=True)
    assert MustKnow.objects.filter(post=first, removed_at=None).count() == 2
    assert "alert-bad" in page.text
    assert AuditRecord.objects.filter(action="must_know_added").count() == 1


def test_the_database_keeps_the_common_list_free_of_doubles(client, posts):
    client.force_login(staff(Role.TRAINER))
    client.post("/drills/manage/must-know/0/add/", {"kind": "point", "thing": PointFactory(name="通用").pk})
    assert MustKnow.objects.filter(post=None, removed_at=None).count() == 1


def test_taking_off_keeps_the_row_and_the_thing_may_come_back(client, posts):
    first = posts[0]
    client.force_login(staff(Role.TRAINER))
    entry = MustKnow.objects.get(post=first)
    client.post(f"/drills/manage/must-know/entries/{entry.pk}/remove/")
    assert not entries_of(first.pk, clock.today()).filter(post=first).exists()
    client.post(f"/drills/manage/must-know/{first.pk}/add/", {"kind": "point", "thing": entry.point_id})
    assert MustKnow.objects.filter(post=first).count() == 2


def test_entries_move_up_and_down(client, posts):
    first = posts[0]
    moved = listed(first, "通用", position=9)
    client.force_login(staff(Role.TRAINER))
    client.post(f"/drills/manage/must-know/entries/{moved.pk}/move/", {"up": "1"})
    rows = MustKnow.objects.filter(post=first).order_by("position")
    assert [row.point.name for row in rows] == ["通用", "甲岗"]


def test_a_trainer_of_one_brigade_keeps_no_list_of_the_bureau(client, posts):
    first = posts[0]
    client.force_login(staff(Role.TRAINER, unit=unit("一大队", unit("局"))))
    client.post(f"/drills/manage/must-know/{first.pk}/add/", {"kind": "point", "thing": PointFactory().pk})
    assert MustKnow.objects.filter(post=first).count() == 1


@pytest.mark.parametrize("query", ["?q=岗", "?q=SR", "?law=999", "?q=%", "?law=x", ""])
def test_a_search_offers_what_can_be_put_on_a_list(client, posts, query):
    client.force_login(staff(Role.TRAINER))
    page = client.get(f"/drills/manage/must-know/{posts[0].pk}/{query}")
    assert page.status_code == 200
    assert ("乙岗" in page.text) == (query == "?q=岗")


@pytest.mark.parametrize("sent", [{}, {"kind": "point", "thing": "x"}, {"kind": "no", "thing": "1"}])
def test_what_no_page_sends_is_not_found(client, posts, sent):
    client.force_login(staff(Role.TRAINER))
    assert client.post("/drills/manage/must-know/0/add/", sent).status_code == 404


def test_all_cards_of_a_post_are_put_on_at_once(client):
    post = Post.objects.create(name="市容管理岗")
    cards.approved("SR-01", posts=("市容管理岗",))
    client.force_login(staff(Role.TRAINER))
    for _ in range(2):
        client.post(f"/drills/manage/must-know/{post.pk}/add/", {"cards": "1"})
    assert MustKnow.objects.filter(post=post, card__code="SR-01").count() == 1


def self_tested(client, officer, *, is_right, at=drills.NOON):
    client.force_login(officer.user)
    client.post("/drills/must-know/test/")
    drilled = DrillSet.objects.get(officer=officer, source__has_key="self_test", on=clock.today())
    drills.take_all(drilled, is_right=is_right, at=at + drills.DAY / 24)
    return drilled


def test_a_passed_self_test_proves_the_must_know_for_half_a_year(client, posts):
    officer = serving(posts[0])
    drilled = self_tested(client, officer, is_right=True)
    proof = MasteryProof.objects.get(drill_set=drilled)
    assert (proof.passed, proof.right, proof.asked, proof.post) == (True, 2, 2, posts[0])
    assert proof.holds_until == clock.today() + self_test.HOLDS
    assert "2/2" in client.get("/drills/must-know/").text


def test_a_failed_self_test_is_written_down_and_proves_nothing(client, posts):
    self_tested(client, serving(posts[0]), is_right=False)
    assert not MasteryProof.objects.get().passed
    assert client.get("/drills/must-know/").context["proof"] is None


def test_a_day_has_one_self_test(client, posts):
    self_tested(client, serving(posts[0]), is_right=False)
    page = client.post("/drills/must-know/test/", follow=True)
    assert "alert-bad" in page.text
    assert DrillSet.objects.filter(source__has_key="self_test").count() == 1


def test_what_was_proved_for_one_post_proves_nothing_for_the_next(client, posts):
    officer = serving(posts[0])
    self_tested(client, officer, is_right=True)
    officer.appointments.update(post=posts[1])
    assert client.get("/drills/must-know/").context["proof"] is None
    assert MasteryProof.objects.filter(post=posts[0], passed=True).exists()


@pytest.mark.parametrize(
    ("right", "asked", "passed"), [(16, 20, True), (15, 20, False), (0, 0, False), (4, 5, True)]
)
def test_four_in_five_pass(right, asked, passed):
    assert self_test.passes(right=right, asked=asked) is passed


@pytest.mark.parametrize("address", ["/drills/must-know/", "/drills/manage/must-know/", "list"])
def test_pages_cost_the_same_for_one_and_for_three_entries(
    client, posts, address, django_assert_max_num_queries
):
    first = posts[0]
    for count in (1, 3):
        for number in range(count):
            published(BankFactory(), stem=f"{count}{number}（　）", point=f"点{count}{number}")
            listed(first, f"点{count}{number}")
        own = address == "/drills/must-know/"
        client.force_login(serving(first).user if own else staff(Role.TRAINER))
        wanted = f"/drills/manage/must-know/{first.pk}/" if address == "list" else address
        with django_assert_max_num_queries(15):
            assert client.get(wanted).status_code == 200
