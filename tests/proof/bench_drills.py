"""Ten thousand officers' daily sets, on a database of its own; and what one opening and one batch cost.

Everybody has answered 200 of the 800 questions of the bureau's posts before; three of ten sit an exam soon.
"""

import datetime
import json
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

PEOPLE, UNITS, POSTS, QUESTIONS, POINTS, SEEN = 10_000, 40, 8, 800, 40, 200
WITHIN_S, PAGE_MS, BATCH_MS = 60, 40, 40
TIMES = 9
NOON = datetime.datetime(2026, 11, 20, 4, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
Rows = list[dict[str, Any]]


def row(what: str, measured: float, unit: str, budget: float | None = None) -> dict[str, Any]:
    """One row: within its budget, or for information."""
    ok = budget is None or measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}


def people() -> list[int]:
    """The officers, each with a post in a squad."""
    from lianbing.people.models import Appointment, Officer, Post, Unit, User

    bureau = Unit.add_root(name="城管局")
    squads = [bureau.add_child(name=f"{number}中队") for number in range(UNITS)]
    posts = Post.objects.bulk_create([Post(name=f"岗位{number}") for number in range(POSTS)])
    users = User.objects.bulk_create(
        [User(staff_number=f"B{n:05}", name=f"队员{n}", password="!") for n in range(PEOPLE)],
        batch_size=1000,
    )
    officers = Officer.objects.bulk_create(
        [
            Officer(user=one, staff_number=one.staff_number, name=one.name, category="officer")
            for one in users
        ],
        batch_size=1000,
    )
    Appointment.objects.bulk_create(
        [
            Appointment(
                officer=one,
                unit=squads[n % UNITS],
                post=posts[n % POSTS],
                starts_on=datetime.date(2020, 1, 1),
                recorded_at=NOON,
            )
            for n, one in enumerate(officers)
        ],
        batch_size=1000,
    )
    return [one.pk for one in officers]


def questions() -> list[int]:
    """Published questions open to drills; the posts must know half of the points each."""
    from courses.drills.models import MustKnow
    from lianbing.people.models import Post
    from question_bank.models import KnowledgePoint, Question, QuestionBank, QuestionVersion

    bank = QuestionBank.objects.create(slug="bench", name="题库", created_at=NOON)
    points = KnowledgePoint.objects.bulk_create([KnowledgePoint(name=f"知识点{n}") for n in range(POINTS)])
    asked = Question.objects.bulk_create(
        [Question(bank=bank, fingerprint=str(n), created_at=NOON, changed_at=NOON) for n in range(QUESTIONS)]
    )
    options = [{"id": one, "text": f"选项{one}"} for one in "abcd"]
    versions = QuestionVersion.objects.bulk_create(
        [
            QuestionVersion(
                question=one,
                number=1,
                kind="single_choice",
                content={"stem": f"第{n}题", "options": options},
                key={"options": ["a"]},
                knowledge_point=points[n % POINTS],
                created_at=NOON,
                frozen_at=NOON,
            )
            for n, one in enumerate(asked)
        ]
    )
    for one, version in zip(asked, versions, strict=True):
        one.state, one.published_version, one.latest = "published", version, version
    Question.objects.bulk_update(asked, ["state", "published_version", "latest"])
    MustKnow.objects.bulk_create(
        [
            MustKnow(post=post, point=point, added_at=NOON - 90 * DAY, by_name="")
            for number, post in enumerate(Post.objects.all())
            for place, point in enumerate(points)
            if (place + number) % 2
        ]
    )
    return [one.pk for one in versions]


