"""The demo's public quizzes: one open now in a campaign, one that closed three weeks ago and was drawn.

Guests and communities are invented, the questions are those of the demo's bank. Everything goes through the
services a phone would use, at past moments.
"""

import datetime
from random import Random

from django.utils import timezone

from exams.contests.models import Campaign, CampaignMaterial, Quiz, QuizGuest, QuizOffer
from exams.contests.queries.quiz import public_quiz
from exams.contests.services import campaigns, lottery, quiz_setting, quiz_taking
from exams.contests.services.quiz_setting import QuizDraft
from exams.contests.services.quiz_taking import Said
from lianbing.kit.demo import Story, chapter
from lianbing.people.models import Unit
from lianbing.people.rules import Actor, Role
from question_bank.models import KnowledgePoint, QuestionVersion

DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)
ORGANISER = "云汐市城市管理综合行政执法局"
COMMUNITIES = (
    ("001", "滨河社区", 60),
    ("002", "东园社区", 45),
    ("003", "码头社区", 80),
    ("004", "北桥社区", 50),
)
# How many of each community take part: two reach a fifth of their people, two do not.
TAKE_PART = (16, 11, 9, 4)
NAMES = (
    "晨跑的人",
    "阿春",
    "老街坊",
    "小陶",
    "河边钓者",
    "一碗面",
    "丁香",
    "七楼",
    "卖花人",
    "学徒",
    "大刘",
    "南风",
)
POINTS = (("市容管理", 4), ("环境卫生", 3))
ANYTHING = 3
TITLE = "占道经营怎么办"
TEXT = (
    "在划定的疏导点，摊主可以在规定时段内经营。看到占道影响通行，可以拨打城市管理热线反映，"
    "执法人员会先劝导、限期改正，拒不改正的才处罚。"
)


@chapter(47)
def public_quizzes(story: Story) -> None:
    """A drawn quiz, and a campaign under way with an open one."""
    bureau = Unit.objects.filter(depth=1).order_by("path").first()
    if bureau is None or "bank" not in story.data:
        return
    by = story.data["actors"][Role.TRAINER]
    _drawn(story, bureau, by)
    campaign = _campaign(story, bureau, by)
    opened = _morning(story, 3)
    quiz = _quiz(story, bureau, by, campaign, "城管知识有奖答题", opened, 10 * DAY)
    _guests(story.rng, quiz, opened, 2 * DAY)


def _morning(story: Story, back: int) -> datetime.datetime:
    """Nine o'clock so many days ago."""
    return timezone.localtime(story.now - back * DAY).replace(hour=9, minute=0, second=0, microsecond=0)


def _quiz(
    story: Story,
    bureau: Unit,
    by: Actor,
    campaign: Campaign | None,
    title: str,
    opens: datetime.datetime,
    lasts: datetime.timedelta,
) -> Quiz:
    """A published quiz of ten questions."""
    values = {
        "title": title,
        "intro": "答一答身边的城市管理知识，三次机会取最好成绩。",
        "organiser": ORGANISER,
        "unit": bureau,
        "campaign": campaign,
        "bank": story.data["bank"],
        "uses_drill_pool": True,
        "opens_at": opens,
        "closes_at": opens + lasts,
        "attempts": 3,
        "minutes": 10,
        "certificate_at": 90,
        "reveal": Quiz.Reveal.HANDED_IN,
        "codes_only": False,
        "target": 20,
        "draw_from": 60,
        "asks_contact": True,
        "answer_days": 7,
        "contact_days": 60,
    }
    points = dict(KnowledgePoint.objects.values_list("name", "pk"))
    found = KnowledgePoint.objects.in_bulk([points[name] for name, _count in POINTS])
    lines = [*((found[points[name]], count) for name, count in POINTS), (None, ANYTHING)]
    prizes = [("环保购物袋套装", 1), ("便携雨伞", 3)]
    draft = QuizDraft(values, lines, COMMUNITIES, prizes)
    made = quiz_setting.save_quiz(draft=draft, by=by, at=opens - 5 * DAY)
    quiz_setting.publish(quiz=made, by=by, at=opens - 4 * DAY)
    quiz = public_quiz(made.uid)
    assert quiz is not None
    return quiz


