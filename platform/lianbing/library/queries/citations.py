"""From a citation to the article of the edition that holds on a day. What does not resolve says why."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from lianbing.library.models import Article, Law, LawEdition
from lianbing.library.queries.laws import STANDING
from lianbing.library.queries.timelines import in_force
from lianbing.library.rules import citations, law_header
from lianbing.library.rules.citations import Reference
from lianbing.library.rules.numerals import article_label

NAMES_AT_ONCE = 50


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

    @property
    def quote(self) -> str:
        """The words that are cited: one paragraph where the citation names one, else the whole article."""
        if self.article is None or self.reference is None:
            return ""
        return citations.quoted(self.article.text, self.reference)


class CitationResolver:
    """Resolves many citations against the library as it stood to hold on one day.

    A law and the articles of its edition are read when it is first cited, and kept.
    """

    def __init__(self, on: datetime.date) -> None:
        self.on = on
        self._laws: dict[str, list[Law]] = {}
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

    def prepare(self, texts: Iterable[str]) -> None:
        """Read what these texts cite in three statements, however many laws they name."""
        references = [reference for text in texts for reference in citations.find(text)]
        self._read_laws({r.law_title for r in references if r.law_title})
        laws = {law.pk: law for r in references for law in self._laws.get(r.law_title, [])}
        self._read_editions(list(laws.values()))
        editions = [edition for pk in laws if (edition := self._editions[pk]) is not None]
        self._read_articles(editions)

    def _named(self, name: str) -> list[Law]:
        self._read_laws({name})
        return self._laws[name]

    def _edition(self, law: Law) -> LawEdition | None:
        self._read_editions([law])
        return self._editions[law.pk]

    def _of(self, edition: LawEdition) -> dict[tuple[int, int], list[Article]]:
        self._read_articles([edition])
        return self._articles[edition.pk]

    def _read_laws(self, names: set[str]) -> None:
        """Laws by each name. The full title counts before the short one; the parts of a code share theirs."""
        wanted = sorted(names - self._laws.keys())
        for batch in (wanted[n : n + NAMES_AT_ONCE] for n in range(0, len(wanted), NAMES_AT_ONCE)):
            named = Q(pk=None)
            for name in batch:
                short = law_header.short(name)
                named |= Q(short_title__in={short, citations.without_closing_brackets(short)})
                named |= Q(short_title__startswith=f"{short}（")
            standing = LawEdition.objects.filter(STANDING, law=OuterRef("pk"))
            found = list(Law.objects.filter(named, Exists(standing)).order_by("pk"))
            for name in batch:
                self._laws[name] = _called(name, found)

    def _read_editions(self, laws: list[Law]) -> None:
        missing = {law.pk: law for law in laws if law.pk not in self._editions}
        if not missing:
            return
        by_law: dict[int, list[LawEdition]] = {pk: [] for pk in missing}
        for edition in LawEdition.objects.filter(law__in=missing).defer("source_text", "headings", "history"):
            edition.law = missing[edition.law_id]
            by_law[edition.law_id].append(edition)
        for pk, editions in by_law.items():
            self._editions[pk] = in_force(editions, self.on)

    def _read_articles(self, editions: list[LawEdition]) -> None:
        missing = {edition.pk: edition for edition in editions if edition.pk not in self._articles}
        if not missing:
            return
        self._articles |= {pk: defaultdict(list) for pk in missing}
        for article in Article.objects.filter(edition__in=missing).order_by("edition", "position"):
            article.edition = missing[article.edition_id]
            self._articles[article.edition_id][article.number, article.suffix].append(article)


def _called(name: str, laws: list[Law]) -> list[Law]:
    """Of these laws, those that go by this name."""
    keys = citations.name_keys(name)
    found = [law for law in laws if citations.name_keys(law.title) & keys]
    exact = [law for law in found if citations.title(law.title) == name]
    return exact or [law for law in found if law.short_title == law_header.short(name)] or found


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
