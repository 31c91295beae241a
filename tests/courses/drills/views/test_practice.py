"""Practice one chooses: topics, the wrong-answer book, bookmarks, the challenge run, and the front page."""

import datetime

import pytest

from courses.drills.models import Bookmark, DrillSet, Mistake
from courses.drills.services import practice
from courses.drills.services.answering import DrillRefused
from lianbing.kit import clock
from lianbing.library.ports import practice_of
from question_bank.models import Pool, Question
from tests.factories import drills, library, people
from tests.factories.drills import DAY, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client):
    """An officer who is signed in."""
    made = drills.learner()
    client.force_login(made.user)
    return made


@pytest.fixture
def law():
    """A law whose first article questions cite."""
    return library.edition("云汐市测试条例").law


def get(client, path, at=NOON):
    with clock.pinned(at):
        return client.get(path)


def post(client, path, at=NOON, **data):
    with clock.pinned(at):
        return client.post(path, data)


def wrongly(learner, count=1, at=NOON):
    """So many questions answered wrong, in the book."""
    asked = drills.questions(count)
    made = drills.drill_set(learner, asked)
    drills.take_all(made, is_right=False, at=at)
    return asked


def made_by(reply):
    """The set a reply leads to."""
    return DrillSet.objects.get(uid=reply.url.split("/")[3])


def test_the_front_page_makes_todays_set_once(client, learner):
    drills.questions(12)
    for _turn in range(2):
        page = get(client, "/drills/")
    made = DrillSet.objects.get()
    assert (made.kind, len(made.versions), page.context["today"]) == ("daily", 10, made)
    assert page.context["home"]["carried"] == [f"/drills/sets/{made.uid}/"]


def test_the_front_page_says_so_when_nothing_is_open_to_drills(client, learner):
    page = get(client, "/drills/")
    assert page.context["today"] is None
    assert not DrillSet.objects.exists()


def test_who_is_no_officer_gets_no_set(client):
    drills.questions(1)
    client.force_login(people.staff("trainer"))
    assert get(client, "/drills/").context["may_drill"] is False
    assert post(client, "/drills/challenge/").status_code == 404
    assert not DrillSet.objects.exists()


@pytest.mark.parametrize(("kind", "asked"), [("weekly", 20), ("monthly", 25)])
def test_the_weekly_set_and_the_monthly_test_open_when_wanted(client, learner, kind, asked):
    drills.questions(25)
    first, second = (post(client, f"/drills/open/{kind}/") for _ in range(2))
    assert made_by(first) == made_by(second)
    assert len(made_by(first).versions) == asked


def test_no_other_set_opens_by_itself(client, learner):
    assert post(client, "/drills/open/challenge/").url == "/drills/"


def test_practice_by_law_asks_what_cites_it(client, learner, law):
    drills.questions(3, citations=("《云汐市测试条例》第一条",))
    drills.questions(2, citations=("《别的条例》第九条",))
    page = get(client, f"/drills/practise/law/{law.pk}/")
    assert (page.context["count"], [one.count for one in page.context["articles"]]) == (3, [3])
    made = made_by(post(client, f"/drills/practise/law/{law.pk}/"))
    assert (made.title, len(made.versions), made.source) == ("云汐市测试条例", 3, {"law": law.pk})


def test_practice_by_article_and_by_point_ask_what_is_about_it(client, learner, law):
    asked = drills.questions(2, citations=("《云汐市测试条例》第一条",))
    article = law.editions.get().articles.get(number=1)
    point = asked[0].published_version.knowledge_point
    for path in (f"article/{article.pk}", f"point/{point.pk}"):
        assert len(made_by(post(client, f"/drills/practise/{path}/")).versions) == 2


@pytest.mark.parametrize("path", ["law/999", "nothing/1", "law/99999999999999999999", "card/3", "point/0"])
def test_what_is_not_there_cannot_be_practised(client, learner, path):
    assert get(client, f"/drills/practise/{path}/").status_code == 404


def test_a_topic_without_questions_says_so_and_makes_no_set(client, learner, law):
    assert get(client, f"/drills/practise/law/{law.pk}/").context["count"] == 0
    assert post(client, f"/drills/practise/law/{law.pk}/").url == f"/drills/practise/law/{law.pk}/"
    assert not DrillSet.objects.exists()


def test_topics_are_listed_by_law_and_by_point(client, learner, law):
    drills.questions(2, citations=("《云汐市测试条例》第一条",), point="执法程序/听证")
    assert [(one.title, one.count) for one in get(client, "/drills/practise/").context["topics"]] == [
        ("云汐市测试条例", 2)
    ]
    shown = get(client, "/drills/practise/?by=point").context["topics"]
    assert ("听证", 2, 1) in [(one.title, one.count, one.depth) for one in shown]


