"""Run beside a site: a match of two teams with a question answered on pads and one for the buzzer, and its seats.

Output: one JSON object {"match": uid, "host": session key, "gate": code, "teams": [codes], "right": id of the right option}.
"""

import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from exams.contests.queries import seats  # noqa: E402
from exams.contests.services import joining  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from lianbing.people.rules import SYSTEM  # noqa: E402
from tests.factories import contests, exams  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

RULEBOOK = {
    "name": "练习赛规则",
    "base_score": "100",
    "on_stage": 1,
    "most_substitutions": 0,
    "floor": None,
    "qualify": 0,
    "fouls": [],
    "buzzer": {"cap_ms": 150, "tie_window_ms": 20, "tie_rule": "lower_score"},
    "rounds": [
        {
            "kind": "compulsory",
            "title": "个人必答题",
            "settings": {"points": "10", "seconds": 120, "by": "pad"},
        },
        {
            "kind": "buzzer",
            "title": "抢答题",
            "items": 2,
            "settings": {"early": "lose_item", "press_seconds": 120},
        },
    ],
    "tie_break": None,
}

if __name__ == "__main__":
    with transaction.atomic():
        contest = contests.contest(RULEBOOK)
        host = contests.staff(contest, "host", "judge", "chief_referee")
        asked = [(0, exams.question()), (0, exams.question()), (1, exams.question()), (1, exams.question())]
        match = contests.match(contest, teams=2, players=1, items=asked)
        joining.lay_seats(match=match, by=SYSTEM, at=clock.now())
        teams = seats.of_teams(match).filter(role="team")
        made = {
            "match": str(match.uid),
            "host": session_for(host),
            "gate": seats.gate(match).code,
            "teams": [seat.code for seat in teams],
        }
    print(json.dumps(made))
