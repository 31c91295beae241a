"""The pages of training hours over 600 people with 60 entries each, on a database of its own."""

import datetime
import json
import os
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

PEOPLE, ENTRIES, UNITS, TIMES = 600, 60, 20, 15
CPU_MS = 40
NOON = datetime.datetime(2026, 11, 20, 4, tzinfo=datetime.UTC)
Rows = list[dict[str, Any]]


def row(what: str, measured: float, unit: str, budget: float | None = None) -> dict[str, Any]:
    """One row: within its budget, or for information."""
    ok = budget is None or measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}


def seed() -> tuple[Any, Any]:
    """The bureau; somebody of the personnel office and one person."""
    from courses.models import ContentCategory
    from courses.training.models import HourEntry
    from lianbing.people.rules import Role
    from tests.factories import people
    from tests.factories.hours import target

    bureau = people.unit()
    squads = [people.unit(f"{number}中队", bureau) for number in range(UNITS)]
    officers = [people.officer(squads[number % UNITS]) for number in range(PEOPLE)]
    categories = list(ContentCategory.objects.values_list("pk", flat=True))
    kinds = [kind.value for kind in list(HourEntry.Kind)[:4]]
    first = datetime.date(2026, 1, 1)
    HourEntry.objects.bulk_create(
        [
            HourEntry(
                officer=one,
                unit=squads[place % UNITS],
                hours=Decimal(1),
                minutes=45,
                kind=kinds[number % 4],
                counted_as=kinds[number % 4],
                category_id=categories[number % len(categories)],
                earned_on=first + number * datetime.timedelta(days=5),
                year=2026,
                source=f"bench:{one.pk}:{number}",
                title="学习",
                recorded_at=NOON,
                by={},
            )
            for place, one in enumerate(officers)
            for number in range(ENTRIES)
        ],
        batch_size=1000,
    )
    target(law_hours=Decimal(8), law_codes=["legal"], audience={"categories": ["officer"]})
    return people.staff(Role.HR), officers[0]


def page(client: Any, address: str) -> tuple[float, int]:
    """Processor milliseconds of one page (the median of some) and its statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get(address).status_code == 200
    connection.queries_log.clear()  # full after the seeding, it would count nothing more
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    spent = []
    for _ in range(TIMES):
        begun = time.process_time()
        client.get(address)
        spent.append((time.process_time() - begun) * 1000)
    return round(sorted(spent)[TIMES // 2], 1), len(found)


def measure() -> Rows:
    """Every row."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    from django.test import Client
    from django.urls import reverse

    from lianbing.kit import clock

    hr, person = seed()
    client, own, rows = Client(), Client(), []
    client.force_login(hr)
    own.force_login(person.user)
    pages = [
        ("the desk, everybody", client, reverse("training:hours_manage"), None),
        ("the desk, one unit", client, f"{reverse('training:hours_manage')}?unit={_squad()}", CPU_MS),
        ("one person", client, reverse("training:hours_person", args=[person.pk]), CPU_MS),
        ("my hours", own, reverse("training:hours"), CPU_MS),
    ]
    with clock.pinned(NOON):
        for what, who, address, budget in pages:
            spent, statements = page(who, address)
            rows += [row(what, spent, "ms CPU", budget), row(f"{what}: statements", statements, "SQL")]
    return rows


def _squad() -> str:
    from lianbing.people.models import Unit

    return str(Unit.objects.filter(depth=2).first().path)


def main() -> None:
    """Print the table, then the JSON object."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LIANBING_DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianbing.settings")
        rows = measure()
    for one in rows:
        print(f"{one['what']:<60} {one['measured']!s:>10} {one['unit']}")
    print(json.dumps({"name": "bench-hours", "rows": rows}, ensure_ascii=False))


if __name__ == "__main__":
    main()
