"""Pictures of mastery: each number is the count of what it says, and units are counted without names."""

import datetime

import pytest

from courses.drills.models import MasteryProof, Memory, MustKnow
from courses.drills.queries import mastery
from courses.drills.queries.wrong import wrong_articles, wrong_questions
from lianbing.kit import clock
from lianbing.library.models import Law
from lianbing.people.models import Post
from lianbing.people.rules import Role
from tests.factories import drills, library
from tests.factories.people import staff, unit
from tests.factories.question_bank import BankFactory, PointFactory, published

pytestmark = pytest.mark.django_db
LAW = "《测试市市容条例》"


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(drills.NOON):
        yield


@pytest.fixture
def asked():
    """Three questions of article 1 and one of article 2, of the points 程序/听证 (2) and 程序/送达 (2)."""
    library.edition()
    bank = BankFactory()
    about = [(1, "听证"), (1, "听证"), (1, "送达"), (2, "送达")]
    return [
        published(
            bank,
            stem=f"第{place}题（　）",
            point=f"程序/{point}",
            citations=(f"{LAW}第{'一二'[number - 1]}条",),
        )
        for place, (number, point) in enumerate(about)
    ]


def masters(officer, question, *, days=30):
    """The officer masters a question for so many days (less than none: no more)."""
    return Memory.objects.create(
        officer=officer,
        question=question,
        version=question.published_version,
        stability=50,
        difficulty=5,
        state=2,
        due_at=drills.NOON,
        last_at=drills.MADE,
        mastered_until=drills.NOON + drills.DAY * days,
    )


def told(lines):
    return {line.topic.title: (line.part.mastered, line.part.size) for line in lines}


def test_my_mastery_by_law_article_and_point_counts_the_same_questions(asked):
    officer = drills.learner()
    for question in (asked[0], asked[3]):
        masters(officer, question)
    masters(officer, asked[1], days=-1)
    law = Law.objects.get()
    assert told(mastery.law_lines(officer.pk, drills.NOON)) == {"测试市市容条例": (2, 4)}
    articles = told(mastery.article_lines(officer.pk, law.pk, drills.NOON))
    assert articles == {"第一条": (1, 3), "第二条": (1, 1)}
    points = told(mastery.point_lines(officer.pk, drills.NOON))
    assert points == {"程序": (2, 4), "听证": (1, 2), "送达": (1, 2)}


def test_an_answer_changes_the_mastery_that_is_shown(asked, client):
    officer = drills.learner()
    client.force_login(officer.user)
    assert client.get("/drills/mastery/").context["lines"][0].part.mastered == 0
    for day in (0, 3):
        at = drills.NOON + drills.DAY * day
        drills.take_all(drills.drill_set(officer, asked, made_at=at - drills.DAY / 4), at=at)
    with clock.pinned(drills.NOON + drills.DAY * 4):
        assert client.get("/drills/mastery/").context["lines"][0].part.mastered == 4


@pytest.fixture
def brigade(asked):
    """Two squads of two people each; the common list holds the point 程序/听证, the first post's 程序/送达 too."""
    root = unit("局")
    squads = [unit("一中队", root), unit("二中队", root)]
    post = Post.objects.create(name="巡查岗")
    people = [[drills.learner(squad), drills.learner(squad)] for squad in squads]
    people[0][0].appointments.update(post=post)
    for of, name in ((None, "程序/听证"), (post, "程序/送达")):
        MustKnow.objects.create(post=of, point=PointFactory(name=name), added_at=drills.MADE, by_name="甲")
    return root, squads, people, post


def test_the_mastery_of_a_unit_is_that_of_its_peoples_own_lists(asked, brigade):
    root, squads, people, post = brigade
    for question in asked:
        masters(people[0][0], question)
        masters(people[1][0], question)
    counts = mastery.counted(root.path, drills.NOON, mastery.lists(drills.NOON))
    found = mastery.by_unit(root.path, counts)
    parts = [found[squad.path].part for squad in squads]
    assert [(part.mastered, part.size, part.percent) for part in parts] == [(4, 6, 67), (2, 4, 50)]
    assert mastery.by_post(counts)[post.pk].part.percent == 100


