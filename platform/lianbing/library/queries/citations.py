"""From a citation to the article of the edition that holds on a day. What does not resolve says why."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lianbing.library.models import Article, Law, LawEdition
from lianbing.library.queries.laws import STANDING, in_force
from lianbing.library.rules import citations
from lianbing.library.rules.citations import Reference
from lianbing.library.rules.numerals import article_label


@dataclass(frozen=True)
class Resolution:
    """What a citation points at. Without an article, `reason` says why, in the reader's language; with
    one, it is empty or names the paragraph or item that the article does not have.

    `law` may be known where the article is not. `reference` is what was read, None where nothing was.
    `doubtful`: the edition is a draft the legal section has not checked yet.
    """

    article: Article | None = None
    law: Law | None = None
    reason: str = ""
    reference: Reference | None = None

    @property
    def doubtful(self) -> bool:
        return self.article is not None and self.article.edition.is_draft


class CitationResolver:
    """Resolves many citations against the library as it stood to hold on one day.

    The names of all laws are read once; the articles of an edition when it is first cited.
    """

    def __init__(self, on: datetime.date) -> None:
        self.on = on
        self._laws: dict[str, list[Law]] | None = None
        self._articles: dict[int, dict[tuple[int, int], list[Article]]] = {}
        self._editions: dict[int, LawEdition | None] = {}

    def resolve(self, text: str) -> Resolution:
        """The first article that a text cites. Texts that cite several: `resolve_all`."""
        return self.resolve_all(text)[0]

    def resolve_all(self, text: str) -> list[Resolution]:
        """Every reference of a text, in order; at least one resolution."""
        references = citations.find(text)
        if not references:
            return [Resolution(reason=_("No citation was found in: %(text)s") % {"text": text[:60]})]
        return [self.resolve_reference(reference) for reference in references]

    def resolve_reference(self, reference: Reference) -> Resolution:
        """One reference that was read before."""
        if not reference.law_title:
            return Resolution(reason=_("The citation names no law."), reference=reference)
        laws = self._named(reference.law_title)
        if not laws:
            reason = _("The library holds no law named 《%(law)s》.") % {"law": reference.law_title}
            return Resolution(reason=reason, reference=reference)
        if not reference.number:
            law = laws[0] if len(laws) == 1 else None
            return Resolution(law=law, reason=_("The citation names no article."), reference=reference)
        return self._article(reference, laws)

    def _article(self, reference: Reference, laws: list[Law]) -> Resolution:
        editions = [edition for law in laws if (edition := self._edition(law)) is not None]
        only = laws[0] if len(laws) == 1 else None
        if not editions:
            reason = _("《%(law)s》 does not hold yet on %(day)s.") % {
                "law": reference.law_title,
                "day": self.on.isoformat(),
            }
            return Resolution(law=only, reason=reason, reference=reference)
        key = (reference.number, reference.suffix)
        found = [article for edition in editions for article in self._of(edition).get(key, [])]
        if len(found) == 1:
            reason = _missing_piece(found[0], reference)
            return Resolution(found[0], found[0].edition.law, reason, reference)
        words = {"law": reference.law_title, "article": article_label(*key)}
        if found:
            reason = _("More than one article is meant by 《%(law)s》%(article)s.") % words
        else:
            reason = _("《%(law)s》 has no %(article)s.") % words
        return Resolution(law=only, reason=reason, reference=reference)

    def _named(self, name: str) -> list[Law]:
        """Laws called so. The full title counts before the short one; the parts of one code share theirs."""
        if self._laws is None:
            self._laws = defaultdict(list)
            for law in Law.objects.filter(editions__in=LawEdition.objects.filter(STANDING)).distinct():
                for key in citations.name_keys(law.title):
                    self._laws[key].append(law)
        found = self._laws.get(name) or self._laws.get(min(citations.name_keys(name), key=len), [])
        exact = [law for law in found if citations.title(law.title) == name]
        return exact or found

    def _edition(self, law: Law) -> LawEdition | None:
        if law.pk not in self._editions:
            editions = list(LawEdition.objects.filter(law=law).defer("source_text", "headings", "history"))
            for edition in editions:
                edition.law = law
            self._editions[law.pk] = in_force(editions, self.on)
        return self._editions[law.pk]

    def _of(self, edition: LawEdition) -> dict[tuple[int, int], list[Article]]:
        if edition.pk not in self._articles:
            by_number: dict[tuple[int, int], list[Article]] = defaultdict(list)
            for article in Article.objects.filter(edition=edition).order_by("position"):
                article.edition = edition
                by_number[article.number, article.suffix].append(article)
            self._articles[edition.pk] = by_number
        return self._articles[edition.pk]


def _missing_piece(article: Article, reference: Reference) -> str:
    """A word on a 款 or 项 that an article does not have; empty where all is well."""
    paragraphs = citations.paragraphs_of(article.text)
    if reference.paragraph > len(paragraphs):
        return _("%(article)s has only %(count)s paragraphs.") % {
            "article": article.label,
            "count": len(paragraphs),
        }
    items = paragraphs[reference.paragraph - 1] if reference.paragraph else [i for p in paragraphs for i in p]
    if reference.item and reference.item not in items:
        return _("%(article)s has no item %(item)s there.") % {
            "article": article.label,
            "item": reference.item,
        }
    return ""


def resolve(text: str, on: datetime.date) -> Resolution:
    """The first article that `text` cites, in the edition that holds on `on`."""
    return CitationResolver(on).resolve(text)
