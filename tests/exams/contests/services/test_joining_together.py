"""Many phones in the same moment: one of them gets the seat, and no more than fit get into the audience."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from exams.contests.queries import seats
from exams.contests.services import joining
from exams.contests.services.joining import JoinRefused
from lianbing.people.rules import NOBODY, SYSTEM
from tests.factories import contests

PHONES, ROOM = 24, 10


def all_at_once(work):
    """What `work` gave on each of many threads; a refusal gives its code."""

    def one(_):
        try:
            return work()
        except JoinRefused as refused:
            return refused.code
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(12) as pool:
        return list(pool.map(one, range(PHONES)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="copies an SQLite database to a file")
def test_phones_that_come_together_get_what_there_is(tmp_path, at, monkeypatch):
    match = contests.match(teams=1)
    joining.lay_seats(match=match, by=SYSTEM, at=at)
    team, gate = seats.of_teams(match).first().code, seats.gate(match).code
    copy = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    monkeypatch.setitem(connections.settings["default"], "NAME", str(copy))
    monkeypatch.setattr(joining, "MOST_AUDIENCE", ROOM)

    told = all_at_once(lambda: joining.take(seat=seats.by_code(team), seen=None, by=NOBODY, at=at).token)
    assert told.count("taken") == PHONES - 1
    told = all_at_once(lambda: joining.join_audience(code=gate, name="", at=at).seat.name)
    assert told.count("full") == PHONES - ROOM
    assert len(set(told) - {"full"}) == ROOM