def test_what_is_reserved_for_exams_is_practised_nowhere(client, learner, law):
    drills.questions(2, citations=("《云汐市测试条例》第一条",))
    Question.objects.update(pool=Pool.EXAM)
    assert get(client, "/drills/practise/").context["topics"] == []
    assert get(client, f"/drills/practise/law/{law.pk}/").context["count"] == 0


def test_a_wrong_answer_comes_into_the_book_by_itself(client, learner, law):
    wrongly(learner)
    page = get(client, "/drills/mistakes/")
    group, row = page.context["page_obj"][0]
    assert (group.law, group.label) == ("云汐市测试条例", "第一条")
    assert "第1道练习题" in page.content.decode()
    assert row.successes == 0


def test_the_book_is_drilled_until_it_is_empty(client, learner):
    wrongly(learner)
    for turn in range(1, 4):
        at = NOON + turn * DAY
        made = made_by(post(client, "/drills/mistakes/", at=at))
        drills.take_all(made, at=at + datetime.timedelta(hours=1))
    assert Mistake.objects.get().cleared_at
    assert get(client, "/drills/mistakes/", at=NOON + 4 * DAY).context["page_obj"].paginator.count == 0


def test_one_article_of_the_book_is_drilled_by_itself(client, learner, law):
    wrongly(learner, 2)
    article = law.editions.get().articles.get(number=1)
    made = made_by(post(client, "/drills/mistakes/", article=article.pk, at=NOON + DAY))
    assert (len(made.versions), made.title) == (2, "《云汐市测试条例》第一条")


@pytest.mark.parametrize("article", ["x", "0", "9" * 30, "²"])
def test_a_senseless_article_drills_the_whole_book(client, learner, article):
    wrongly(learner, 2)
    assert len(made_by(post(client, "/drills/mistakes/", article=article, at=NOON + DAY)).versions) == 2


def test_bookmarks_are_listed_drilled_and_removed(client, learner):
    kept = drills.questions(2)[0]
    for on in ("1", "1"):
        post(client, "/drills/bookmarks/one/", version=kept.published_version_id, on=on)
    assert get(client, "/drills/bookmarks/").context["page_obj"].paginator.count == 1
    assert made_by(post(client, "/drills/bookmarks/")).versions == [kept.published_version_id]
    post(client, "/drills/bookmarks/one/", version=kept.published_version_id, on="0")
    assert not Bookmark.objects.exists()


def test_what_cannot_be_drilled_cannot_be_kept(client, learner):
    asked = drills.questions(1)[0]
    Question.objects.update(pool=Pool.EXAM)
    post(client, "/drills/bookmarks/one/", version=asked.published_version_id, on="1")
    assert not Bookmark.objects.exists()


def test_there_is_an_end_to_bookmarks(learner, monkeypatch):
    monkeypatch.setattr(practice, "MOST_BOOKMARKS", 1)
    first, second = (one.published_version_id for one in drills.questions(2))
    told = {"officer": learner, "on": True, "by": drills.actor(learner), "at": NOON}
    practice.bookmark(version=first, **told)
    with pytest.raises(DrillRefused):
        practice.bookmark(version=second, **told)


def test_a_bookmark_never_leads_to_another_site(client, learner):
    asked = drills.questions(1)[0]
    data = {"version": asked.published_version_id, "on": "1"}
    reply = client.post("/drills/bookmarks/one/", data, headers={"Referer": "https://evil.example/"})
    assert reply.url == "/drills/bookmarks/"


def test_a_run_asks_thirty_questions_the_easiest_first(client, learner):
    for difficulty in (5, 1, 3):
        drills.questions(12, difficulty=difficulty)
    made = made_by(post(client, "/drills/challenge/"))
    found = [one.difficulty for one in drills.versions_of(made)]
    assert (made.kind, len(found), found) == ("challenge", 30, sorted(found))
    page = get(client, "/drills/challenge/")
    assert [(run.passed, run.over) for _set, run in page.context["runs"]] == [(0, False)]


def test_least_known_questions_are_practised_first(learner):
    asked = drills.questions(4)
    drills.take_all(drills.drill_set(learner, asked[:2]), at=NOON)
    chosen = practice.chosen({one.pk for one in asked}, officer=learner, at=NOON, size=3)
    assert chosen[:2] == [asked[2].pk, asked[3].pk]
    assert chosen[2] in {asked[0].pk, asked[1].pk}


def test_a_card_without_questions_leads_nowhere():
    assert practice_of(999) == ""


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "path",
    ["", "practise/", "practise/?by=point", "practise/?by=card", "mistakes/", "bookmarks/", "challenge/"],
)
def test_no_page_asks_the_database_more_for_more_rows(
    client, learner, law, path, count, django_assert_max_num_queries
):
    drills.questions(2)
    for asked in wrongly(learner, count):
        post(client, "/drills/bookmarks/one/", version=asked.published_version_id, on="1")
        post(client, "/drills/challenge/")
    get(client, "/drills/")
    with django_assert_max_num_queries(15):
        assert get(client, f"/drills/{path}").status_code == 200
