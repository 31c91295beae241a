"""What the library puts on the front page."""

import pytest

from lianbing.library import panels
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.law_drafts import draft, submit

pytestmark = pytest.mark.django_db


def test_texts_that_wait_stand_on_the_front_page_of_the_legal_section(client, at):
    author, keeper = people.staff(Role.TRAINER), people.staff(Role.LEGAL)
    assert panels.texts_to_approve(people.actor(keeper), at) is None
    draft(author, title="还在写的条例")
    waiting = submit(draft(author), author)
    shown = panels.texts_to_approve(people.actor(keeper), at)
    assert shown.context["drafts"] == [waiting]
    client.force_login(keeper)
    text = client.get("/").content.decode()
    assert f"/library/drafts/{waiting.pk}/" in text
    assert "还在写的条例" not in text
