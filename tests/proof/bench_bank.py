"""What a bank of ten thousand questions costs: its list under every filter, its map, bulk edits, an import.

Lists are asked for as pages, through the whole stack, and count processor time and statements. The import
runs as its own process, as an operator runs it, on the same database: near-duplicates are looked for.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform"), str(Path(__file__).parent)]

PAGE_MS, PAGE_SQL = 40, 15
IMPORT_S, IMPORT_MB = 60, 500
TRIES = 5
Rows = list[dict[str, Any]]


def row(what: str, measured: float, unit: str, budget: float | None = None) -> dict[str, Any]:
    """One row: within its budget, or for information."""
    ok = budget is None or measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}


@contextmanager
def own_site(folder: Path) -> Iterator[None]:
    """A new database of SQLite in `folder`, for this process and those it starts."""
    os.environ |= {"LIANBING_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "lianbing.settings"}
    os.environ.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    import django

    django.setup()
    yield


def _cost(ask: Callable[[], object]) -> tuple[float, int]:
    """The least processor milliseconds of some tries, and how many statements one takes."""
    from django.db import connection

    statements: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    ask()
    with connection.execute_wrapper(count):
        ask()
    spent = []
    for _ in range(TRIES):
        began = time.process_time()
        ask()
        spent.append(time.process_time() - began)
    return round(min(spent) * 1000, 1), len(statements)


def _queries() -> dict[str, str]:
    """Every filter and order of the list by name, as a query string."""
    from question_bank.forms.desk import FLAGS, ORDERS, SEEN
    from question_bank.models import KnowledgePoint

    point = KnowledgePoint.objects.get(name="程序").pk
    return {
        "no filter": "",
        "text": "q=围挡+听证",
        "knowledge point": f"point={point}",
        "law": "law=云汐市第3号条例",
        "kind": "kind=true_false",
        "difficulty": "difficulty=4",
        "pool": "pool=exam",
        "state": "state=published",
        "used in": "used_in=00000000-0000-0000-0000-000000000003",
        **{f"last used: {code}": f"seen={code}" for code, _label in SEEN},
        **{f"flag: {code}": f"flag={code}" for code, _label in FLAGS},
        **{f"order: {code}": f"sort={code}" for code, _label in ORDERS if code},
        "three filters, hardest first": "kind=true_false&difficulty=4&state=published&sort=hardest",
        "page 300": "page=300",
    }


def page_rows() -> Rows:
    """Every filter of the list, and the map."""
    from django.test import Client

    from lianbing.people.rules import Role
    from tests.factories.people import staff

    client = Client()
    client.force_login(staff(Role.TRAINER))
    pages = {f"list, {name}": f"/bank/big/?{query}" for name, query in _queries().items()}
    rows: Rows = []
    for name, address in {**pages, "coverage map": "/bank/big/coverage/"}.items():
        spent, statements = _cost(lambda address=address: client.get(address))  # type: ignore[misc]
        rows += [row(name, spent, "ms CPU", PAGE_MS), row(name, statements, "SQL", PAGE_SQL)]
    return rows


def bulk_rows() -> Rows:
    """Every question of the bank at once: the plan, the act, the undo."""
    from lianbing.kit import clock
    from lianbing.people.rules import Role
    from question_bank import services
    from question_bank.models import Question, QuestionBank
    from question_bank.queries import bulk
    from tests.factories.people import actor, staff

    by, bank = actor(staff(Role.TRAINER)), QuestionBank.objects.get(slug="big")
    rows: Rows = []
    for action, value in (("pool", "contest"), ("difficulty", 5)):
        found = Question.objects.filter(bank=bank)
        began = time.process_time()
        plan = bulk.plan(found, action, value)
        rows.append(
            row(f"bulk edit, {action}: the plan", round((time.process_time() - began) * 1000), "ms CPU")
        )
        began = time.process_time()
        edit = services.edit_many(
            bank=bank, found=found, action=action, value=value, seen=plan.token, by=by, at=clock.now()
        )
        rows.append(
            row(
                f"bulk edit, {action}: {edit.count} questions", round(time.process_time() - began, 1), "s CPU"
            )
        )
        began = time.process_time()
        restored = services.undo(edit=edit, by=by, at=clock.now())
        rows.append(row(f"bulk edit, {action}: the undo", round(time.process_time() - began, 1), "s CPU"))
        rows.append(row(f"bulk edit, {action}: not put back", edit.count - restored, "questions", 0))
    return rows


def import_rows(folder: Path) -> Rows:
    """Ten thousand questions from one file, in a process of their own."""
    import bank_fixture

    file = folder / "questions.csv"
    chance = random.Random(9)
    with file.open("w", encoding="utf-8", newline="") as target:
        sheet = csv.writer(target)
        sheet.writerow(
            [*["题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "知识点", "难度", "依据"]]
        )
        for number in range(bank_fixture.QUESTIONS):
            stem = "".join(
                chance.choice(bank_fixture.WORDS) + chance.choice(bank_fixture.SYLLABLES) for _ in range(12)
            )
            options = [f"{chance.choice(bank_fixture.WORDS)}{place}" for place in range(4)]
            sheet.writerow(
                [
                    "单选题",
                    f"导入{number}：{stem}（　）。",
                    *options,
                    "B",
                    "见条文。",
                    chance.choice(bank_fixture.POINTS),
                    "中",
                    f"《云汐市第{1 + number % 40}号条例》第一条",
                ]
            )
    began = time.perf_counter()
    command = [sys.executable, "manage.py", "import_questions", str(file), "--bank", "brought-in", "--json"]
    done = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert done.stdout is not None
    report = json.loads(done.stdout.read())
    _pid, _status, usage = os.wait4(done.pid, 0)
    return [
        row("import, questions created", report["created"], "questions"),
        row("import of 10,000 questions", round(time.perf_counter() - began, 1), "s", IMPORT_S),
        row("import, processor time", round(usage.ru_utime + usage.ru_stime, 1), "s CPU"),
        row("import, peak memory", round(usage.ru_maxrss / 1024), "MB", IMPORT_MB),
    ]


def measure() -> Rows:
    """Every row."""
    with tempfile.TemporaryDirectory() as folder, own_site(Path(folder)):
        import bank_fixture
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        bank_fixture.fill()
        return [*page_rows(), *bulk_rows(), *import_rows(Path(folder))]


def main() -> None:
    """Print the table, then the JSON object."""
    rows = measure()
    for one in rows:
        print(f"{one['what']:<60} {one['measured']!s:>10} {one['unit']}")
    print(json.dumps({"name": "bench-bank", "rows": rows}, ensure_ascii=False))


if __name__ == "__main__":
    main()
