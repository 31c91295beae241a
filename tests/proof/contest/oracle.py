"""What every row asks at its end: the ledger against what is stored, folded anew and shown."""

from decimal import Decimal
from typing import Any

from tests.proof.contest.play import Match
from tests.proof.contest.row import Rows, row


def against_the_ledger(name: str, match: Match, stored: dict[str, Any]) -> Rows:
    """What every row asks at its end: nothing acknowledged is missing or doubled, and the score is the right one."""
    teams, crowd = match.expected()
    kept = {(turn, party): response for turn, party, response in stored["answers"]}
    acked = {(one["turn"], one["party"]): one["response"] for one in match.ledger.lines("answer")}
    lost = [key for key, response in acked.items() if kept.get(key) != response]
    presses = {tuple(one) for one in stored["presses"]}
    lost += [
        key for one in match.ledger.lines("press") if (key := (one["turn"], one["party"])) not in presses
    ]
    scores = {seat: Decimal(points) for seat, points in stored["scores"].items()}
    points = {party: Decimal(stored["crowd"].get(party, 0)) for party in crowd}
    wrong = sum(scores[seat] != teams[seat] for seat in teams) + sum(
        points[one] != crowd[one] for one in crowd
    )
    shown = {str(one["seat"]): Decimal(one["points"]) for one in match.host.view["scores"]}
    return [
        row(f"{name} acknowledged answers and presses that are not stored", len(lost), "rows"),
        row(f"{name} answers stored twice", len(stored["answers"]) - len(kept), "rows"),
        row(f"{name} scores folded anew that are not the ledger's", wrong, "scores"),
        row(
            f"{name} scores shown that are not those stored",
            sum(scores[s] != shown.get(s) for s in scores),
            "scores",
        ),
        row(f"{name} gaps in the numbers of the events", int(not stored["gapless"]), "gaps"),
    ]
