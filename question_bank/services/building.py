"""Turning a draft into rows: random option ids, citations that surely resolve or stay text."""

import datetime
import secrets

from lianbing.library.queries import CitationResolver
from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank.models import Citation, KnowledgePoint, QuestionVersion
from question_bank.rules.contract import Problem
from question_bank.rules.draft import Draft

_ALPHABET = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"


def new_ids(count: int) -> list[str]:
    """Different random ids for the options of one version. They say nothing about place or key."""
    made: list[str] = []
    while len(made) < count:
        one = secrets.choice(_ALPHABET) + secrets.choice(_DIGITS)
        if one not in made:
            made.append(one)
    return made


def problems_of(draft: Draft) -> list[Problem]:
    """What stands in the way of asking this draft."""
    ids = [str(place) for place in range(len(draft.options))]
    return kinds.get(draft.kind).check(draft.content(ids), draft.key(ids))


def doubts_of(draft: Draft) -> list[Problem]:
    """What an editor should look at in a sound draft."""
    ids = [str(place) for place in range(len(draft.options))]
    return kinds.get(draft.kind).doubts(draft.content(ids), draft.key(ids))


def version_of(
    draft: Draft, *, number: int, point: KnowledgePoint | None, by: Actor, at: datetime.datetime
) -> QuestionVersion:
    """An unsaved version for a tidied draft; the caller sets the question."""
    ids = new_ids(len(draft.options))
    return QuestionVersion(
        number=number,
        kind=draft.kind,
        content=draft.content(ids),
        key=draft.key(ids),
        explanation=draft.explanation,
        knowledge_point=point,
        difficulty=draft.difficulty,
        author_id=by.user_id,
        author_name=by.name,
        writers=[by.user_id] if by.user_id else [],
        created_at=at,
    )


def citations_of(draft: Draft, resolver: CitationResolver) -> tuple[list[Citation], list[str]]:
    """Unsaved citations of a draft, and for each that did not resolve, the text as written."""
    made, unresolved = [], []
    for position, text in enumerate(draft.citations):
        found = resolver.resolve(text)
        named = found.reference.law_title if found.reference else ""
        title = found.law.title if found.law else named
        made.append(
            Citation(position=position, text=text[:300], law_title=title[:200], article=found.article)
        )
        if found.article is None:
            unresolved.append(text)
    return made, unresolved


def draft_of(version: QuestionVersion) -> Draft:
    """The draft a stored version would come from, for editing and comparing."""
    options = version.content["options"]
    ids = [option["id"] for option in options]
    return Draft(
        kind=version.kind,
        stem=version.content["stem"],
        options=tuple(option["text"] for option in options),
        right=tuple(ids.index(one) for one in version.key["options"] if one in ids),
        explanation=version.explanation,
        point=version.knowledge_point.name if version.knowledge_point else "",
        difficulty=version.difficulty,
        citations=tuple(citation.text for citation in version.citations.all()),
    )
