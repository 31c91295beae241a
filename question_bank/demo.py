"""The demo's chapter of questions: a bank written by a trainer and approved by the legal section."""

import datetime
import json
from pathlib import Path

from lianbing.kit.demo import Story, chapter
from lianbing.people.rules import Role
from question_bank import services
from question_bank.formats import File
from question_bank.models import Question, QuestionBank
from question_bank.rules.draft import Draft

DATA = Path(__file__).resolve().parent / "demo_data"
SLUG = "yunxi"
NAME = "云汐城管执法基础题库"
WRITTEN_DAYS_AGO = 150
A_DAY_LATER = datetime.timedelta(days=1)


@chapter(30)
def question_bank(story: Story) -> None:
    """Leaves story.data["bank"], the published bank every exam of the demo draws from."""
    trainer, legal = story.data["actors"][Role.TRAINER], story.data["actors"][Role.LEGAL]
    written = story.now - datetime.timedelta(days=WRITTEN_DAYS_AGO)
    bank = services.make_bank(slug=SLUG, name=NAME, people_needed=2, by=trainer, at=written)
    services.import_bank(file=File(DATA / "questions.csv"), bank=SLUG, publish=True, by=trainer, at=written)
    for number, question in enumerate(Question.objects.filter(bank=bank).order_by("pk")):
        services.publish(
            question=question, by=legal, at=written + A_DAY_LATER + datetime.timedelta(minutes=3 * number)
        )
    _write_every_kind(bank, story, written + 2 * A_DAY_LATER)
    _retire_two(bank, story)
    _leave_some_waiting(story)
    story.data["bank"] = bank


def _write_every_kind(bank: QuestionBank, story: Story, at: datetime.datetime) -> None:
    """The kinds a spreadsheet does not hold well, as normal forms: fill-in, ordering, texts, cases ..."""
    trainer, legal = story.data["actors"][Role.TRAINER], story.data["actors"][Role.LEGAL]
    for told in json.loads((DATA / "kinds.json").read_text(encoding="utf-8")):
        draft = Draft(**told | {"citations": tuple(told["citations"])})
        question = services.create_question(bank=bank, draft=draft, by=trainer, at=at)
        services.submit_for_review(question=question, by=trainer, at=at + datetime.timedelta(hours=1))
        services.publish(question=question, by=legal, at=at + A_DAY_LATER)


def _retire_two(bank: QuestionBank, story: Story) -> None:
    legal, at = story.data["actors"][Role.LEGAL], story.now - datetime.timedelta(days=30)
    for stem in ("按照条例的解释，下列用语包括本数的有", "禁止在住宅的"):
        question = Question.objects.get(bank=bank, search_text__startswith=stem)
        services.retire(question=question, reason="选项表述容易引起歧义，另行命题", by=legal, at=at)


def _leave_some_waiting(story: Story) -> None:
    """Seven newer questions: four handed in for review, three still drafts."""
    trainer, at = story.data["actors"][Role.TRAINER], story.now - datetime.timedelta(days=3)
    before = Question.objects.latest("pk").pk
    services.import_bank(file=File(DATA / "waiting.csv"), bank=SLUG, by=trainer, at=at)
    new = list(Question.objects.filter(pk__gt=before).order_by("pk"))
    for number, question in enumerate(new[:4]):
        services.submit_for_review(
            question=question, by=trainer, at=at + datetime.timedelta(hours=number + 1)
        )