def test_what_people_proved_is_counted_for_the_post_they_hold(asked, brigade):
    root, squads, people, post = brigade
    officer = people[0][0]
    for passed, of in ((True, post), (False, post), (True, None)):
        MasteryProof.objects.create(
            officer=officer,
            post=of,
            drill_set=drills.drill_set(officer, asked[:1]),
            on=clock.today(),
            at=drills.NOON,
            asked=20,
            right=20,
            passed=passed,
            holds_until=clock.today() + datetime.timedelta(days=9),
        )
    found = mastery.by_unit(root.path, mastery.counted(root.path, drills.NOON, mastery.lists(drills.NOON)))
    assert [(found[squad.path].proved, found[squad.path].people) for squad in squads] == [(1, 2), (0, 2)]


def test_a_leader_sees_counts_of_the_own_unit_and_no_names(client, asked, brigade):
    root, squads, people, _post = brigade
    client.force_login(staff(Role.LEADER, unit=root))
    page = client.get("/drills/manage/units/")
    assert "一中队" in page.text
    assert all(one.name not in page.text for squad in people for one in squad)
    assert client.get("/drills/manage/units/", {"unit": squads[0].pk}).status_code == 200


@pytest.mark.parametrize("address", ["/drills/manage/units/", "/drills/manage/wrong/"])
def test_a_leader_sees_no_other_unit(client, asked, brigade, address):
    _root, squads, _people, _post = brigade
    client.force_login(staff(Role.LEADER, unit=squads[0]))
    assert client.get(address, {"unit": squads[1].pk}).status_code == 403
    assert client.get(address, {"unit": squads[0].pk}).status_code == 200
    assert client.get(address, {"unit": "²"}).status_code == 404


def test_what_a_unit_gets_wrong_names_questions_and_articles(asked, brigade):
    root, squads, people, _post = brigade
    everybody = [*people[0], *people[1], drills.learner(root)]
    for place, officer in enumerate(everybody):
        drills.take_all(drills.drill_set(officer, asked[:1]), is_right=place == 0)
    [line] = wrong_questions(root.path, clock.today())
    assert (line.question, line.wrong, line.answers, line.people) == (asked[0], 4, 5, 5)
    [article] = wrong_articles(root.path, clock.today())
    assert (article.title, article.percent) == ("测试市市容条例 第一条", 80)
    assert wrong_questions(squads[0].path, clock.today()) == []


def test_too_few_people_are_not_shown(asked, brigade):
    root, _squads, people, _post = brigade
    for officer in people[0]:
        drills.take_all(drills.drill_set(officer, asked), is_right=False)
    assert wrong_questions(root.path, clock.today()) == []
    assert wrong_articles(root.path, clock.today()) == []


@pytest.mark.parametrize(
    "address",
    [
        "/drills/mastery/",
        "/drills/mastery/?by=point",
        "law",
        "/drills/manage/units/",
        "/drills/manage/wrong/",
        "/drills/manage/",
    ],
)
def test_pages_cost_the_same_for_one_and_for_three(
    client, asked, brigade, address, django_assert_max_num_queries
):
    root, squads, people, _post = brigade
    for count in (1, 3):
        for question in asked[:count]:
            for officer in people[0]:
                Memory.objects.filter(officer=officer, question=question).delete()
                masters(officer, question)
        for _ in range(count):
            drills.take_all(drills.drill_set(drills.learner(squads[1]), asked), is_right=False)
        manages = "manage" in address
        client.force_login(staff(Role.LEADER, unit=root) if manages else people[0][0].user)
        wanted = f"/drills/mastery/laws/{Law.objects.get().pk}/" if address == "law" else address
        with django_assert_max_num_queries(15):
            assert client.get(wanted).status_code == 200
