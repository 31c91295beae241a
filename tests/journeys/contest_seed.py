"""Run beside a site: a match of two teams on the buzzer with its staff, seats and questions.

Wanted (one JSON object, all optional): rounds (JSON rounds of the rulebook), teams (2), items (4), audience (false).
Printed: {"match", "contest", "sessions": {"host", "judge", "chief"}, "codes": {seat of the team: code}, "gate"}.
"""

import json
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from exams.contests.queries import seats  # noqa: E402
from exams.contests.rules import presets  # noqa: E402
from exams.contests.services import joining  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from lianbing.people.models import User  # noqa: E402
from lianbing.people.rules import SYSTEM  # noqa: E402
from tests.factories import contests, people  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

BUZZER = {
    "kind": "buzzer",
    "title": "抢答题",
    "items": 3,
    "settings": {"points": "10", "penalty": "10", "early": "to_audience", "seconds": 60},
}

ROLES = {"host": "host", "judge": "judge", "chief": "chief_referee"}


def main():
    wanted = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    # Run once for each story: numbers and names go on where the story before left off.
    number = User.objects.count()
    bureau = people.unit(f"市局{number}")
    book = {**presets.BUREAU, "rounds": wanted.get("rounds", [BUZZER])}
    contest = contests.contest(book, unit=bureau, title="执法业务知识竞赛", state="announced")
    match = contests.match(of=contest, teams=wanted.get("teams", 2), name="决赛")
    for _ in range(wanted.get("items", 4)):
        contests.add_item(match)
    joining.lay_seats(match=match, by=SYSTEM, at=clock.now())
    staff = {
        name: contests.staff(contest, role, staff_number=f"S{number + place}")
        for place, (name, role) in enumerate(ROLES.items())
    }
    teams = {entry.team_id: entry.seat for entry in match.entries.all()}
    own = [seat for seat in seats.of_teams(match) if seat.role == "team"]
    return {
        "match": str(match.uid),
        "contest": str(contest.uid),
        "sessions": {name: session_for(user) for name, user in staff.items()},
        "codes": {str(teams[seat.team_id]): seat.code for seat in own},
        "gate": seats.gate(match).code,
    }


with transaction.atomic():
    made = main()
print(json.dumps(made))
