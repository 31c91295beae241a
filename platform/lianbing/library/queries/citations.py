"""From a citation to the article of the edition that holds on a day. What does not resolve says why."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lianbing.library.models import Article, Law, LawEdition
from lianbing.library.queries.cited_laws import laws_named
from lianbing.library.queries.resolutions import Problem, Resolution, pieces_of
from lianbing.library.queries.timelines import Joined, LawLine, lines_of
from lianbing.library.rules import citations, places
from lianbing.library.rules.citations import Here, Nearness, Reference, Relative, Unit
from lianbing.library.rules.numerals import article_label
from lianbing.library.rules.validity import Moment

LONGEST_RANGE = 300
Key = tuple[int, int]


class Inside:
    """The edition in whose text citations stand: 本法 and 前款 are resolved in it.

    `articles` are all of it in order; short names defined in its text (`known`) hold in the whole of it.
    `joined` saves reading again which laws are joined.
    """

    def __init__(
        self,
        edition: LawEdition,
        articles: Iterable[Article],
        known: dict[str, str] | None = None,
        joined: Joined | None = None,
    ) -> None:
        self.edition = edition
        self.joined = joined
        self.known = known or {}
        self.by_key: defaultdict[Key, list[Article]] = defaultdict(list)
        for article in articles:
            self.by_key[article.number, article.suffix].append(article)
        self.order = list(self.by_key)


class CitationResolver:
    """Resolves many citations against the library as it stood to hold on one day.

    A law and the articles cited of its edition are read when it is first cited, and kept; `prepare` reads
    for many citations at once, in a number of statements that does not grow with them. `decided`: a law
    that does not hold yet on the day but was published by then is taken as it will first hold.
    """

    def __init__(self, on: datetime.date, inside: Inside | None = None, *, decided: bool = False) -> None:
        self.on = on
        self.decided = decided
        self.inside = inside
        self._laws: dict[str, list[Law]] = {}
        self._lines: dict[int, LawLine] = {}
        self._articles: dict[int, dict[Key, list[Article]]] = {}
        self._numbers: dict[int, set[int]] = defaultdict(set)
        self._whole: set[int] = set()

    def find(self, text: str) -> list[Reference]:
        """The references of a text, with the short names that its law defines."""
        return citations.find(text, self.inside.known if self.inside else None)

    def resolve(self, text: str) -> Resolution:
        """The first article that a text cites. Texts that cite several: `resolve_all`."""
        return self.resolve_all(text)[0]

    def resolve_all(self, text: str) -> list[Resolution]:
        """Every reference of a text, in order; at least one resolution."""
        references = self.find(text)
        if not references:
            reason = _("No citation was found in: %(text)s") % {"text": text[:60]}
            return [Resolution(reason=reason, problem=Problem.NOTHING)]
        return [self.resolve_reference(reference) for reference in references]

    def resolve_reference(self, reference: Reference, here: Here | None = None) -> Resolution:
        """One reference that was read before; `here` is the place of the text it stands in."""
        if self._is_own(reference):
            return self.resolve_own(reference, here)
        if not reference.law_title:
            return _failed(reference, Problem.NO_LAW, _("The citation names no law."))
        reference = self._named_exactly(reference)
        laws = self._laws[reference.law_title]
        if not laws:
            reason = _("The library holds no law named 《%(law)s》.") % {"law": reference.law_title}
            return _failed(reference, Problem.UNKNOWN_LAW, reason)
        if not reference.number:
            law = laws[0] if len(laws) == 1 else None
            return _failed(reference, Problem.NO_ARTICLE, _("The citation names no article."), law)
        return self._article(reference, laws)

    def _is_own(self, reference: Reference) -> bool:
        """Whether it means the law in whose text it stands."""
        if reference.own or reference.relative is not None:
            return True
        return self.inside is not None and reference.nearness in (Nearness.NONE, Nearness.TEXT)

    def resolve_own(self, reference: Reference, here: Here | None = None) -> Resolution:
        """A reference that means the edition in whose text it stands, whatever law it names."""
        inside = self.inside
        if inside is None:
            reason = _("It speaks of the law in which it stands, and stands in none.")
            return _failed(reference, Problem.NO_PLACE, reason)
        found = reference if reference.relative is None else None
        if found is None and here is not None:
            found = citations.placed(reference, here, inside.order)
        if found is None:
            reason = _("There is nothing before it that it could mean.")
            return _failed(reference, Problem.NO_PLACE, reason, inside.edition.law)
        resolution = self._found(found, inside.edition.law, inside.edition, inside.by_key)
        if resolution.problem is Problem.PIECE and found.item and _is_this_paragraph(reference):
            # 第二项 in a paragraph without items means those of the paragraph that has them.
            return self._found(replace(found, paragraph=0), inside.edition.law, inside.edition, inside.by_key)
        if resolution.problem is Problem.MISSING_ARTICLE and inside.edition.law.subtitle:
            return self._in_another_part(found, inside.edition.law) or resolution
        return resolution

    def _in_another_part(self, reference: Reference, law: Law) -> Resolution | None:
        """本法第三条 in one part of a code may stand in another; None where no part has it."""
        named = replace(reference, law_title=citations.title(law.title), own=False, run="")
        self._read_laws([named])
        found = self._article(named, self._laws[named.law_title])
        return found if found.article is not None else None

    def _article(self, reference: Reference, laws: list[Law]) -> Resolution:
        self._read_lines(laws)
        editions = [(law, e) for law in laws if (e := self._edition(law, reference.year)) is not None]
        only = laws[0] if len(laws) == 1 else None
        if not editions:
            return _failed(reference, Problem.NOT_IN_FORCE, self._not_in_force(reference, laws), only)
        self._read_articles([edition for _law, edition in editions], reference)
        key = (reference.number, reference.suffix)
        holding = [(law, e) for law, e in editions if self._articles[e.pk].get(key)]
        if len(holding) > 1:
            return _failed(reference, Problem.AMBIGUOUS, _ambiguous(reference), only)
        law, edition = holding[0] if holding else editions[0]
        found = self._found(reference, law, edition, self._articles[edition.pk])
        if not holding and only is None:
            return replace(found, law=None)
        return replace(found, note=_renamed(law, edition) if holding else "")

    def _found(
        self, reference: Reference, law: Law, edition: LawEdition, by_key: dict[Key, list[Article]]
    ) -> Resolution:
        """The article of this edition, all articles of a range; what is not there is named."""
        key = (reference.number, reference.suffix)
        found = by_key.get(key, [])
        if len(found) > 1:
            return _failed(reference, Problem.AMBIGUOUS, _ambiguous(reference), law)
        if not found:
            words = {"law": reference.law_title or str(law), "article": article_label(*key)}
            return _failed(
                reference, Problem.MISSING_ARTICLE, _("《%(law)s》 has no %(article)s.") % words, law
            )
        reason = _missing_piece(found[0], reference)
        between = tuple(a for k in _range(reference) for a in by_key.get(k, [])) if reference.to else ()
        problem = Problem.PIECE if reason else None
        return Resolution(found[0], edition.law, reason, reference, problem, between or (found[0],))

    def _edition(self, law: Law, year: int) -> LawEdition | None:
        """The edition a citation names by its year, else the one that holds."""
        line = self._lines[law.pk]
        named = [e for e in line.editions if year and e.published_on and e.published_on.year == year]
        return named[-1] if named else line.on(self.on) or self._to_come(line)

    def _to_come(self, line: LawLine) -> LawEdition | None:
        """The first edition of a law that was decided but does not hold yet, where that is asked for."""
        if not self.decided or line.moment(self.on) is not Moment.NOT_YET:
            return None
        first = line.after(self.on)
        return first if first and first.published_on and first.published_on <= self.on else None

    def edition_of(self, law: Law) -> LawEdition | None:
        """The edition of a law that a citation without an article means."""
        self._read_lines([law])
        return self._edition(law, 0)

    def _not_in_force(self, reference: Reference, laws: list[Law]) -> str:
        words = {"law": reference.law_title, "day": self.on.isoformat()}
        moments = {self._lines[law.pk].moment(self.on) for law in laws}
        if Moment.NOT_YET in moments:
            return _("《%(law)s》 does not hold yet on %(day)s.") % words
        if Moment.REPEALED in moments:
            return _("《%(law)s》 holds no more on %(day)s.") % words
        return _("No edition of 《%(law)s》 holds on %(day)s.") % words

    def prepare(self, texts: Iterable[str]) -> None:
        """Read what these texts cite in six statements, however many laws they name."""
        self.prepare_references([reference for text in texts for reference in self.find(text)])

    def prepare_references(self, references: Sequence[Reference]) -> None:
        """The same for references that were read before."""
        foreign = [r for r in references if r.law_title and not self._is_own(r)]
        self._read_laws(foreign)
        exact = [self._named_exactly(reference) for reference in foreign]
        laws = {law.pk: law for r in exact for law in self._laws.get(r.law_title, [])}
        self._read_lines(list(laws.values()))
        wanted: list[LawEdition] = []
        for reference in exact:
            for law in self._laws.get(reference.law_title, []) if reference.number else []:
                edition = self._edition(law, reference.year)
                if edition is not None:
                    self._numbers[edition.pk] |= {number for number, _suffix in _range(reference)}
                    wanted.append(edition)
        editions = [edition for edition in wanted if edition.pk not in self._whole]
        numbers = {number for edition in editions for number in self._numbers[edition.pk]}
        if editions:
            self._fetch(editions, Article.objects.filter(edition__in=editions, number__in=numbers))

    def _named_exactly(self, reference: Reference) -> Reference:
        """A law without 《》: the longest ending of what stood before it that is the name of a law."""
        self._read_laws([reference])
        if not reference.run or self._laws[reference.law_title]:
            longer = citations.last_names(reference.run) if reference.run else []
            better = next((n for n in longer if len(n) > len(reference.law_title) and self._laws[n]), "")
            return _renamed_to(reference, better) if better else reference
        name = next((name for name in citations.last_names(reference.run) if self._laws[name]), "")
        return _renamed_to(reference, name) if name else reference

    def _read_laws(self, references: Iterable[Reference]) -> None:
        sure = {r.law_title for r in references} - self._laws.keys()
        ends = {n for r in references if r.run for n in citations.last_names(r.run)} - self._laws.keys()
        if sure | ends:
            self._laws |= laws_named(sure, ends_of_runs=ends)

    def _read_lines(self, laws: list[Law]) -> None:
        missing = [law for law in laws if law.pk not in self._lines]
        if missing:
            self._lines |= lines_of(missing, self.inside.joined if self.inside else None)

    def _read_articles(self, editions: list[LawEdition], reference: Reference) -> None:
        """What `prepare` did not read is read with the whole edition, so that the next citation costs nothing."""
        wanted = {number for number, _suffix in _range(reference)}
        missing = [e for e in editions if e.pk not in self._whole and not wanted <= self._numbers[e.pk]]
        if missing:
            self._whole |= {edition.pk for edition in missing}
            self._fetch(missing, Article.objects.filter(edition__in=missing))

    def _fetch(self, editions: list[LawEdition], rows: QuerySet[Article]) -> None:
        by_pk = {edition.pk: edition for edition in editions}
        self._articles |= {pk: defaultdict(list) for pk in by_pk}
        for article in rows.order_by("edition", "position"):
            article.edition = by_pk[article.edition_id]
            self._articles[article.edition_id][article.number, article.suffix].append(article)


def _range(reference: Reference) -> list[Key]:
    """The articles a reference may mean, as keys: of a range all numbers between, with 之一 to 之二十."""
    first = (reference.number, reference.suffix)
    end = reference.to
    if end is None or not end.number or end.article <= first:
        return [first]
    numbers = range(reference.number, min(end.number, reference.number + LONGEST_RANGE) + 1)
    return [k for n in numbers for s in range(21) if first <= (k := (n, s)) <= end.article]


def _is_this_paragraph(reference: Reference) -> bool:
    return reference.relative == Relative(Unit.PARAGRAPH)


def _failed(reference: Reference, problem: Problem, reason: str, law: Law | None = None) -> Resolution:
    return Resolution(law=law, reason=reason, reference=reference, problem=problem)


def _ambiguous(reference: Reference) -> str:
    label = article_label(reference.number, reference.suffix)
    words = {"law": reference.law_title, "article": label}
    return _("More than one article is meant by 《%(law)s》%(article)s.") % words


def _renamed_to(reference: Reference, name: str) -> Reference:
    """The same with another guess of where the name began."""
    return replace(reference, law_title=name, start=reference.start + len(reference.law_title) - len(name))


def _renamed(law: Law, edition: LawEdition) -> str:
    """That a law goes on under another name, or went under one on that day."""
    if edition.law_id == law.pk:
        return ""
    words = {"old": str(law), "new": str(edition.law)}
    return _("《%(old)s》 is called 《%(new)s》 on that day.") % words


def _missing_piece(article: Article, reference: Reference) -> str:
    """A word on a 款, 项 or 目 that an article does not have; empty where all is well."""
    if not (reference.paragraph or reference.item):
        return ""
    pieces = pieces_of(article.text)
    count = max((piece.paragraph for piece in pieces), default=0)
    if reference.paragraph > count:
        return _("%(article)s has only %(count)s paragraphs.") % {"article": article.label, "count": count}
    if reference.item and not places.find(pieces, reference.paragraph, reference.item, reference.subitem):
        return _("%(article)s has no item %(item)s there.") % {
            "article": article.label,
            "item": reference.item,
        }
    return ""


def resolve(text: str, on: datetime.date) -> Resolution:
    """The first article that `text` cites, in the edition that holds on `on`."""
    return CitationResolver(on).resolve(text)