def memories(officers: list[int], versions: list[int]) -> None:
    """What everybody has answered before, as tables: SEEN questions each, of every strength and age."""
    from django.db import connection, transaction

    from courses.drills.models import Memory

    names = [field.column for field in Memory._meta.local_concrete_fields if not field.primary_key]
    question = dict(enumerate(versions))
    rows = (
        {
            "officer_id": officer,
            "question_id": question[place],
            "version_id": question[place],
            "stability": 0.2 + (n * place) % 97,
            "difficulty": 1 + (n + place) % 9,
            "state": 2,
            "step": None,
            "due_at": "2026-11-20 00:00:00",
            "last_at": f"2026-{7 + (n + place) % 4:02}-{1 + place % 28:02} 01:00:00",
            "reps": 3,
            "lapses": 0,
            "right": 2,
            "wrong": 1,
            "mastered_until": None,
        }
        for n, officer in enumerate(officers)
        for place in range(n % 3, n % 3 + 3 * SEEN, 3)
    )
    table = Memory._meta.db_table
    columns = ", ".join(f'"{name}"' for name in names)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(names))})"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, ([one[name] for name in names] for one in rows))


def goals(officers: list[int]) -> None:
    """Three of ten sit an exam within two months."""
    from courses.drills.services import set_goal
    from question_bank.models import KnowledgePoint

    points = list(KnowledgePoint.objects.values_list("pk", flat=True))
    for number in range(6):
        set_goal(
            exam=str(number),
            title="考试",
            on=(NOON + 10 * (number + 1) * DAY).date(),
            weights={pk: 1.0 + place % 3 for place, pk in enumerate(points[number::6])},
            officers=officers[number * 500 : number * 500 + 500],
        )


def cost(act: Callable[[int], object]) -> tuple[float, int]:
    """Processor milliseconds of one call (the median of some) and its statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        act(0)
    spent = []
    for number in range(1, TIMES + 1):
        begun = time.process_time()
        act(number)
        spent.append((time.process_time() - begun) * 1000)
    return round(sorted(spent)[TIMES // 2], 1), len(found)


def measure() -> Rows:
    """Every row."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import connection

    from courses.drills.models import DrillSet
    from courses.drills.services import sets

    officers, versions = people(), questions()
    memories(officers, versions)
    goals(officers)
    connection.cursor().execute("ANALYZE")
    wall, processor = time.monotonic(), time.process_time()
    made = sets.prepare_daily(officers=officers, at=NOON)
    wall, processor = time.monotonic() - wall, time.process_time() - processor
    assert made == PEOPLE == DrillSet.objects.filter(kind="daily").count()
    rows = [
        row(f"daily sets of {PEOPLE} officers", round(wall, 1), "s", WITHIN_S),
        row("the same, processor time", round(processor, 1), "s"),
    ]
    return rows + _of_one(officers)


def _of_one(officers: list[int]) -> Rows:
    from courses.drills.models import DrillSet
    from courses.drills.services import answering, sets
    from lianbing.people.models import Officer
    from lianbing.people.queries import actor_for

    who = {n: Officer.objects.select_related("user").get(pk=officers[n]) for n in range(TIMES + 1)}
    by = {n: actor_for(one.user, NOON.date()) for n, one in who.items()}
    there = {n: DrillSet.objects.get(officer=one, kind="daily") for n, one in who.items()}

    def opened(n: int) -> object:
        return sets.daily(officer=who[n], by=by[n], at=NOON + DAY)

    def answered(n: int) -> object:
        given = [
            answering.Given(uuid.uuid4(), pk, ["a"], said_at=NOON + place * datetime.timedelta(minutes=1))
            for place, pk in enumerate(there[n].versions, 1)
        ]
        return answering.take(drill_set=there[n], answers=given, by=by[n], at=NOON + DAY / 24)

    rows = []
    for what, act, budget in (
        ("tomorrow's set, made at its first opening", opened, PAGE_MS),
        ("ten answers at once", answered, BATCH_MS),
    ):
        spent, statements = cost(act)
        rows += [row(what, spent, "ms CPU", budget), row(f"{what}: statements", statements, "SQL")]
    return rows


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LIANBING_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "lianbing.settings"}
        os.environ.pop("DATABASE_URL", None)
        rows = measure()
    print(json.dumps({"name": "bench-drills", "rows": rows}, ensure_ascii=False))
    sys.exit(0 if all(one["ok"] for one in rows) else 1)


if __name__ == "__main__":
    main()
