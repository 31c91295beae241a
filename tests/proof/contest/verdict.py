"""Run beside a site: what the database holds of matches, and their scores folded anew from the events alone."""

import json
import sys

import django

django.setup()

from exams.contests.models import Match, MatchEvent, PadAnswer, PadPress  # noqa: E402
from exams.contests.queries import matches  # noqa: E402


def found(uid):
    """Events, answers and presses as stored; scores and crowd by a replay that no process has kept."""
    match = Match.objects.get(uid=uid)
    state = matches.load_state(match)
    seqs = list(MatchEvent.objects.filter(match=match).order_by("seq").values_list("seq", flat=True))
    answers = PadAnswer.objects.filter(match=match).values_list("turn", "party", "response")
    presses = PadPress.objects.filter(match=match).values_list("turn", "party")
    return {
        "last_seq": match.last_seq,
        "gapless": seqs == list(range(1, match.last_seq + 1)),
        "answers": [[turn, party, response] for turn, party, response in answers],
        "presses": [list(one) for one in presses],
        "scores": {str(seat): str(points) for seat, points in state.scores.items()},
        "crowd": {party: str(one.points) for party, one in state.crowd.items()},
    }


if __name__ == "__main__":
    print(json.dumps({uid: found(uid) for uid in sys.argv[1:]}, ensure_ascii=False))
