"""Run beside a site: an open session with people who are signed in to the site; print them as JSON.

Wanted (one JSON object): people (40), seconds since the beginning (-300), minutes it lasts (90), sign_out.
With `statements` true it is only counted how many statements one sign-in takes, over the whole stack.
Printed: session, secret, people [{session, number, name}], trainer (a session key), guest.
"""

import datetime
import json
import sys

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from exam_seed import session_for  # noqa: E402

from courses.training.models import RollEntry  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from lianbing.people.models import User  # noqa: E402
from tests.factories import attendance, people  # noqa: E402


def made(wanted):
    """A session that began `seconds` ago with everybody on its roll."""
    began = clock.now() - datetime.timedelta(seconds=wanted.get("seconds", -300))
    unit = people.unit("滨河中队")
    trainer = people.staff("trainer", unit=unit, name="周教官")
    session = attendance.open_session(
        unit=unit,
        count=wanted.get("people", 40),
        starts_at=began,
        minutes=wanted.get("minutes", 90),
        topic="行政处罚程序与证据",
        rules={"sign_out": wanted.get("sign_out", False)},
    )
    officers = [
        entry.officer for entry in RollEntry.objects.filter(session=session).select_related("officer__user")
    ]
    guest = people.officer(people.unit("古城中队"), user=people.UserFactory(name="欧阳静"))
    return {
        "session": str(session.uid),
        "pk": session.pk,
        "secret": session.roll.secret,
        "people": [
            {"session": session_for(one.user), "number": one.staff_number, "name": one.name}
            for one in officers
        ],
        "trainer": session_for(trainer),
        "guest": session_for(guest.user),
    }


def statements():
    """How many statements one tap takes, from the session cookie to the answer."""
    session = attendance.open_session(count=1, starts_at=clock.now())
    client = Client()
    client.force_login(RollEntry.objects.get(session=session).officer.user)
    address = reverse("training:sign_in_session", args=[session.uid])
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        said = {"code": attendance.code_at(session, clock.now()), "act": "in"}
        answer = client.post(address, said, headers={"accept": "application/json"}).json()
    assert answer["ok"], answer
    return {"statements": len(seen)}


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    people.UserFactory.reset_sequence(User.objects.count())
    with transaction.atomic():
        told = statements() if asked.get("statements") else made(asked)
    print(json.dumps(told, ensure_ascii=False))
