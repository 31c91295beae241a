"""Questions for tests: a bank, drafts and published questions of every kind."""

import datetime

import factory
from factory.django import DjangoModelFactory

from lianbing.people.rules import SYSTEM
from question_bank import services
from question_bank.models import KnowledgePoint, QuestionBank
from question_bank.rules.draft import Draft

MOMENT = datetime.datetime(2026, 11, 1, 1, 0, tzinfo=datetime.UTC)
CLASSIFIED = {"point": "执法程序", "citations": ("《云汐市测试条例》第一条",)}
TEXTS = {
    "single_choice": (("一人", "二人", "三人", "四人"), (1,)),
    "multiple_choice": (("甲", "乙", "丙", "丁"), (0, 2)),
    "true_false": (("正确", "错误"), (0,)),
}


class BankFactory(DjangoModelFactory):
    class Meta:
        model = QuestionBank

    slug = factory.Sequence(lambda n: f"bank-{n}")
    name = factory.Sequence(lambda n: f"题库{n}")
    created_at = MOMENT


class PointFactory(DjangoModelFactory):
    class Meta:
        model = KnowledgePoint
        django_get_or_create = ("name",)

    name = "执法程序"


def draft(kind="single_choice", **fields):
    """A sound draft of a kind."""
    options, right = TEXTS[kind]
    told = {"stem": "执法时不得少于（　）。", "options": options, "right": right, "explanation": "见条文。"}
    return Draft.of_choice(kind, **(told | CLASSIFIED | fields))


def question(bank=None, kind="single_choice", by=SYSTEM, at=MOMENT, **fields):
    """A draft question. `fields` are those of a Draft (stem, options, right, point, ...)."""
    bank = bank or BankFactory()
    return services.create_question(bank=bank, draft=draft(kind, **fields), by=by, at=at)


def published(bank=None, kind="single_choice", by=SYSTEM, at=MOMENT, **fields):
    """A published question of a bank that asks for no second person."""
    made = question(bank, kind, by=by, at=at, **fields)
    services.publish(question=made, by=by, at=at)
    made.refresh_from_db()
    return made


def stocked(bank=None, *, point="执法程序", **counts):
    """A bank with so many published questions of each kind: stocked(single_choice=5, true_false=2)."""
    bank = bank or BankFactory()
    for kind, count in counts.items():
        for number in range(count):
            published(bank, kind, stem=f"{point}第{number + 1}题（{kind}）", point=point)
    return bank
