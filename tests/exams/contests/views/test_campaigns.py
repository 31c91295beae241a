"""Campaigns: the public page, the calendar, the desk, the report."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from exams.contests.models import Campaign, CampaignActivity, CampaignGoal, CampaignMaterial
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import library, people, quizzes
from tests.factories.quizzes import BEFORE, OPENS

pytestmark = pytest.mark.django_db
# Local midnight in Shanghai before and after the campaign of 1 to 7 December.
FIRST = datetime.datetime(2026, 11, 30, 16, 0, tzinfo=datetime.UTC)
AFTER_LAST = FIRST + datetime.timedelta(days=7)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def bureau():
    return people.unit("测试局")


@pytest.fixture
def trainer(client, bureau):
    user = people.staff(Role.TRAINER, unit=bureau)
    client.force_login(user)
    return user


def _url(name, thing, *rest):
    return reverse(f"contests:{name}", args=[thing.uid, *rest])


def _get(client, address, at=BEFORE):
    with clock.pinned(at):
        return client.get(address)


def _post(client, address, data=None, at=BEFORE):
    with clock.pinned(at):
        return client.post(address, data or {})


@pytest.mark.parametrize(
    ("at", "stage", "shows"),
    [
        (FIRST - SECOND, "coming", False),
        (FIRST, "open", True),
        (AFTER_LAST - SECOND, "open", True),
        (AFTER_LAST, "over", True),
    ],
)
def test_it_opens_and_closes_by_itself_at_local_midnight(client, bureau, at, stage, shows):
    found = quizzes.campaign(unit=bureau)
    quizzes.published(unit=bureau, campaign=found)
    CampaignMaterial.objects.create(campaign=found, kind="text", title="为什么", text="因为")
    response = _get(client, _url("campaign", found), at)
    assert response.context["stage"] == stage
    text = response.content.decode()
    assert ("因为" in text) == shows
    assert ("宪法知识有奖答题" in text) == shows
    assert "/sign-in/" not in text


def test_an_unpublished_campaign_does_not_exist_for_the_public(client, bureau):
    found = quizzes.campaign(unit=bureau, published_at=None)
    assert _get(client, _url("campaign", found), FIRST).status_code == 404


def test_a_draft_quiz_stays_out_of_the_public_page(client, bureau):
    found = quizzes.campaign(unit=bureau)
    quizzes.saved(unit=bureau, campaign=found)
    assert "宪法知识有奖答题" not in _get(client, _url("campaign", found), FIRST).content.decode()


def test_the_calendar_prepares_the_constitution_day(client, trainer, bureau):
    page = _get(client, reverse("contests:campaigns"))
    assert "?day=constitution_day" in page.content.decode()
    form = _get(client, reverse("contests:campaign_new") + "?day=constitution_day").context["form"]
    assert form.initial["starts_on"] == datetime.date(2026, 12, 4)
    data = {
        "title": "宪法日",
        "organiser": "城管局",
        "unit": bureau.pk,
        "preset": "constitution_day",
        "starts_on": "2026-12-04",
        "ends_on": "2026-12-04",
    }
    _post(client, reverse("contests:campaign_new"), data)
    days = {d.span.preset.code: d for d in _get(client, reverse("contests:campaigns")).context["calendar"]}
    assert [one.title for one in days["constitution_day"].campaigns] == ["宪法日"]
    assert days["constitution_week"].campaigns == []


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"ends_on": "2026-12-03"}, "ends_on"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
        ({"title": ""}, "title"),
        ({"preset": "nowhere"}, "preset"),
    ],
)
def test_days_that_cannot_be_are_refused(client, trainer, bureau, told, field):
    data = {
        "title": "宪法日",
        "organiser": "局",
        "unit": bureau.pk,
        "starts_on": "2026-12-04",
        "ends_on": "2026-12-04",
    }
    response = _post(client, reverse("contests:campaign_new"), data | told)
    assert response.context["form"].errors[field]
    assert not Campaign.objects.exists()


def test_publishing_and_taking_back(client, trainer, bureau):
    found = quizzes.campaign(unit=bureau, published_at=None)
    _post(client, _url("campaign_publish", found), {"public": "1"})
    assert _get(client, _url("campaign", found), FIRST).status_code == 200
    _post(client, _url("campaign_publish", found))
    assert _get(client, _url("campaign", found), FIRST).status_code == 404


def test_an_article_of_the_library_can_be_read_in_public(client, trainer, bureau):
    edition = library.edition("云汐市市容条例")
    article = edition.articles.first()
    found = quizzes.campaign(unit=bureau)
    told = {"kind": "article", "law": "《云汐市市容条例》", "label": article.label}
    _post(client, _url("campaign_material", found), told)
    client.logout()
    assert article.text[:10] in _get(client, _url("campaign", found), FIRST).content.decode()


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "article", "law": "没有的法", "label": "第一条"},
        {"kind": "article"},
        {"kind": "text", "title": "只有标题"},
        {"kind": "link", "title": "网站", "url": "javascript:alert(1)"},
        {"kind": "link", "title": "网站", "url": "ftp://example.org/"},
        {"kind": "course", "title": "课程"},
    ],
)
def test_what_is_not_public_or_not_whole_is_refused(client, trainer, bureau, told):
    found = quizzes.campaign(unit=bureau)
    _post(client, _url("campaign_material", found), told)
    assert not CampaignMaterial.objects.exists()


def test_something_is_taken_off_again_by_its_organiser_alone(client, bureau):
    made = CampaignMaterial.objects.create(
        campaign=quizzes.campaign(unit=bureau), kind="text", title="x", text="y"
    )
    address = reverse("contests:campaign_material_remove", args=[made.pk])
    client.force_login(people.staff(Role.TRAINER, unit=people.unit("邻局")))
    assert _post(client, address).status_code == 404
    client.force_login(people.staff(Role.TRAINER, unit=bureau))
    _post(client, address)
    assert not CampaignMaterial.objects.exists()


def test_the_report_counts_each_kind_of_activity(client, trainer, bureau):
    """One visit and one film planned, the visit made: 1/1 and 0/1 (R20)."""
    found = quizzes.campaign(unit=bureau)
    for activity in ("参观警示教育基地", "观看警示教育片"):
        _post(client, _url("campaign_goal", found), {"activity": activity, "target": "1"})
    goal = CampaignGoal.objects.first()
    told = {"goal": goal.pk, "on": "2026-12-02", "words": "教育基地", "people": "36"}
    _post(client, _url("campaign_activity", found), told)
    rows = [
        (one.times, one.target, one.reached)
        for one in _get(client, _url("campaign_desk", found)).context["goals"]
    ]
    assert rows == [(1, 1, 36), (0, 1, 0)]


@pytest.mark.parametrize(
    "told", [{"on": "2026-12-08"}, {"on": ""}, {"people": "-1"}, {"words": ""}, {"goal": "99"}]
)
def test_an_activity_that_cannot_be_is_refused(client, trainer, bureau, told):
    found = quizzes.campaign(unit=bureau)
    goal = CampaignGoal.objects.create(campaign=found, activity="街头宣传", target=2)
    data = {"goal": goal.pk, "on": "2026-12-02", "words": "广场", "people": "5"}
    _post(client, _url("campaign_activity", found), data | told)
    assert not CampaignActivity.objects.exists()


def test_the_report_is_a_pdf_with_everything_in_it(client, trainer, bureau):
    found = quizzes.campaign(unit=bureau)
    quiz = quizzes.published(unit=bureau, campaign=found, groups=[("001", "滨河社区", 100)])
    quizzes.attempt(quiz, quizzes.guest(quiz, group=quiz.groups.get()))
    response = _get(client, _url("campaign_report", found), OPENS)
    assert response.content.startswith(b"%PDF")


def test_an_empty_report_is_a_pdf_too(client, trainer, bureau):
    assert _get(client, _url("campaign_report", quizzes.campaign(unit=bureau))).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_a_fixed_number_of_questions(client, trainer, bureau, count, django_assert_max_num_queries):
    for _ in range(count):
        found = quizzes.campaign(unit=bureau, preset="constitution_week")
        quizzes.published(unit=bureau, campaign=found)
        CampaignGoal.objects.create(campaign=found, activity="街头宣传", target=2)
    with django_assert_max_num_queries(12):
        _get(client, reverse("contests:campaigns"))
    with django_assert_max_num_queries(14):
        _get(client, _url("campaign_desk", found))
    with django_assert_max_num_queries(8):
        _get(client, _url("campaign", found), FIRST)
