"""Turning a draft into rows: random option ids, citations that surely resolve or stay text."""

import datetime
import secrets
from collections.abc import Sequence

from lianbing.library.queries import CitationResolver
from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank.kinds.base import Content, Key
from question_bank.models import Citation, KnowledgePoint, QuestionVersion
from question_bank.rules.contract import Problem
from question_bank.rules.draft import Draft
from question_bank.services.cited import Meant, meaning

_ALPHABET = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
_MANY = 90
SHOWABLE = frozenset(
    {"options_too_few", "option_empty", "option_duplicate", "key_too_many", "point_text", "answer_in_stem"}
)
MAY_WAIT = frozenset({"key_missing", "order_missing", "reference_missing", "blank_without_answer"})


class Ids:
    """Random ids, none twice in one version. They say nothing about place or key."""

    def __init__(self) -> None:
        self.made: set[str] = set()

    def __call__(self, count: int) -> list[str]:
        """So many new ids: two characters, three once many are given out."""
        fresh: list[str] = []
        while len(fresh) < count:
            one = secrets.choice(_ALPHABET) + secrets.choice(_DIGITS)
            one += secrets.choice(_ALPHABET) if len(self.made) > _MANY else ""
            if one not in self.made:
                self.made.add(one)
                fresh.append(one)
        return fresh


def said(draft: Draft) -> tuple[Content, Key]:
    """Content and key of a draft, with fresh ids. Raises kinds.BadNormal where it holds no such question."""
    return kinds.get(draft.kind).from_normal(draft.body, Ids())


def problems_of(draft: Draft) -> list[Problem]:
    """What stands in the way of asking this draft."""
    try:
        content, key = said(draft)
    except kinds.BadNormal as error:
        return [Problem("key_outside", "key") if error.code == "right" else Problem("malformed", error.code)]
    return kinds.get(draft.kind).check(content, key)


def doubts_of(draft: Draft) -> list[Problem]:
    """What an editor should look at in a sound draft."""
    return kinds.get(draft.kind).doubts(*said(draft))


def can_be_shown(problems: Sequence[Problem]) -> bool:
    """Whether a question with these problems has at least all that its kind needs to show it."""
    return all(problem.code in MAY_WAIT or problem.code in SHOWABLE for problem in problems)


def has_key(draft: Draft) -> bool:
    """Whether the draft says what is right, soundly or not."""
    return not any(problem.code in MAY_WAIT for problem in problems_of(draft))


def version_of(
    draft: Draft, *, number: int, point: KnowledgePoint | None, by: Actor, at: datetime.datetime
) -> QuestionVersion:
    """An unsaved version for a tidied draft; the caller sets the question."""
    content, key = said(draft)
    return QuestionVersion(
        number=number,
        kind=draft.kind,
        content=content,
        key=key,
        keyless=any(problem.code in MAY_WAIT for problem in kinds.get(draft.kind).check(content, key)),
        explanation=draft.explanation,
        knowledge_point=point,
        difficulty=draft.difficulty,
        author_id=by.user_id,
        author_name=by.name,
        writers=[by.user_id] if by.user_id else [],
        created_at=at,
    )


def citations_of(draft: Draft, resolver: CitationResolver) -> list[tuple[Citation, Meant]]:
    """Unsaved citations of a draft, each with all that it means. The caller sets the version."""
    made = []
    for position, text in enumerate(draft.citations):
        first = resolver.resolve(text)
        named = first.reference.law_title if first.reference else ""
        title = first.law.title if first.law else named
        meant = meaning(text, resolver)
        article = meant.articles[0] if meant.articles else None
        citation = Citation(position=position, text=text[:300], law_title=title[:200], article_id=article)
        made.append((citation, meant))
    return made


def draft_of(version: QuestionVersion) -> Draft:
    """The draft a stored version would come from, for editing and comparing."""
    normal = kinds.get(version.kind).normal(version.content, version.key)
    return Draft(
        kind=version.kind,
        body={name: value for name, value in normal.items() if name != "kind"},
        explanation=version.explanation,
        point=version.knowledge_point.name if version.knowledge_point else "",
        difficulty=version.difficulty,
        citations=tuple(citation.text for citation in version.citations.all()),
    )
