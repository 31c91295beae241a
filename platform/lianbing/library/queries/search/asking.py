"""From the words of the box to everything that answers them, before any filter and in no order yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import combinations

from lianbing.kit import bigrams
from lianbing.library.models import Article
from lianbing.library.models.search import article_of, row_of
from lianbing.library.queries.search import matching
from lianbing.library.queries.search.catalogue import Catalogue
from lianbing.library.queries.search.matching import Ask, Word
from lianbing.library.rules import search_words
from lianbing.library.rules.search_words import Box, Groups

# Words that may stand in a law's title instead of the text; more would mean too many combinations.
TITLED_WORDS = 2
TRIES = 8


@dataclass(frozen=True)
class Question:
    """The words with their variants. `left_out` and `read_as` say how it differs from what was asked."""

    words: tuple[Word, ...]
    names: tuple[str, ...] = ()
    number: int = 0
    suffix: int = 0
    surely: bool = False
    number_word: str = ""
    left_out: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()

    @property
    def marked(self) -> tuple[Word, ...]:
        """What is marked in the texts."""
        number = (search_words.spellings(self.number_word),) if self.surely else ()
        return (*self.words, *((name,) for name in self.names), *number)


@dataclass
class Answer:
    """Rows of the index that answer a question. Position 0 stands for a law's own title.

    `exact`: at the address that was asked for. `scoped`: some words stand in the title of the law, the
    others in the article. `headings`: all words stand in its headings.
    """

    question: Question
    exact: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    scoped: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.exact or self.titles or self.rows)

    @property
    def everything(self) -> list[int]:
        """Every row once."""
        return list(dict.fromkeys((*self.exact, *self.titles, *self.rows)))


def question_of(box: Box, groups: Groups) -> Question:
    """The box's words with everything that counts as the same."""
    words = tuple(search_words.variants(word, groups) for word in box.words)
    return Question(
        words, box.names, box.number, box.suffix, box.surely, box.number_word, left_out=box.left_out
    )


def ask(question: Question, catalogue: Catalogue) -> Answer:
    """Everything that answers the question as it stands. Two statements at most."""
    return _ask_all([question], catalogue)[0]


@dataclass
class _Plan:
    """What has to be asked of the index for one question. `within`: editions of the laws named in 《》."""

    question: Question
    exact: list[int]
    within: frozenset[int] | None
    titled: dict[Word, frozenset[int]]

    @property
    def settled(self) -> bool:
        """Whether the address alone is the answer."""
        return bool(self.exact and (self.question.words or self.question.names))

    def scopes(self) -> Iterable[tuple[tuple[Word, ...], frozenset[int]]]:
        """Words looked for in articles while the titles of these editions hold the others."""
        words = self.question.words
        in_titles = [word for word in words if self.titled[word]][:TITLED_WORDS]
        for count in range(1, min(len(in_titles), len(words) - 1) + 1):
            for outside in combinations(in_titles, count):
                sets = [self.titled[word] for word in outside]
                editions = _all(sets if self.within is None else [*sets, self.within])
                if editions:
                    yield tuple(word for word in words if word not in outside), editions

    def asks(self) -> list[Ask]:
        words = self.question.words
        if self.settled or not words:
            return []
        return [Ask(words), Ask(words, heading_only=True), *(Ask(inside) for inside, _e in self.scopes())]

    def answer(self, found: dict[Ask, list[int]], asked: Question) -> Answer:
        """Put together what the index said."""
        if self.settled:
            return Answer(asked, exact=self.exact)
        words = self.question.words
        answer = Answer(asked, exact=self.exact, titles=_titles(self))
        if not words:
            return answer
        rows = dict.fromkeys(_kept(found[Ask(words)], self.within))
        answer.headings = frozenset(_kept(found[Ask(words, heading_only=True)], self.within))
        scoped = set() if self.within is None else set(rows)
        for inside, editions in self.scopes():
            scoped.update(_kept(found[Ask(inside)], editions))
        rows.update(dict.fromkeys(scoped))
        answer.rows, answer.scoped = list(rows), frozenset(scoped)
        return answer


def _ask_all(questions: Sequence[Question], catalogue: Catalogue) -> list[Answer]:
    """The answers to several questions, with one statement to the index for them all."""
    plans = [_plan(question, catalogue) for question in questions]
    found = matching.rows([ask for plan in plans for ask in plan.asks()])
    return [plan.answer(found, question) for plan, question in zip(plans, questions, strict=True)]


