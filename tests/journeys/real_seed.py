"""Run beside a site: everybody imported has changed their one-time password and is signed in; prints the sessions.

Output: one JSON object {staff number: session key}.
"""

import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from lianbing.people.models import User  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

if __name__ == "__main__":
    with transaction.atomic():
        User.objects.update(must_change_password=False)
        print(json.dumps({user.staff_number: session_for(user) for user in User.objects.all()}))
