"""What rests on articles that change: gathered from every app, narrowed to what a person may know of."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianbing.library import ports
from lianbing.library.models import Article, HandbookEntry, LawEdition
from lianbing.library.ports import Citing, Text
from lianbing.library.queries.amendments import Change
from lianbing.library.rules import citations
from lianbing.library.rules.diff import Comparison, Fate
from lianbing.people.rules import EVERYONE, Actor


@dataclass(frozen=True)
class Group:
    """One changed article and what rests on it."""

    change: Change
    citing: Sequence[Citing]


@dataclass
class Impact:
    """All changed articles with what rests on them. `kinds`: (code, word, number of different things)."""

    groups: list[Group]
    kinds: list[tuple[str, Text, int]] = field(default_factory=list)

    @property
    def cited(self) -> int:
        """How many of the articles something rests on."""
        return sum(bool(group.citing) for group in self.groups)

    @property
    def things(self) -> int:
        """How many different things rest on them."""
        return sum(count for _code, _word, count in self.kinds)


def citing_for(articles: Collection[int], actor: Actor) -> list[Citing]:
    """What rests on these articles, as far as this person may know of it."""
    return [one for one in ports.all_citing(articles) if actor.has(*one.seen_by)]


def impact_of(changes: Sequence[Change], actor: Actor, *, code: str = "") -> Impact:
    """What rests on the changed articles; with `code`, only that kind of thing in the groups."""
    found = citing_for({change.before.pk for change in changes}, actor)
    by_article: dict[int, list[Citing]] = defaultdict(list)
    for one in found:
        if not code or one.code == code:
            by_article[one.article_pk].append(one)
    groups = [Group(change, by_article[change.before.pk]) for change in changes]
    return Impact(groups, _kinds(found))


def impact_of_draft(old: LawEdition | None, comparison: Comparison | None, actor: Actor) -> Impact:
    """What a text that is no edition yet would touch by what it changes in `old`. One statement and those of
    the apps."""
    if old is None or comparison is None:
        return Impact([])
    articles = {article.anchor: article for article in old.articles.order_by("position")}
    changes = []
    for row in comparison.rows:
        if row.old is not None and row.fate is not Fate.SAME:
            article = articles[row.old.anchor]
            article.edition = old
            changes.append(Change("changed" if row.reworded else str(row.fate), article, None))
    return impact_of(changes, actor)


def _kinds(found: Sequence[Citing]) -> list[tuple[str, Text, int]]:
    words = {one.code: one.kind for one in found}
    counted = Counter(code for code, _thing in {(one.code, one.uid or one.url) for one in found})
    return [(code, words[code], counted[code]) for code in sorted(words)]


@ports.citing
def handbook_entries_citing(articles: Collection[int]) -> list[Citing]:
    """Entries of the handbook that name these articles in a citation block, of whatever edition.

    An entry shows the article in force on the day of reading, so the number is what it rests on.
    """
    wanted: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    rows = Article.objects.filter(pk__in=articles).order_by("pk")
    for pk, title, number, suffix in rows.values_list("pk", "edition__law__title", "number", "suffix"):
        for name in citations.name_keys(title):
            wanted[name, number, suffix].append(pk)
    found = []
    for entry in HandbookEntry.objects.live().order_by("path").only("title", "slug", "body"):
        touched = {pk for key in _named_in(entry.body.raw_data) for pk in wanted.get(key, ())}
        found += [
            Citing(
                pk,
                "handbook",
                _("Handbook entry"),
                entry.title,
                entry.get_absolute_url(),
                uid=entry.slug,
                seen_by=EVERYONE,
            )
            for pk in sorted(touched)
        ]
    return found


def _named_in(body: Any) -> set[tuple[str, int, int]]:
    """(name of the law, number, suffix) of every article that a handbook entry's blocks cite."""
    texts = [block["value"].get("citation", "") for block in body if block["type"] == "article"]
    return {
        (citations.title(reference.law_title), number, reference.suffix if number == reference.number else 0)
        for text in texts
        for reference in citations.find(text)
        for number in range(reference.number, (reference.to or reference.place).number + 1)
    }