def _campaign(story: Story, bureau: Unit, by: Actor) -> Campaign:
    """A month for the city's new rules, with something to read, two activities planned and one done."""
    first = story.today - 10 * DAY
    made = campaigns.save_campaign(
        values={
            "title": "市容环境法治宣传月",
            "intro": "了解身边的城市管理规定，共建干净整洁的云汐。",
            "organiser": ORGANISER,
            "unit": bureau,
            "preset": "",
            "starts_on": first,
            "ends_on": first + 29 * DAY,
        },
        by=by,
        at=story.now - 15 * DAY,
    )
    at = story.now - 14 * DAY
    told = {"kind": CampaignMaterial.Kind.TEXT, "title": TITLE, "text": TEXT}
    campaigns.add_material(campaign=made, values=told, by=by, at=at)
    visit = campaigns.set_goal(campaign=made, activity="参观警示教育基地", target=1, by=by, at=at)
    campaigns.set_goal(campaign=made, activity="观看警示教育片", target=1, by=by, at=at)
    campaigns.publish(campaign=made, public=True, by=by, at=at)
    campaigns.record_activity(
        goal=visit, on=first + 4 * DAY, words="市廉政教育基地", people=36, by=by, at=story.now - 5 * DAY
    )
    return made


def _drawn(story: Story, bureau: Unit, by: Actor) -> None:
    """A quiz over and drawn: one winner gave a contact, one lost the prize to the next."""
    opened = _morning(story, 40)
    quiz = _quiz(story, bureau, by, None, "垃圾分类有奖答题", opened, 10 * DAY)
    _guests(story.rng, quiz, opened, 10 * DAY)
    lottery.publish_due(quiz.closes_at)
    lottery.draw(quiz=quiz, by=by, at=quiz.closes_at + DAY)
    winners = list(QuizOffer.objects.filter(draw__quiz=quiz).select_related("guest").order_by("place"))
    for offer in winners[:-1]:
        lottery.answer(
            guest=offer.guest, contact="前台留言：周末上午领取", consents=True, at=quiz.closes_at + 3 * DAY
        )
    lottery.pass_over(quiz.closes_at + 9 * DAY)
    [following] = QuizOffer.objects.filter(draw__quiz=quiz, answered_at=None, lapsed_at=None)
    lottery.answer(
        guest=following.guest, contact="前台留言：随时可领", consents=True, at=quiz.closes_at + 10 * DAY
    )


def _guests(rng: Random, quiz: Quiz, opened: datetime.datetime, within: datetime.timedelta) -> None:
    """People of four communities who take part, some of them three times."""
    for group, count in zip(quiz.groups.all(), TAKE_PART, strict=True):
        for _ in range(count):
            at = opened + within * (0.02 + 0.9 * rng.random())
            name = rng.choice(NAMES)
            joined = quiz_taking.join(quiz=quiz, nickname=name, group=group, code="", consents=True, at=at)
            _attempts(rng, quiz, joined.guest, at)


def _attempts(rng: Random, quiz: Quiz, guest: QuizGuest, at: datetime.datetime) -> None:
    skill = 0.45 + 0.5 * rng.random()
    for turn in range(rng.choice((1, 1, 2, 3))):
        at += 30 * SECOND
        begun = quiz_taking.start(quiz=quiz, guest=guest, at=at)
        found = QuestionVersion.objects.in_bulk([item[0] for item in begun.items])
        answers = [
            Said(place, 1, _response(rng, found[item[0]], skill + 0.1 * turn))
            for place, item in enumerate(begun.items, start=1)
        ]
        at += rng.randrange(60, 400) * SECOND
        quiz_taking.hand_in(guest=guest, number=begun.number, answers=answers, at=at)


def _response(rng: Random, version: QuestionVersion, skill: float) -> list[str]:
    """The key of somebody who knows it, else one of the options."""
    right: list[str] = version.key["options"]
    return right if rng.random() < skill else [rng.choice(version.content["options"])["id"]]
