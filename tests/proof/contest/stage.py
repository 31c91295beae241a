"""Run beside a site: make matches with teams, an audience, screens and a host; print who they are as JSON.

Wanted: a list of JSON objects: teams (0), audience (0), screens (1), rounds (a list as in a rulebook; each `items`
long, "team" rounds `each` long). Printed, for each: match, session (the host's), tickets by party ("t1", "a345", "host", "s0"), cookies by
party (for the pads' page), keys (the right option of every item).
"""

import json
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from exams.contests.models import Seat  # noqa: E402
from exams.contests.rules import presets  # noqa: E402
from exams.contests.rules.seats import secret_of  # noqa: E402
from exams.contests.services import tickets  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from tests.factories import contests  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402


def seated(match, role, name, **fields):
    """A seat with the token of its phone."""
    token = f"{match.uid.hex}-{name}"
    made = contests.seat(
        match,
        role,
        name=name,
        secret=secret_of(token),
        created_at=clock.now(),
        taken_at=clock.now(),
        **fields,
    )
    return made, token


def make(teams=0, audience=0, screens=1, rounds=()):
    """The match and everybody in it."""
    rulebook = presets.BUREAU | {"rounds": list(rounds), "tie_break": None, "on_stage": 3 if teams else 0}
    contest = contests.contest(rulebook, starts_at=clock.now(), state="announced")
    match = contests.match(of=contest, teams=teams)
    for number, one in enumerate(rounds):
        for _ in range(one.get("items") or one["settings"]["each"]):
            contests.add_item(match, round=number)
    host = contests.staff(contest, "host", "chief_referee")
    seats = {"host": seated(match, Seat.Role.HOST, "host", user=host)}
    for entry in match.entries.select_related("team"):
        seats[f"t{entry.seat}"] = seated(match, Seat.Role.TEAM, f"t{entry.seat}", team=entry.team)
    for number in range(audience):
        seat, token = seated(match, Seat.Role.AUDIENCE, f"g{number}")
        seats[f"a{seat.pk}"] = seat, token
    for number in range(screens):
        seats[f"s{number}"] = seated(match, Seat.Role.SCREEN, f"s{number}", user=host)
    return {
        "match": str(match.uid),
        "pk": match.pk,
        "session": session_for(host),
        "tickets": {party: tickets.issue(seat) for party, (seat, _) in seats.items()},
        "cookies": {party: token for party, (_, token) in seats.items()},
        "keys": {
            str(item.index): item.version.key["options"] for item in match.items.select_related("version")
        },
    }


if __name__ == "__main__":
    with transaction.atomic():
        made = [make(**one) for one in json.loads(sys.argv[1])]
    print(json.dumps(made))
