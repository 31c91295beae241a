"""Taking answers: once each, in order, at a moment the server rules, and only what was asked.

Answers are facts that are appended; they stand in no audit trail beside. Whatever earns is decided here,
with the officer's row held, so that a second tab or phone waits and then finds it taken.
"""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.drills.models import DrillAnswer, DrillSet, Memory
from courses.drills.queries.reach import open_versions
from courses.drills.rules import grading, rulings
from courses.drills.rules.challenge import stands
from courses.drills.rules.ratings import WHOLE, rating
from courses.drills.services import finishing, memory, points
from lianbing.kit import outbox
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointment_of, day_of
from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank.models import QuestionVersion

MOST = 200
TOLD = frozenset({DrillSet.Kind.CHANGE, DrillSet.Kind.MONTHLY})


class DrillRefused(Exception):
    """It cannot be done; the text says why. `code`: own, many, empty, unknown."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Given:
    """One answer as a device sends it: `uid` is the device's own, `version` the pk of what was shown.

    `said_at`: when the device says it was given (aware), or None.
    """

    uid: uuid.UUID
    version: int
    response: Any
    guessed: bool = False
    said_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """What came of an answer. `share` of it was right (0 to 1); `due_at` is when it will be asked again."""

    uid: uuid.UUID
    version: int
    right: bool
    share: Decimal
    due_at: datetime.datetime | None


@dataclass(frozen=True)
class Taken:
    """What came of a batch: a verdict for each answer that counts, also one taken before; the rest is ignored.

    `points`: what the new ones earned. `finished`: whether nothing of the set is left to answer. `over`: some
    were ignored because the challenge run had ended before them.
    """

    verdicts: list[Verdict]
    ignored: list[uuid.UUID]
    points: int = 0
    finished: bool = False
    over: bool = False


@dataclass
class _Turn:
    """One batch at work."""

    officer: Officer
    drill_set: DrillSet
    received_at: datetime.datetime
    sent_at: datetime.datetime | None
    unit: Unit | None
    open: Mapping[int, QuestionVersion]
    answered: set[int]
    earned: set[int]
    previous_at: datetime.datetime | None
    run: list[bool] | None = None  # right or wrong in their order, in a challenge run only
    over: bool = False
    made: list[DrillAnswer] = field(default_factory=list)


def take(
    *,
    drill_set: DrillSet,
    answers: Sequence[Given],
    by: Actor,
    at: datetime.datetime,
    sent_at: datetime.datetime | None = None,
) -> Taken:
    """Take a batch of answers to one's own set, in the order given.

    An answer sent again gets the verdict it had. Ignored: what the set does not ask, what was answered in
    it before, what is out of reach by now, what no honest page sends, what comes after the end of a
    challenge run. `sent_at` is the device's clock at the sending. Raises DrillRefused (own, many).
    """
    if by.officer_id is None or by.officer_id != drill_set.officer_id:
        raise DrillRefused("own", _("This is somebody else's set."))
    if len(answers) > MOST:
        raise DrillRefused("many", _("At most %(most)s answers at a time.") % {"most": MOST})
    with transaction.atomic():
        officer = Officer.objects.select_for_update(no_key=True).get(pk=by.officer_id)
        before = _before(officer, answers)
        turn = _turn(officer, drill_set, answers, at, sent_at)
        for one in answers:
            if one.uid not in before and (answer := _ruled(turn, one)) is not None:
                before[one.uid] = answer
        earned = _store(turn) + _finish(turn)
        rows = memory.of_questions(officer, {one.question_id for one in before.values()})
    return _taken(turn, answers, before, rows, earned)


def _before(officer: Officer, answers: Sequence[Given]) -> dict[uuid.UUID, DrillAnswer]:
    taken = DrillAnswer.objects.filter(officer=officer, uid__in=[one.uid for one in answers])
    return {one.uid: one for one in taken}


def _turn(
    officer: Officer,
    drill_set: DrillSet,
    answers: Sequence[Given],
    at: datetime.datetime,
    sent_at: datetime.datetime | None,
) -> _Turn:
    # A set chosen anew for another post still takes what a phone carried of it.
    asked = {*drill_set.versions, *drill_set.source.get("was", ())} & {one.version for one in answers}
    open_now = open_versions(asked, at)
    questions = {version.question_id for version in open_now.values()}
    given = DrillAnswer.objects.filter(officer=officer)
    there = list(drill_set.answers.order_by("at", "pk").values_list("version_id", "right"))
    appointment = appointment_of(officer, day_of(at))
    return _Turn(
        officer=officer,
        drill_set=drill_set,
        received_at=at,
        sent_at=sent_at,
        unit=appointment.unit if appointment else None,
        open=open_now,
        answered={version for version, _right in there},
        earned=set(
            given.filter(received_on=day_of(at), point_worthy=True, question__in=questions).values_list(
                "question_id", flat=True
            )
        ),
        previous_at=given.order_by("-at").values_list("at", flat=True).first(),
        run=[right for _version, right in there] if drill_set.kind == DrillSet.Kind.CHALLENGE else None,
    )


def _ruled(turn: _Turn, given: Given) -> DrillAnswer | None:
    """The answer as it is stored, or None when it is ignored."""
    version = turn.open.get(given.version)
    if version is None or version.pk in turn.answered or _run_is_over(turn):
        return None
    try:
        response = kinds.get(version.kind).parse(given.response, version.content)
    except kinds.BadResponse:
        return None
    share = grading.share(version.kind, version.content, version.key, response)
    said = rulings.corrected(given.said_at, sent_at=turn.sent_at, received_at=turn.received_at)
    made_at, before = turn.drill_set.made_at, turn.previous_at
    moment = rulings.ruled(said, made_at=made_at, previous_at=before, received_at=turn.received_at)
    read = rulings.at_human_pace(moment, made_at=made_at, previous_at=before)
    worthy = read and version.question_id not in turn.earned
    answer = DrillAnswer(
        uid=given.uid,
        officer=turn.officer,
        question_id=version.question_id,
        version=version,
        drill_set=turn.drill_set,
        response=response,
        right=share == WHOLE,
        share=share,
        guessed=given.guessed,
        rating=rating(share=share, guessed=given.guessed),
        said_at=given.said_at,
        at=moment,
        on=day_of(moment),
        received_at=turn.received_at,
        received_on=day_of(turn.received_at),
        unit=turn.unit,
        point_worthy=worthy,
    )
    turn.previous_at = moment
    turn.answered.add(version.pk)
    if worthy:
        turn.earned.add(version.question_id)
    if turn.run is not None:
        turn.run.append(answer.right)
    turn.made.append(answer)
    return answer


def _run_is_over(turn: _Turn) -> bool:
    """Whether a challenge run ended before the answer at hand; noted, so that its owner is told."""
    if turn.run is not None and stands(turn.run, len(turn.drill_set.versions)).over:
        turn.over = True
    return turn.over


def _store(turn: _Turn) -> int:
    """Write the new answers and all that follows from them; gives the points earned."""
    if not turn.made:
        return 0
    made = DrillAnswer.objects.bulk_create(turn.made)
    rows = memory.of_questions(turn.officer, {one.question_id for one in made})
    for one in made:
        memory.remember(rows, one)
    memory.save(rows.values())
    memory.keep_book(turn.officer, made)
    return points.award(answers=made, officer=turn.officer, unit=turn.unit, at=turn.received_at)


def _finish(turn: _Turn) -> int:
    """Close the set when nothing of it that is still in reach is left; gives the points that earns."""
    drilled, at = turn.drill_set, turn.received_at
    left = [pk for pk in drilled.versions if pk not in turn.answered]
    if drilled.finished_at or not turn.answered or (left and open_versions(left, at)):
        return 0
    if not DrillSet.objects.filter(pk=drilled.pk, finished_at=None).update(finished_at=at):
        return 0
    drilled.finished_at = at
    if drilled.kind in TOLD:
        outbox.publish("drill_set_finished", {"set": drilled.pk}, at=at)
    return finishing.follow(drill_set=drilled, unit=turn.unit, at=at)


def _taken(
    turn: _Turn,
    answers: Sequence[Given],
    counted: Mapping[uuid.UUID, DrillAnswer],
    rows: Mapping[int, Memory],
    earned: int,
) -> Taken:
    verdicts: dict[uuid.UUID, Verdict] = {}
    for one in answers:
        answer = counted.get(one.uid)
        if answer is not None:
            row = rows.get(answer.question_id)
            due = row.due_at if row else None
            verdicts[one.uid] = Verdict(one.uid, answer.version_id, answer.right, answer.share, due)
    ignored = list(dict.fromkeys(one.uid for one in answers if one.uid not in counted))
    finished = turn.drill_set.finished_at is not None
    return Taken(list(verdicts.values()), ignored, earned, finished, turn.over)
