"""A quiz on its public pages and on paper. Nothing here names a member of staff or an id of the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from exams.contests.models import Quiz, QuizAttempt, QuizDraw, QuizGuest, QuizList
from exams.contests.rules import campaigns as campaign_rules
from exams.contests.rules import lottery
from exams.contests.rules import quiz as rules
from lianbing.kit import pdf
from question_bank import kinds
from question_bank.models import QuestionVersion

TEMPLATE = Path(__file__).parent.parent / "typst" / "participation.typ"
MANY = frozenset({"multiple_choice", "indefinite_choice"})

STAGES = {
    rules.Stage.DRAFT: (gettext_lazy("Draft"), "muted"),
    rules.Stage.COMING: (pgettext_lazy("quiz", "Not open yet"), "info"),
    rules.Stage.OPEN: (pgettext_lazy("quiz", "Open"), "ok"),
    rules.Stage.CLOSED: (gettext_lazy("Closed"), "muted"),
    rules.Stage.STOPPED: (gettext_lazy("Called off"), "bad"),
}
CAMPAIGN_STAGES = {
    campaign_rules.Stage.DRAFT: (gettext_lazy("Draft"), "muted"),
    campaign_rules.Stage.COMING: (pgettext_lazy("quiz", "Coming"), "info"),
    campaign_rules.Stage.OPEN: (gettext_lazy("Under way"), "ok"),
    campaign_rules.Stage.OVER: (gettext_lazy("Over"), "muted"),
}
PRESETS = {
    "consumer_day": gettext_lazy("3·15 consumer rights day"),
    "civil_code_month": gettext_lazy("Civil Code month"),
    "environment_day": gettext_lazy("6·5 environment day"),
    "safety_month": gettext_lazy("Work safety month"),
    "city_month": gettext_lazy("City management month"),
    "fire_day": gettext_lazy("11·9 fire safety day"),
    "constitution_week": gettext_lazy("Constitution week"),
    "constitution_day": gettext_lazy("12·4 national Constitution Day"),
}
CHECKS = {
    "readable": gettext_lazy("the file can be read"),
    "seed_length": gettext_lazy("the seed has its length"),
    "commitment": gettext_lazy("the seed is the one committed to"),
    "commitment_given": gettext_lazy("the commitment is the one you noted"),
    "list_sorted": gettext_lazy("the list is sorted and names nobody twice"),
    "list_hash": gettext_lazy("the list has its hash"),
    "order": gettext_lazy("seed and list give this order"),
    "winners": gettext_lazy("the prizes follow the order"),
}


@dataclass(frozen=True)
class Card:
    """A question on a page. `question` is what is asked and holds no key; `shown` and the rest only afterwards.

    `count` is the phone's count of the answer that was saved.
    """

    place: int
    kind: str
    question: Mapping[str, Any]
    count: int = 0
    shown: Any = None
    right: bool = False
    explanation: str = ""
    basis: Sequence[str] = ()


def asked(attempt: QuizAttempt, found: Mapping[int, QuestionVersion]) -> list[Card]:
    """The questions of a running attempt with what was answered so far; nothing in them says what is right."""
    cards = []
    for place, (version_id, _point, order) in enumerate(attempt.items, start=1):
        version = found[version_id]
        face = kinds.get(version.kind).face(version.content, order or None)
        count, ticked = attempt.answers.get(str(place), [0, []])
        told = {"name": f"q{place}", "many": version.kind in MANY, "ticked": ticked}
        cards.append(Card(place, version.kind, {**face, **told}, count))
    return cards


def answered(attempt: QuizAttempt, found: Mapping[int, QuestionVersion]) -> list[Card]:
    """The questions of an attempt handed in with key, explanation and basis. Expects prefetched citations."""
    cards = []
    for place, (version_id, _point, order) in enumerate(attempt.items, start=1):
        version = found[version_id]
        response = attempt.answers.get(str(place), [0, []])[1]
        shown = kinds.get(version.kind).show(
            version.content, order or None, key=version.key, response=response
        )
        basis = [citation.text for citation in version.citations.all()]
        right = bool(attempt.marks[place - 1])
        cards.append(Card(place, version.kind, {}, 0, shown, right, version.explanation, basis))
    return cards


def span(seconds: int) -> str:
    """A number of seconds in minutes and seconds, for people."""
    minutes, rest = divmod(seconds, 60)
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}


def draw_document(quiz: Quiz, listed: QuizList, drawn: QuizDraw) -> dict[str, Any]:
    """The file that anybody may check with `verify_draw`."""
    return lottery.document(
        title=quiz.title,
        closed_at=quiz.closes_at,
        committed=quiz.commitment,
        seed=quiz.seed,
        entries=[lottery.Entry(*one) for one in listed.entries],
        order=drawn.order,
        prizes=list(quiz.prizes.values_list("name", "count")),
        drawn_at=drawn.at,
    )


def earns_certificate(quiz: Quiz, guest: QuizGuest) -> bool:
    """Whether a guest's best attempt reaches the quiz's certificate."""
    return (
        quiz.certificate_at is not None
        and guest.best_score is not None
        and guest.best_score >= quiz.certificate_at
    )


def certificate_pdf(quiz: Quiz, guest: QuizGuest) -> bytes:
    """The participation certificate: a coloured keepsake that looks like no certificate of the state."""
    assert guest.best_score is not None
    day = timezone.localtime(quiz.closes_at).date()
    words = {
        "kind": _("Participation certificate"),
        "name": guest.nickname,
        "sentence": _("took part in the quiz “%(quiz)s” and answered %(score)s %% right.")
        % {"quiz": quiz.title, "score": f"{guest.best_score.normalize():f}"},
        "thanks": _("Thank you for learning the law with us!"),
        "number": _("Participation number %(number)s") % {"number": guest.number},
        "organiser": quiz.organiser,
        "day": _("Quiz closing on %(day)s") % {"day": day.isoformat()},
        "keepsake": _("A keepsake of a public quiz under a nickname. It proves no qualification."),
    }
    return pdf.render(TEMPLATE, words, at=quiz.closes_at)
