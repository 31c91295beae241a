"""Holding the ledgers against the database: nothing acknowledged may be missing, every score must be right."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import quantiles
from typing import Any

from exams.models import AnswerEvent, Attempt
from exams.rehearsal.candidate import Ledger
from exams.rules.marks import section_place, sections_of
from question_bank.queries import versions


@dataclass(frozen=True)
class Verdict:
    """What the comparison found."""

    saves_acked: int
    saves_lost: int
    submitted: int
    scores_equal: bool
    troubles: list[str]


def percentile(values: Sequence[float], of_hundred: int) -> float:
    """A percentile in the values' own unit, rounded to a tenth; 0 when there are none."""
    if len(values) < 2:
        return round(values[0], 1) if values else 0.0
    return round(quantiles(values, n=100, method="inclusive")[of_hundred - 1], 1)


def score(attempt: Attempt, answers: dict[str, list[str]], keys: dict[int, Any]) -> Decimal:
    """The score computed anew: full marks for exactly the right options; a section that says so gives half
    for some of them and nothing wrong.
    """
    paper = attempt.candidate.paper
    rules = [one.rule for one in sections_of(paper.sections)]
    total = Decimal(0)
    for position, item in enumerate(paper.items, start=1):
        version, marks = item[0], item[2]
        chosen, right = set(answers.get(str(position), [])), set(keys[version]["options"])
        if chosen == right:
            total += Decimal(marks)
        elif chosen and chosen < right and rules[section_place(item)] == "half_for_subset":
            total += Decimal(marks) / 2
    return total


def lost_in(ledger: Ledger, attempt: Attempt) -> int:
    """How many acknowledged events the database does not hold as acknowledged, and answers that differ."""
    clients = [row[0] for row in attempt.ledger.get("w", [])]
    events = AnswerEvent.objects.filter(attempt_id=attempt.pk).values_list("writer", "seq", "item", "value")
    stored = {(clients[writer], seq): (item, value) for writer, seq, item, value in events}
    missing = 0
    for place, (item, value) in ledger.acked.items():
        found = stored.get(place)
        missing += found is None or found[0] != item or _ids(found[1]) != value
    for key in ledger.answers.keys() | attempt.answers.keys():
        missing += ledger.answers.get(key) != attempt.answers.get(key)
    return missing


def _ids(stored: str) -> list[str]:
    return [part.strip('"') for part in stored.strip("[]").split(",") if part]


def compare(ledgers: Sequence[Ledger], attempts: dict[str, Attempt]) -> Verdict:
    """Compare what candidates were told with their attempts ({uid: Attempt with paper and marks})."""
    wanted = {item[0] for attempt in attempts.values() for item in attempt.candidate.paper.items}
    keys = {pk: version.key for pk, version in versions(wanted).items()}
    acked = lost = submitted = 0
    equal = True
    troubles = [f"{one.staff_number}: {one.trouble}" for one in ledgers if one.trouble]
    for ledger in ledgers:
        acked += len(ledger.acked)
        attempt = attempts.get(ledger.attempt)
        if attempt is None:
            lost += len(ledger.acked)
            equal = False
            continue
        lost += lost_in(ledger, attempt)
        done = attempt.state == "submitted" and attempt.receipt_number == ledger.receipt.get("number")
        submitted += done
        record = attempt.mark_records.order_by("number").last()
        equal &= record is not None and record.score == score(attempt, ledger.answers, keys)
    return Verdict(acked, lost, submitted, equal, troubles)
