"""Run beside a site: cards of a post, its handbook, an officer who holds the post.

Output: one JSON object {"officer": session key, "hr": session key}.
"""

import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from lianbing.kit import clock  # noqa: E402
from lianbing.people.rules import Role  # noqa: E402
from tests.factories import amendments as laws  # noqa: E402
from tests.factories import books, cards, documents, people  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

if __name__ == "__main__":
    at = clock.now()
    with transaction.atomic():
        laws.old()
        documents.document()
        post = people.PostFactory(name="一线执法岗")
        cards.approved("SR-01", at=at, posts=("一线执法岗",), equipment="执法记录仪两部")
        cards.approved("SR-02", at=at, name="占道堆放物料", posts=("一线执法岗",))
        squad = people.unit("滨河中队")
        reader = people.officer(squad, post, name="陈小满")
        books.approved(post, at=at)
        sessions = {
            "officer": session_for(reader.user),
            "hr": session_for(people.staff(Role.HR)),
        }
    print(json.dumps(sessions))
