"""What a search of the library costs: the written searches over every law of the archive.

`rows()` is called by bench_library.py with the laws brought in. The floor is a LIKE over all articles in
the same run. Milliseconds are CPU of this process, which does everything a server does for a page.
"""

import datetime
import json
import statistics
import time
from collections.abc import Callable, Iterable
from typing import Any

P95_MS = 50
DAY = datetime.date(2026, 11, 20)
ROUNDS = 3
Rows = list[dict[str, Any]]


def _row(what: str, measured: Any, unit: str, budget: float | None = None) -> dict[str, Any]:
    ok = None if isinstance(measured, str) else budget is None or measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}


def _cpu(work: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """CPU milliseconds of each piece of work, the best of three rounds."""
    best: dict[str, float] = {}
    for _round in range(ROUNDS):
        for text in texts:
            began = time.process_time()
            work(text)
            spent = (time.process_time() - began) * 1000
            best[text] = min(spent, best.get(text, spent))
    return sorted(best.values())


def _p(values: list[float], share: float) -> float:
    return round(values[min(len(values) - 1, int(len(values) * share))], 1)


def _like(text: str) -> None:
    from lianbing.library.models import Article

    found = Article.objects.all()
    for word in text.split():
        found = found.filter(text__contains=word)
    list(found.values_list("pk", flat=True)[:20])


def _index_megabytes() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sum(length(block)) FROM library_search_index_data")
        else:
            cursor.execute("SELECT pg_total_relation_size('library_search_index')")
        return round(cursor.fetchone()[0] / 1e6, 1)


def _page() -> Callable[[str], object]:
    from django.test import Client

    from tests.factories import people

    client = Client()
    client.force_login(people.officer().user)

    def get(text: str) -> object:
        answer = client.get("/library/search/", {"q": text})
        assert answer.status_code == 200, answer.status_code
        return answer

    return get


def _found(text: str, wanted: str) -> bool:
    from lianbing.library.queries.search import search

    found = search(text, on=DAY)
    for hit in found.hits(found.rows[:20]):
        if hit.edition is not None:
            title = hit.edition.title.removeprefix("中华人民共和国").split(" ")[0]
            if f"《{title}》{hit.article.label if hit.article else ''}" == wanted:
                return True
    return False


def rows() -> Rows:
    """The rows of the search over what this database holds."""
    from lianbing.library.models import Article
    from lianbing.library.queries.search import search
    from lianbing.library.services import indexing
    from tests.lianbing.library.queries.search_cases import REAL

    if not Article.objects.exists():
        return [_row("search, p95 of the written searches", "there are no laws to search", "ms", P95_MS)]
    began = time.process_time()
    agreement = indexing.rebuild()
    seconds = time.process_time() - began
    texts = list(dict.fromkeys(text for text, _wanted, _top in REAL))

    def ask(text: str) -> None:
        found = search(text, on=DAY)
        found.hits(found.rows[:20])

    searched, pages, scans = _cpu(ask, texts), _cpu(_page(), texts), _cpu(_like, texts)
    hits = sum(_found(text, wanted) for text, wanted, _top in REAL)
    return [
        _row("articles in the search index", agreement.articles, "articles"),
        _row("index and library agree", 0 if agreement.agrees else 1, "differences", 0),
        _row("index made anew", round(seconds, 1), "s CPU"),
        _row("index size", _index_megabytes(), "MB"),
        _row("written searches", len(texts), "searches"),
        _row("of them with the expected article on the first page", hits, "searches"),
        _row("search, p50", _p(searched, 0.5), "ms CPU"),
        _row("search, p95 of the written searches", _p(searched, 0.95), "ms CPU", P95_MS),
        _row("whole page, p50", _p(pages, 0.5), "ms CPU"),
        _row("whole page, p95", _p(pages, 0.95), "ms CPU", P95_MS),
        _row("LIKE over all articles, p50", _p(scans, 0.5), "ms CPU"),
        _row(
            "search, share of a LIKE scan",
            round(statistics.mean(searched) / statistics.mean(scans), 3),
            "x LIKE",
        ),
    ]


def main() -> None:
    """Measure the database of this environment, as it is."""
    import os
    import sys
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(root), str(root / "platform")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianbing.settings")
    import django

    django.setup()
    made = rows()
    for one in made:
        print(f"{one['what']:<60} {one['measured']!s:>10} {one['unit']}")
    print(json.dumps({"name": "library-search", "rows": made}, ensure_ascii=False))


if __name__ == "__main__":
    main()
