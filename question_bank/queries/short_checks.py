"""Questions for the short check at the end of a circulated document: the library asks, the bank answers.

Only what is open to drills is ever offered, asked or shown, and only kinds that a plain form can ask.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianbing.library.ports import Asked, Checks, DocumentUse, Marked, Offered, Try, checks, uses_documents
from lianbing.people.rules import Role
from question_bank import kinds
from question_bank.kinds import BadResponse
from question_bank.models import KINDS, Citation, Pool, Question, QuestionVersion
from question_bank.queries.drawing import in_draw

CHECKABLE = ("single_choice", "multiple_choice", "indefinite_choice", "true_false")
OFFERED = 30
TITLE = 90
PICTURE = "!["


def _plain(version: QuestionVersion) -> bool:
    """Whether a plain form can ask it: no picture, no reason to write."""
    return PICTURE not in version.content["stem"] and not version.content.get("asks_reason")


def _offered(question: Question) -> Offered:
    version = question.published_version
    assert version is not None
    stem = version.content["stem"]
    title = f"{stem[:TITLE]}…" if len(stem) > TITLE else stem
    return Offered(str(question.uid), title, dict(KINDS)[version.kind])


def _usable(keys: Sequence[str]) -> list[Question]:
    """Those of the questions that may be asked today, in the order of the keys. One statement."""
    uids = [UUID(key) for key in keys if _is_uid(key)]
    found = in_draw(None, {Pool.DRILL}).filter(uid__in=uids, published_version__kind__in=CHECKABLE)
    by_uid = {one.uid: one for one in found.select_related("published_version")}
    some = [by_uid[uid] for uid in dict.fromkeys(uids) if uid in by_uid]
    return [one for one in some if one.published_version and _plain(one.published_version)]


def _is_uid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def offer(words: str) -> list[Offered]:
    """The first questions open to drills that hold every word, newest change first."""
    found = in_draw(None, {Pool.DRILL}).filter(published_version__kind__in=CHECKABLE)
    for word in words.casefold().split()[:8]:
        found = found.filter(search_text__contains=word)
    rows = found.select_related("published_version").order_by("-changed_at", "-pk")[: 2 * OFFERED]
    some = [one for one in rows if one.published_version and _plain(one.published_version)]
    return [_offered(one) for one in some[:OFFERED]]


def named(keys: Sequence[str]) -> list[Offered]:
    """What of these may still be asked."""
    return [_offered(one) for one in _usable(keys)]


def _versions(keys: Sequence[str]) -> list[QuestionVersion]:
    return [one.published_version for one in _usable(keys) if one.published_version]


def _input(version: QuestionVersion) -> str:
    """The name of its input. A version that was replaced meanwhile counts as not answered."""
    return f"q{version.pk}"


def ask(keys: Sequence[str], sent: Mapping[str, list[str]]) -> list[Asked]:
    """The questions as they stand in the form, with what is ticked so far; nothing about what is right."""
    found = []
    for version in _versions(keys):
        face = kinds.get(version.kind).face(version.content)
        context = face | {
            "name": _input(version),
            "many": version.kind in {"multiple_choice", "indefinite_choice"},
            "ticked": sent.get(_input(version), []),
        }
        found.append(Asked(_input(version), "question_bank/check_asked.html", context))
    return found


def mark(keys: Sequence[str], sent: Mapping[str, list[str]]) -> Try:
    """What came of the ticked options. What cannot be read is not answered."""
    answers: dict[str, Any] = {}
    blank, right = [], 0
    versions = _versions(keys)
    for version in versions:
        kind = kinds.get(version.kind)
        try:
            response = kind.parse(sent.get(_input(version), []), version.content)
        except BadResponse:
            response = []
        if kind.is_blank(response):
            blank.append(_input(version))
        answers[str(version.pk)] = response
        right += kind.compare(version.content, version.key, response).is_exact
    return Try(answers, right, len(versions), tuple(blank))


def show(answers: Mapping[str, Any]) -> list[Marked]:
    """A try after it was sent: each version as it was asked, with what was chosen and what is right."""
    ids = [int(pk) for pk in answers if pk.isascii() and pk.isdigit()]
    versions = QuestionVersion.objects.filter(question__pool=Pool.DRILL).in_bulk(ids)
    found = []
    for pk in ids:
        if version := versions.get(pk):
            kind, response = kinds.get(version.kind), answers[str(pk)]
            shown = kind.show(version.content, key=version.key, response=response)
            right = kind.compare(version.content, version.key, response).is_exact
            found.append(
                Marked(
                    right,
                    "question_bank/check_answered.html",
                    {"shown": shown},
                    explanation=version.explanation,
                )
            )
    return found


checks(
    Checks(
        note=_(
            "One to five questions that are open to drills: choice, or true and false. Other kinds need more "
            "than a plain form and are not offered."
        ),
        offer=offer,
        named=named,
        ask=ask,
        mark=mark,
        show=show,
    )
)


@uses_documents
def questions_naming(titles: Mapping[int, str]) -> list[DocumentUse]:
    """Questions in use whose citations name these documents by their title."""
    found = []
    for pk, title in titles.items():
        named = Citation.objects.filter(text__contains=f"《{title.strip('《》')}》").values("version")
        rows = Question.objects.filter(published_version__in=named).select_related(
            "bank", "published_version"
        )
        for question in rows.order_by("pk")[:200]:
            stem = question.published_version.content["stem"] if question.published_version else ""
            found.append(
                DocumentUse(
                    pk,
                    _("Question"),
                    stem[:60],
                    question.get_absolute_url(),
                    note=str(question.bank),
                    seen_by=frozenset({Role.TRAINER, Role.LEGAL}),
                )
            )
    return found