def _plan(question: Question, catalogue: Catalogue) -> _Plan:
    titled = {word: catalogue.titled(word) for word in question.words}
    named = [catalogue.titled([name]) for name in question.names]
    within = _all(named) if named else None
    exact: list[int] = []
    if question.number:
        exact = _at_address(question, catalogue, within, titled)
        if not exact or not (question.words or question.names):
            question = number_as_word(question)
            titled |= {word: catalogue.titled(word) for word in question.words}
    return _Plan(question, exact, within, titled)


def number_as_word(question: Question) -> Question:
    """The same with the number as a word like any other."""
    if not question.number:
        return question
    words = (*question.words, search_words.spellings(question.number_word))
    return replace(question, words=words, number=0, suffix=0)


def _all(sets: Sequence[frozenset[int]]) -> frozenset[int]:
    return reduce(frozenset.__and__, sets)


def _at_address(
    question: Question,
    catalogue: Catalogue,
    within: frozenset[int] | None,
    titled: dict[Word, frozenset[int]],
) -> list[int]:
    """The articles of that number in the laws that are named; in all laws where none is."""
    scope, laws_named = frozenset(catalogue.rows), within is not None
    if within is not None:
        scope = within
    for word in question.words:
        if not question.surely and not (catalogue.is_name(word[0]) or search_words.ends_as_a_law(word[0])):
            return []  # 规定 15: a bare figure after a word that names no law
        if narrower := scope & titled[word]:
            scope, laws_named = narrower, True
    if question.words and not laws_named:
        return []
    found = Article.objects.filter(edition__in=scope, number=question.number, suffix=question.suffix)
    return [row_of(*pair) for pair in found.order_by().values_list("edition_id", "position")]


def _titles(plan: _Plan) -> list[int]:
    """Laws whose title holds every word."""
    sets = [plan.titled[word] for word in plan.question.words]
    sets += [] if plan.within is None else [plan.within]
    return [row_of(pk, 0) for pk in sorted(_all(sets))] if sets else []


def _kept(rows: Iterable[int], editions: frozenset[int] | None) -> Iterable[int]:
    """Of these rows, the articles of these editions; all of them where no law is named."""
    return rows if editions is None else (row for row in rows if row > 0 and article_of(row)[0] in editions)


def relaxed(question: Question, catalogue: Catalogue, groups: Groups) -> Answer:
    """The next best when nothing answers: long words read as several, then words left out.

    The answer's question says in `read_as` and `left_out` what was done. Empty when nothing helps.
    Four statements at most.
    """
    question = number_as_word(question)
    alone = matching.rows([Ask((word,)) for word in question.words])
    useless = {w for w in question.words if not alone[Ask((w,))] and not catalogue.titled(w)}
    for weaker in (
        _cut(question, useless, catalogue, groups),
        _shortened(question, useless),
        _single(question),
    ):
        answers = _ask_all(weaker[:TRIES], catalogue)
        for answer in answers:
            if answer:
                return answer
    return Answer(question)


def _cut(question: Question, useless: set[Word], catalogue: Catalogue, groups: Groups) -> list[Question]:
    """Every long word that stands nowhere read as several."""
    terms = catalogue.every_name | {term for group in groups for term in group}
    made = []
    for place, word in enumerate(question.words):
        if word in useless and len(word[0]) >= 4 and any(map(bigrams.is_han, word[0])):
            known = [term for term in terms if term in word[0]]
            for pieces in search_words.cuts(word[0], known):
                cut = [search_words.variants(piece, groups) for piece in pieces]
                words = (*question.words[:place], *cut, *question.words[place + 1 :])
                made.append(replace(question, words=words, read_as=tuple(one[0] for one in words)))
    return made


def _shortened(question: Question, useless: set[Word]) -> list[Question]:
    """Without what stands nowhere; then without one word, the later first."""
    made = [_without(question, tuple(useless))] if useless and len(useless) < len(question.words) else []
    if question.names and question.words:
        made.append(replace(question, names=(), left_out=(*question.left_out, *question.names)))
    if len(question.words) > 1:
        made += [_without(question, (word,)) for word in reversed(question.words)]
    return made


def _single(question: Question) -> list[Question]:
    """One word at a time, the first one first."""
    return [
        _without(question, tuple(other for other in question.words if other != word))
        for word in question.words
    ]


def _without(question: Question, words: tuple[Word, ...]) -> Question:
    kept = tuple(word for word in question.words if word not in words)
    gone = tuple(word[0] for word in question.words if word in words)
    return replace(question, words=kept, left_out=(*question.left_out, *gone))
