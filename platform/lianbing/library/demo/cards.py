"""The handbook cards of Yunxi: approved ones of every item, and one that waits for the legal section."""

import datetime
import json
from dataclasses import replace
from typing import Any

from lianbing.kit.demo import Story, chapter
from lianbing.library.demo.laws import DATA
from lianbing.library.models import CardVersion
from lianbing.library.queries.cards import current_of
from lianbing.library.rendering.cards import text_of
from lianbing.library.rules.cards import CardText
from lianbing.library.services import cards as writing
from lianbing.people.rules import Actor, Role

BEGUN_DAYS_AGO, SUBMITTED_DAYS_AGO = 120, 2
DAY = datetime.timedelta(days=1)


@chapter(21)
def cards(story: Story) -> None:
    """Write and approve the cards, a few a day; leave the next version of one with the legal section."""
    told = json.loads((DATA / "cards.json").read_text(encoding="utf-8"))
    author, approver = story.data["actors"][Role.TRAINER], story.data["actors"][Role.LEGAL]
    at = story.now - BEGUN_DAYS_AGO * DAY
    for place, card in enumerate(told["cards"]):
        moment = at + (place // 4) * DAY
        version = _submitted(card["code"], _text(card, told["steps"]), author, moment)
        writing.approve(version=version, seen=version.edits, by=approver, at=moment + DAY)
    _next(told["next"], author, story.now - SUBMITTED_DAYS_AGO * DAY)


def _text(card: dict[str, Any], steps: dict[str, str]) -> CardText:
    said = {name: value for name, value in card.items() if name not in {"code", "posts", "steps"}}
    return CardText(
        **said,
        steps=steps[card["steps"]] if "steps" in card else "",
        posts=tuple(sorted(card.get("posts", ()))),
    )


def _submitted(code: str, text: CardText, by: Actor, at: datetime.datetime, reason: str = "") -> CardVersion:
    version = writing.save_draft(code=code, text=text, reason=reason, by=by, at=at)
    writing.submit(version=version, by=by, at=at)
    return version


def _next(change: dict[str, str], by: Actor, at: datetime.datetime) -> None:
    """The version in use with what an inspection asked to add."""
    current = current_of(change["code"])
    if current is None:
        return
    text = replace(text_of(current), evidence=change["evidence"], mistakes=change["mistakes"])
    _submitted(change["code"], text, by, at, change["reason"])
