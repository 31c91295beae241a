"""Ten thousand questions of one bank with all that the trainer's desk filters by, made in bulk."""

import datetime
import random
import uuid

QUESTIONS = 10_000
NOW = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
KINDS = ("single_choice", "multiple_choice", "true_false")
POINTS = [
    f"{chapter}/{topic}" for chapter in ("程序", "证据", "市容", "广告", "渣土") for topic in "甲乙丙丁戊己"
]
WORDS = [
    "围挡",
    "招牌",
    "渣土",
    "听证",
    "扣押",
    "送达",
    "陈述",
    "申辩",
    "巡查",
    "占道",
    "噪声",
    "绿化",
    "油烟",
    "工地",
    "车辆",
    "责令",
    "罚款",
    "期限",
    "证件",
    "两名",
]
SYLLABLES = "一二三四五六七八九十东南西北上下左右前后春夏秋冬金木水火土风云山川江河湖海"


def fill() -> object:
    """The bank, with versions, citations of real articles, uses, reports, near-duplicates and states."""
    from lianbing.people.models import User
    from lianbing.people.rules import SYSTEM
    from question_bank import services
    from question_bank.models import (
        Citation,
        ErrorReport,
        Question,
        QuestionUse,
        QuestionVersion,
        Twin,
    )
    from question_bank.rules.draft import Draft
    from question_bank.services.building import version_of

    chance = random.Random(4)
    bank = services.make_bank(slug="big", name="一万题", people_needed=2, by=SYSTEM, at=NOW)
    points = [services.point_named(name) for name in POINTS]
    articles = _articles()
    drafts = [_draft(number, chance, Draft) for number in range(QUESTIONS)]
    questions = Question.objects.bulk_create(
        [_question(number, bank, draft, chance, Question) for number, draft in enumerate(drafts)]
    )
    versions = []
    for question, draft in zip(questions, drafts, strict=True):
        version = version_of(draft, number=1, point=chance.choice([*points, None]), by=SYSTEM, at=NOW)
        version.question = question
        versions.append(version)
    QuestionVersion.objects.bulk_create(versions)
    cited = [
        Citation(version=version, text=f"《{law}》第{place}条", law_title=law, article=article)
        for version in versions
        if chance.random() > 0.05
        for article, law, place in [chance.choice(articles)]
    ]
    Citation.objects.bulk_create(cited)
    _use(questions, versions, chance, Question, QuestionVersion)
    QuestionUse.objects.bulk_create(
        QuestionUse(
            question=question, used_in=uuid.UUID(int=exam), title=f"第{exam}次考试", used_at=NOW, times=2
        )
        for exam in range(1, 21)
        for question in chance.sample(questions, 500)
    )
    reporter = User.objects.create_user("R-1", name="报错人")
    ErrorReport.objects.bulk_create(
        ErrorReport(version=version, reporter=reporter, reporter_name="报错人", text="有误", reported_at=NOW)
        for version in chance.sample(versions, 100)
    )
    Twin.objects.bulk_create(
        Twin(older=one, newer=other, percent=80, found_at=NOW)
        for one, other in zip(questions[:1000:10], questions[5:1000:10], strict=True)
    )
    return bank


def _draft(number, chance, draft):
    words = "".join(chance.choice(WORDS) + chance.choice(SYLLABLES) for _ in range(9))
    options = [f"{chance.choice(WORDS)}{chance.choice(SYLLABLES)}{place}" for place in range(4)]
    kind = KINDS[number % len(KINDS)]
    right = (1, 2) if kind == "multiple_choice" else (1,) if number % 50 else ()
    if kind == "true_false":
        options = ["正确", "错误"]
    return draft.of_choice(
        kind,
        f"第{number}题：{words}的是（　）。",
        options,
        right,
        explanation="见条文。" if number % 20 else "",
        difficulty=1 + number % 5,
    )


def _question(number, bank, draft, chance, model):
    return model(
        bank=bank,
        pool=("drill", "contest", "exam")[number % 3 if number % 4 else 0],
        search_text=draft.search_text(),
        fingerprint=draft.fingerprint(),
        created_at=NOW,
        changed_at=NOW - datetime.timedelta(minutes=number),
        times_used=chance.randrange(40),
        last_used_at=None if number % 4 == 0 else NOW - datetime.timedelta(days=chance.randrange(900)),
    )


def _use(questions, versions, chance, question_model, version_model):
    """Seven of ten published, the rest drafts, in review and retired."""
    for question, version in zip(questions, versions, strict=True):
        question.latest = version
        state = chance.choices(["published", "draft", "in_review", "retired"], [70, 15, 10, 5])[0]
        if state == "published" and version.keyless:
            state = "draft"
        question.state = state
        if state == "published":
            question.published_version = version
    question_model.objects.bulk_update(questions, ["latest", "state", "published_version"], batch_size=100)
    frozen = [one.pk for one, q in zip(versions, questions, strict=True) if q.state == "published"]
    for start in range(0, len(frozen), 900):
        version_model.objects.filter(pk__in=frozen[start : start + 900]).update(frozen_at=NOW)


def _articles():
    """The articles of forty made-up laws of thirty articles; the first two laws were amended since."""
    from lianbing.library.models import Article, LawEdition
    from lianbing.library.rules.numerals import article_label
    from lianbing.library.services import effective, import_text
    from lianbing.people.rules import SYSTEM

    def source(law, passed, words):
        lines = [f"# 云汐市第{law}号条例", f"{passed} 通过", "<!-- INFO END -->", "## 第一章 总则"]
        lines += [f"{article_label(n)} 这是第{n}号条文{words}。" for n in range(1, 31)]
        return "\n\n".join(lines).encode()

    for law in range(1, 41):
        import_text(data=source(law, "2020年1月2日", ""), file_name="law.md", by=SYSTEM, at=NOW)
    LawEdition.objects.update(effective_on=datetime.date(2020, 2, 1), status="published")
    found = [
        (article, article.edition.law.title, article.number)
        for article in Article.objects.select_related("edition__law")
    ]
    for law in (1, 2):
        import_text(data=source(law, "2026年1月2日", "改"), file_name="new.md", by=SYSTEM, at=NOW)
    LawEdition.objects.filter(effective_on=None).update(
        effective_on=datetime.date(2026, 2, 1), status="published"
    )
    for law in LawEdition.objects.filter(effective_on=datetime.date(2026, 2, 1)).values_list(
        "law", flat=True
    ):
        effective.settle(law=law, at=NOW)
    return found
