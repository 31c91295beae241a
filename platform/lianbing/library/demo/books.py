"""The handbooks of the posts of Yunxi: approved, most of them confirmed, and one draft on the desk."""

import datetime
import json
from dataclasses import replace

from lianbing.kit.demo import Story, chapter
from lianbing.library.demo.laws import DATA
from lianbing.library.models import HandbookEdition
from lianbing.library.queries import books as reading
from lianbing.library.rules.books import PARTS, BookText
from lianbing.library.services import books as making
from lianbing.people.models import Officer
from lianbing.people.queries import actor_for
from lianbing.people.rules import Role

MADE_DAYS_AGO, DRAFTED_DAYS_AGO = 12, 1
CONFIRMED = 0.8
DAY = datetime.timedelta(days=1)


@chapter(33)
def books(story: Story) -> None:
    """Make, approve and confirm the books. The officer who signs in has not confirmed; one post has a draft."""
    at = story.now - MADE_DAYS_AGO * DAY
    text = BookText()
    for told in json.loads((DATA / "books.json").read_text(encoding="utf-8")):
        text = replace(text, **{name: told[name] for name in PARTS if name in told})
        _approved(story, told["post"], text, told["reason"], at)
    _confirmed(story, at + DAY)
    _draft(story, story.now - DRAFTED_DAYS_AGO * DAY)


def _approved(story: Story, post: str, text: BookText, reason: str, at: datetime.datetime) -> HandbookEdition:
    author, approver = story.data["actors"][Role.TRAINER], story.data["actors"][Role.LEGAL]
    begun = making.begin(post=story.data["posts"].get(post), by=author, at=at)
    draft = making.save(
        draft=begun,
        text=text,
        reason=reason,
        confirm_by=(at + 9 * DAY).date(),
        seen=begun.edits,
        by=author,
        at=at,
    )
    return making.approve(draft=draft, seen=draft.edits, by=approver, at=at + datetime.timedelta(hours=2))


def _confirmed(story: Story, since: datetime.datetime) -> None:
    """Most have confirmed within a week."""
    waiting = {story.data["officers"][0].pk, story.data["officers"][60].pk}
    for officer in Officer.objects.exclude(pk__in=waiting).select_related("user").order_by("pk"):
        if story.rng.random() > CONFIRMED:
            continue
        at = since + datetime.timedelta(minutes=story.rng.randint(0, 7 * 24 * 60))
        held = reading.mine(officer.pk, at.date(), whole=False)
        if held.edition is not None:
            making.confirm(edition=held.edition, by=actor_for(officer.user, at.date()), at=at)


def _draft(story: Story, at: datetime.datetime) -> None:
    """The next edition of one post waits for the legal section."""
    author = story.data["actors"][Role.TRAINER]
    begun = making.begin(
        post=story.data["posts"]["一线执法岗"], reason="补充节假日巡查要求", by=author, at=at
    )
    words = making.text_of(begun)
    added = replace(words, duties=f"{words.duties}\n节假日在商圈、广场增加一班巡查。")
    making.save(
        draft=begun,
        text=added,
        reason="补充节假日巡查要求",
        confirm_by=(at + 8 * DAY).date(),
        seen=begun.edits,
        by=author,
        at=at,
    )
