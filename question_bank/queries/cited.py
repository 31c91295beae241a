"""Which versions mean an article: by name, or because they cite the whole of its law."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from lianbing.library.models import Article
from question_bank.models import Citation, CitedArticle

CHUNK = 900
Versions = dict[int, set[int]]


def chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many at a time that one statement takes them."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def versions_citing(articles: Collection[int], among: QuerySet[Any] | None = None) -> Versions:
    """Every version, of whatever state, that means one of these articles -> which of them.

    A version that cites a whole law stands once for each edition, at the first of its articles asked for.
    `among`: only versions whose ids this query yields. Three statements for 900 articles.
    """
    rows = (
        CitedArticle.objects.order_by() if among is None else CitedArticle.objects.filter(version__in=among)
    )
    found: Versions = defaultdict(set)
    wanted = sorted(set(articles))
    for part in chunks(wanted):
        exact = rows.order_by().filter(article__in=part, whole=False)
        for version, article in exact.values_list("version_id", "article_id"):
            found[version].add(article)
    firsts = _firsts(wanted, rows)
    for part in chunks(sorted(firsts)):
        whole = rows.order_by().filter(whole=True, article__edition__in=part)
        for version, edition in whole.values_list("version_id", "article__edition"):
            found[version].add(firsts[edition])
    return found


def _firsts(articles: Sequence[int], rows: QuerySet[CitedArticle]) -> dict[int, int]:
    """The first of these articles in each edition that somebody cites as a whole."""
    editions = rows.filter(whole=True).order_by().values("article__edition")
    first: dict[int, tuple[int, int]] = {}
    for part in chunks(articles):
        found = Article.objects.filter(pk__in=part, edition__in=editions).order_by()
        for edition, position, pk in found.values_list("edition_id", "position", "pk"):
            first[edition] = min(first.get(edition, (position, pk)), (position, pk))
    return {edition: pk for edition, (_position, pk) in first.items()}


def with_articles(path: str = "citations") -> Prefetch:
    """Prefetch the citations of versions with every article they mean. Two statements."""
    meant = CitedArticle.objects.select_related("article__edition__law").defer(
        *(
            f"article__edition__{name}"
            for name in ("source_text", "headings", "preamble", "history", "doubts")
        )
    )
    cited = Citation.objects.select_related("article__edition__law", "gap")
    return Prefetch(path, cited.prefetch_related(Prefetch("cited_articles", meant)))
