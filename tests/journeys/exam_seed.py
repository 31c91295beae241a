"""Run beside a site: make a small exam with one attempt just begun, print it as JSON.

Wanted (one JSON object): items (6), seconds until the deadline (3600), grace (60), started (true),
kinds (a list of names of `tests.factories.kinds`, "wild_case" for a case of every kind,
"illustrated" for a stem with a picture and a table). Printed: attempt, username, password, session (a signed-in session key), sitting, keys.
"""

import datetime
import io
import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from PIL import Image  # noqa: E402

from lianbing.kit import clock  # noqa: E402
from lianbing.people.models import User  # noqa: E402
from lianbing.people.rules import SYSTEM  # noqa: E402
from question_bank.services import add_picture  # noqa: E402
from tests.factories import exams, people  # noqa: E402
from tests.factories import kinds as questions  # noqa: E402

MINUTE = datetime.timedelta(minutes=1)
KINDS = ["single_choice", "single_choice", "multiple_choice", "true_false"]


def session_for(user):
    """A signed-in session, as the sign-in page would make it."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key


def somebody(unit):
    """An officer with a password."""
    number = f"J{User.objects.count():05}"
    user = people.UserFactory(staff_number=number, name="陈小满")
    user.set_password(people.PASSWORD)
    user.save()
    return people.officer(unit, user=user)


def asked(items, names):
    """The versions on the paper: plain ones, or one of each kind named."""
    if not names:
        return [exams.question(kind=KINDS[n % len(KINDS)]) for n in range(items)]
    return [exams.question(of=one) for one in map(_wanted, names)]


def _wanted(name):
    if name == "wild_case":
        return questions.wild_case()
    return illustrated() if name == "illustrated" else questions.of(name)


def illustrated():
    """A question whose stem shows a picture, a table and what must stay text."""
    target = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(target, "PNG")
    shown = add_picture(data=target.getvalue(), by=SYSTEM, at=clock.now()).uid.hex
    made = questions.of("single_choice")
    made.content["stem"] = (
        f"看图回答\n![现场照片](picture:{shown})\n| 项目 | 数额 |\n| --- | --- |\n| 占道 | 200元 |\n"
        "<img src=x onerror=alert(1)>\n![x](javascript:alert(1))"
    )
    return made


def make(items=6, seconds=3600, grace=60, started=True, kinds=()):
    """The exam and its first candidate."""
    now = clock.now()
    unit = people.unit(f"一中队{User.objects.count()}")
    officer = somebody(unit)
    versions = asked(items, kinds)
    sitting = exams.sitting(
        unit,
        opens_at=now - MINUTE,
        closes_at=now + 600 * MINUTE,
        title="街面执法基础考试",
        grace_seconds=grace,
    )
    candidate = exams.candidate(sitting, officer, versions)
    made = {
        "sitting": str(sitting.uid),
        "username": officer.staff_number,
        "password": people.PASSWORD,
        "session": session_for(officer.user),
        "keys": {str(n): sorted(v.key.get("options", [])) for n, v in enumerate(versions, 1)},
        "attempt": "",
    }
    if started:
        attempt = exams.attempt(
            candidate, clock.now(), deadline=clock.now() + datetime.timedelta(seconds=seconds)
        )
        made["attempt"] = str(attempt.uid)
    return made


if __name__ == "__main__":
    with transaction.atomic():
        made = make(**json.loads(sys.argv[1]))
    print(json.dumps(made))
