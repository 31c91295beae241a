"""Written answers for tests: a closed sitting whose papers hold a choice and a short answer."""

from decimal import Decimal

from exams.models import MarkingTask
from exams.rules.marks import Section
from exams.rules.scoring import answers_sha256
from exams.services import saving
from lianbing.people.queries import actor_for
from lianbing.people.rules import Role
from tests.factories import exams, people
from tests.factories.exams import MINUTE, NOON

END = NOON + 121 * MINUTE
SECTIONS = [(Section("单项选择题"), 1), (Section("简答题"), 1)]


def marker(unit):
    """The account and the actor of a marker over a unit."""
    user = people.staff(Role.MARKER, unit=unit)
    return user, actor_for(user, NOON.date())


def handed_in(sitting, text="应当告知权利。", choice=None, versions=None, sections=SECTIONS):
    """An attempt handed in with these answers: single choice worth 5, then a short answer worth 5."""
    versions = versions or [exams.question(), exams.question(kind="short_answer")]
    attempt = exams.attempt(exams.candidate(sitting, versions=versions, marks="5", sections=sections))
    pen = exams.pen(attempt)
    choice = ["a1"] if choice is None else choice
    answers = {str(n): value for n, value in enumerate((choice, text), start=1) if value}
    events = [
        {"seq": n, "item": int(item), "value": value} for n, (item, value) in enumerate(answers.items(), 1)
    ]
    common = {"uid": attempt.uid, "ticket": pen.ticket, "client": pen.client, "lease": pen.lease, "at": NOON}
    saving.save(events=events, **common)
    saving.submit(final_seq=len(events), answers_sha256=answers_sha256(answers), **common)
    attempt.refresh_from_db()
    return attempt


def waiting(count=3, unit=None, text="应当告知权利。"):
    """A sitting that is over with `count` attempts on the same questions, each with a written answer."""
    sitting = exams.sitting(unit, blueprint=exams.blueprint())
    versions = [exams.question(), exams.question(kind="short_answer")]
    texts = [text] * count if isinstance(text, str) else text
    for one in texts:
        handed_in(sitting, one, versions=versions)
    return sitting


def task_of(attempt):
    """The only written answer of an attempt."""
    return MarkingTask.objects.select_related("attempt", "version", "sitting__unit").get(attempt=attempt)


FULL = {"p1": "full", "p2": "full"}
SOME = {"p1": "full"}
SOME_MARKS = Decimal(2)
