"""Exams for tests: a bank with questions, a sitting with papers, an attempt with the pen taken."""

import datetime
import uuid
from decimal import Decimal
from types import SimpleNamespace

from exams.models import Attempt, Blueprint, BlueprintLine, Candidate, Paper, Sitting
from exams.queries.papers import parsers  # noqa: F401 -- handy in tests
from exams.rules.marks import Section
from question_bank import kinds
from question_bank.models import KnowledgePoint, Question, QuestionBank, QuestionVersion
from tests.factories import kinds as questions
from tests.factories import people

NOON = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
CLIENT, DEVICE = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
OTHER_CLIENT, OTHER_DEVICE = str(uuid.UUID(int=3)), str(uuid.UUID(int=4))


def bank(slug="test"):
    made, _ = QuestionBank.objects.get_or_create(slug=slug, defaults={"name": "测试题库", "created_at": NOON})
    return made


def point(name="知识点"):
    return KnowledgePoint.objects.get_or_create(name=name)[0]


PLAIN = {"single_choice": ["a1"], "multiple_choice": ["a1", "b2"], "true_false": ["a1"]}


def _plain(kind, number):
    ids = ["a1", "b2"] if kind == "true_false" else ["a1", "b2", "c3", "d4"]
    content = {"stem": f"题目 {number}", "options": [{"id": i, "text": f"选项 {i}"} for i in ids]}
    return content, {"options": PLAIN[kind]}


def question(in_bank=None, kind="single_choice", about=None, n=0, of=None):
    """A published question. Options "a1" ... ; "a1" is right ("a1" and "b2" for multiple choice).

    The other kinds are those of `tests.factories.kinds`; `of` is one of them to be used as it is.
    """
    row = Question.objects.create(bank=in_bank or bank(), fingerprint="", created_at=NOON, changed_at=NOON)
    if of is None and kind not in PLAIN:
        of = questions.of(kind)
    content, key = (of.content, of.key) if of else _plain(kind, row.pk)
    kind = of.kind.name if of else kind
    version = QuestionVersion.objects.create(
        question=row,
        number=1,
        kind=kind,
        content=content,
        key=key,
        explanation="SECRET-EXPLANATION",
        knowledge_point=about,
        created_at=NOON,
        frozen_at=NOON,
    )
    Question.objects.filter(pk=row.pk).update(state="published", published_version=version, latest=version)
    return version


def blueprint(*lines, in_bank=None, title="测试蓝图"):
    """A blueprint from (point, kind, count, marks) lines; one single choice worth 2 by default."""
    made = Blueprint.objects.create(title=title, bank=in_bank or bank(), created_at=NOON)
    for position, (about, kind, count, marks) in enumerate(lines or [(None, "single_choice", 1, "2")]):
        BlueprintLine.objects.create(
            blueprint=made,
            position=position,
            knowledge_point=about,
            kind=kind,
            count=count,
            marks=Decimal(marks),
        )
    return made


def sitting(unit=None, opens_at=NOON, closes_at=NOON + 120 * MINUTE, frozen=True, **fields):
    """A sitting of an hour within a window of two, open from noon, papers frozen an hour before."""
    unit = unit or people.unit()
    fields.setdefault("blueprint", None)
    fields["blueprint"] = fields["blueprint"] or blueprint()
    made = Sitting.objects.create(
        title=fields.pop("title", "测试考试"),
        unit=unit,
        opens_at=opens_at,
        closes_at=closes_at,
        duration_minutes=fields.pop("duration_minutes", 60),
        pass_mark=fields.pop("pass_mark", Decimal(6)),
        created_at=NOON - 120 * MINUTE,
        papers_frozen_at=NOON - 60 * MINUTE if frozen else None,
        **fields,
    )
    made.units.add(unit)
    return made


def candidate(at_sitting, officer=None, versions=None, marks="2", sections=(), **fields):
    """A candidate with a paper of these versions (ten new single choice questions by default).

    `sections` are (Section, how many questions); one that marks exactly by default.
    """
    officer = officer or people.officer(at_sitting.unit)
    versions = versions or [question() for _ in range(10)]
    made = Candidate.objects.create(
        sitting=at_sitting,
        officer=officer,
        unit=at_sitting.unit,
        unit_name=at_sitting.unit.name,
        name=officer.name,
        staff_number=officer.staff_number,
        category=officer.category,
        **fields,
    )
    sections = sections or [(Section(), len(versions))]
    places = [place for place, (_, count) in enumerate(sections) for _ in range(count)]
    Paper.objects.create(
        candidate=made,
        seed=uuid.uuid4().hex,
        items=[
            [v.pk, v.kind, marks, kinds.get(v.kind).orders(v.content), place]
            for v, place in zip(versions, places, strict=True)
        ],
        sections=[section.as_json() for section, _ in sections],
        full_marks=Decimal(marks) * len(versions),
        frozen_at=NOON - 60 * MINUTE,
    )
    return made


def attempt(of=None, started_at=NOON, **fields):
    """An open attempt of a candidate; the deadline follows from the sitting."""
    of = of or candidate(sitting())
    fields.setdefault("deadline", started_at + of.sitting.duration_minutes * MINUTE)
    return Attempt.objects.create(candidate=of, user=of.officer.user, started_at=started_at, **fields)


def pen(of, client=CLIENT, device=DEVICE, password=None, at=NOON):
    """The lease of an attempt, taken by a client."""
    from exams.services import attempts

    taken = attempts.take_lease(
        attempt=of,
        user=of.user,
        client=uuid.UUID(client),
        device=uuid.UUID(device),
        password=password,
        at=at,
    )
    return SimpleNamespace(lease=taken.lease, ticket=taken.ticket, client=client, taken=taken)
