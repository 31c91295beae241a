"""A year of ratings: 10,000 officers, 40 indicators, 12 months, on a database of its own.

For each month the evidence is put in (that is not measured), then the statement is computed and stored by the
service people use; at the end one month is computed again from what it names, and the stars of the year are read.
A number as argument makes the bureau smaller for a quick look; the budgets hold for the full size.
"""

import datetime
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

PEOPLE, INDICATORS, MONTHS, UNITS = 10_000, 40, 12, 50
BUDGET_SECONDS, BUDGET_MB = 60, 300
NOON = datetime.datetime(2026, 12, 31, 4, tzinfo=datetime.UTC)
Rows = list[dict[str, Any]]


def row(what: str, measured: float, unit: str, budget: float | None = None) -> dict[str, Any]:
    """One row: within its budget, or for information."""
    ok = budget is None or measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}


def seed_people(people: int) -> Any:
    """The bureau with its squads and officers, a handful of statements instead of one a person."""
    from lianbing.people.models import Appointment, Officer, Post, User
    from tests.factories import people as factories

    bureau = factories.unit()
    squads = [factories.unit(f"{number}中队", bureau) for number in range(UNITS)]
    users = User.objects.bulk_create(
        [User(staff_number=f"B{n:06}", name=f"队员{n}", password="!") for n in range(people)], batch_size=900
    )
    officers = Officer.objects.bulk_create(
        [
            Officer(user=one, staff_number=one.staff_number, name=one.name, category="officer")
            for one in users
        ],
        batch_size=900,
    )
    post = Post.objects.create(name="一线执法岗")
    Appointment.objects.bulk_create(
        [
            Appointment(
                officer=one,
                unit=squads[place % UNITS],
                post=post,
                starts_on=datetime.date(2020, 1, 1),
                recorded_at=NOON,
            )
            for place, one in enumerate(officers)
        ],
        batch_size=900,
    )
    return bureau


def scheme() -> Any:
    """Forty indicators of every scale and way to combine: 25 scores of 4 points, bonuses, deductions, a veto."""
    from certificates.ratings.rules.indicators import Scale
    from certificates.ratings.rules.words import ScaleKind
    from tests.factories import ratings

    scales = [
        Scale(ScaleKind.TARGET, target=Decimal(60)),
        Scale(ScaleKind.RANGE, low=Decimal(20), high=Decimal(95)),
        Scale(
            ScaleKind.BANDS,
            bands=((Decimal(90), Decimal(100)), (Decimal(60), Decimal(70)), (Decimal(0), Decimal(0))),
        ),
        Scale(ScaleKind.DIRECT),
    ]
    combines = ["sum", "mean", "best", "last"]
    for number in range(INDICATORS):
        kind = "score" if number < 25 else "bonus" if number < 32 else "deduction" if number < 39 else "veto"
        ratings.indicator(
            f"i{number}",
            kind=kind,
            combine=combines[number % 4],
            scale=scales[number % 4] if kind == "score" else Scale(ScaleKind.EACH, each=Decimal("0.01")),
            cap=None if kind == "score" else Decimal(3),
            at_least=Decimal(100),
            kinds=(f"k{number}",),
        )
    lines = [(f"i{number}", 4 if number < 25 else 1) for number in range(INDICATORS)]
    return ratings.scheme(*lines)


def seed_facts(month: int) -> None:
    """A fact for every person and indicator of a month, values to the cent, straight into the table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
            INSERT INTO ratings_fact (source, origin, number, kind, officer_id, "on", value, label, url, extra,
                                      gone, recorded_at)
            SELECT 'imported', 'bench:' || o.id || ':' || n.i || ':' || %s, 1, 'k' || n.i, o.id, %s,
                   ((o.id * 7919 + n.i * 104729 + %s * 1299709) %% 9999) / 100.0, '成绩', '/ratings/', '{}', 0, %s
            FROM n CROSS JOIN people_officer o
            """,
            [INDICATORS - 1, month, f"2026-{month:02}-15", month, "2026-12-31 00:00:00"],
        )


class Watch:
    """Seconds and processor seconds between two moments."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> "Watch":
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_error: object) -> None:
        self.wall += time.perf_counter() - self._wall
        self.cpu += time.process_time() - self._cpu


def peak_mb() -> float:
    """The most memory the process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def year(people: int) -> tuple[Watch, list[Any]]:
    """Twelve months computed and published."""
    from certificates.ratings.services import periods
    from tests.factories import ratings

    bureau, of = seed_people(people), scheme()
    rolls: Any = None
    watch, made = Watch(), []
    for month in range(1, MONTHS + 1):
        seed_facts(month)
        period = ratings.period(bureau, of, first=datetime.date(2026, month, 1))
        rolls = ratings.rolls(period)
        ratings.services.close(period=period, rolls=rolls, by=ratings.HR, at=NOON)
        with watch:
            statement = periods.compute(period=period, by=ratings.HR, at=NOON)
        ratings.publish(period, at=NOON)
        made.append(statement)
        print(
            f"month {month:2}: {watch.wall:6.1f} s, {watch.cpu:6.1f} s CPU, {peak_mb():.0f} MB",
            file=sys.stderr,
        )
    return watch, made


def measure(people: int) -> Rows:
    """Every row."""
    import django

    # Apart, as on a server: whoever computes ratings has not migrated in the same process.
    subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"], check=True)
    django.setup()
    from certificates.ratings.models import Result
    from certificates.ratings.queries import statements
    from certificates.ratings.queries.stars import stars_on

    bare = peak_mb()
    watch, made = year(people)
    again, reading = Watch(), Watch()
    with again:
        same = statements.recomputed(made[0]) == made[0].digest
    ids = list(Result.objects.filter(statement=made[0]).values_list("officer_id", flat=True)[:600])
    with reading:
        stars = stars_on(ids, datetime.date(2026, 12, 31))
    size = f"{people} officers x {INDICATORS} indicators x {MONTHS} months"
    return [
        row(size, round(watch.wall, 1), "s", BUDGET_SECONDS),
        row(f"{size}: processor", round(watch.cpu, 1), "s CPU"),
        row("of it for one month", round(watch.wall / MONTHS, 2), "s"),
        row("January computed again at the end of the year", round(again.wall, 2), "s"),
        row("January is the same, digest for digest", int(not same), "differences", 0),
        row("results of the year", Result.objects.count(), "rows"),
        row(f"stars of {len(stars)} people on a day", round(reading.wall * 1000, 1), "ms"),
        row("memory at the peak", round(peak_mb()), "MB", BUDGET_MB),
        row("of it before the first month", round(bare), "MB"),
    ]


def main() -> None:
    """Print the table, then the JSON object."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LIANBING_DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianbing.settings")
        rows = measure(people)
    for one in rows:
        print(f"{one['what']:<60} {one['measured']!s:>10} {one['unit']}")
    print(json.dumps({"name": "bench-ratings", "rows": rows}, ensure_ascii=False))


if __name__ == "__main__":
    main()
