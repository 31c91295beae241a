"""Keeping the must-know lists, and starting the self-test by which somebody proves theirs."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courses.drills.models import DrillSet, MustKnow
from courses.drills.permissions.standing import may_keep_lists
from courses.drills.queries.must_know import questions_of
from courses.drills.queries.practice import title_of, versions_in_use
from courses.drills.queries.subjects import Subject
from courses.drills.rules import self_test
from courses.drills.services import sets
from courses.drills.services.finishing import SELF_TEST
from lianbing.kit import audit
from lianbing.kit.draws import Draw
from lianbing.library.models import CardVersion
from lianbing.people.models import Officer, Post
from lianbing.people.queries import appointment_of, day_of
from lianbing.people.rules import Actor

STREAM = "drills"


class MustKnowRefused(Exception):
    """Nothing was saved; the text says why. `code`: not_allowed, there, none, today, empty."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def _allow(by: Actor) -> None:
    if not may_keep_lists(by):
        text = _("Only trainers and HR of the whole bureau keep the must-know lists.")
        raise MustKnowRefused("not_allowed", text)


def add(*, post: Post | None, subject: Subject, by: Actor, at: datetime.datetime) -> MustKnow:
    """Put a law, an article, a knowledge point or a card on a post's list (None: everybody's), as the last.

    Raises MustKnowRefused (not_allowed, none, there).
    """
    _allow(by)
    title = title_of(subject)
    if not title:
        raise MustKnowRefused("none", _("There is no such thing to be known."))
    try:
        with transaction.atomic():
            [entry] = _put(post, [subject], by, at)
            said = {"post": str(post) if post else "", "what": title}
            audit.record(stream=STREAM, action="must_know_added", by=by, at=at, subject=entry, **said)
    except IntegrityError as error:
        raise MustKnowRefused("there", _("That stands on the list already.")) from error
    return entry


def _put(post: Post | None, subjects: Sequence[Subject], by: Actor, at: datetime.datetime) -> list[MustKnow]:
    last = MustKnow.objects.filter(post=post).aggregate(last=Max("position"))["last"] or 0
    return [
        MustKnow.objects.create(
            post=post, position=last + place, added_at=at, by_name=by.name, **{f"{one.kind}_id": one.pk}
        )
        for place, one in enumerate(subjects, start=1)
    ]


def add_cards(*, post: Post, by: Actor, at: datetime.datetime) -> int:
    """Put every card in use that names this post on its list. Returns how many are new."""
    _allow(by)
    with transaction.atomic():
        there = MustKnow.objects.filter(post=post, removed_at=None, card__isnull=False).values("card")
        named = CardVersion.objects.filter(
            posts__post=post, card__current__isnull=False, card__current__posts__post=post
        )
        cards = named.exclude(card__in=there).order_by("card__code").values_list("card", flat=True)
        wanted = list(dict.fromkeys(cards))
        made = _put(post, [Subject("card", pk) for pk in wanted], by, at)
        if made:
            audit.record(stream=STREAM, action="must_know_added", by=by, at=at, subject=post, cards=len(made))
    return len(made)


def remove(*, entry: MustKnow, by: Actor, at: datetime.datetime) -> None:
    """Take an entry off its list. It stays with its days, so that a past day can be asked. Idempotent."""
    _allow(by)
    with transaction.atomic():
        if MustKnow.objects.filter(pk=entry.pk, removed_at=None).update(removed_at=at):
            audit.record(stream=STREAM, action="must_know_removed", by=by, at=at, subject=entry)


def move(*, entry: MustKnow, up: bool, by: Actor, at: datetime.datetime) -> None:
    """Move an entry one place up or down on its list; at the end it stays. `at` is not kept: order is no fact."""
    del at
    _allow(by)
    with transaction.atomic():
        rows = list(MustKnow.objects.select_for_update().filter(post=entry.post_id, removed_at=None))
        places = [row.pk for row in rows]
        if entry.pk not in places:
            return
        here = places.index(entry.pk)
        there = min(max(here + (-1 if up else 1), 0), len(rows) - 1)
        rows.insert(there, rows.pop(here))
        for position, row in enumerate(rows, start=1):
            row.position = position
        MustKnow.objects.bulk_update(rows, ["position"])


def begin_self_test(*, officer: Officer, by: Actor, at: datetime.datetime) -> DrillSet:
    """Twenty questions drawn from what the officer's post must know; one test a day.

    A test begun today and not finished is gone on with. Raises MustKnowRefused (today, empty) and
    DrillRefused (own).
    """
    on = day_of(at)
    held = appointment_of(officer, on)
    post = held.post_id if held else None
    with transaction.atomic():
        Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)
        begun = DrillSet.objects.filter(
            officer=officer, on=on, kind=DrillSet.Kind.TOPIC, source__has_key=SELF_TEST
        ).first()
        if begun is not None:
            if begun.finished_at is not None:
                raise MustKnowRefused(
                    "today", _("You have taken today's self-test. The next one is tomorrow.")
                )
            return begun
        questions = sorted(questions_of(post, on))
        if not questions:
            raise MustKnowRefused("empty", _("No question of your must-know is open to drills yet."))
        draw = Draw(f"{officer.pk}".encode(), f"self-test-{on:%Y-%m-%d}")
        asked = draw.shuffled(questions)[: self_test.ASKED]
        in_use = versions_in_use(asked)
        return sets.make(
            officer=officer,
            kind=DrillSet.Kind.TOPIC,
            versions=[in_use[one] for one in asked if one in in_use],
            title=_("Self-test of the must-know"),
            source={SELF_TEST: post},
            by=by,
            at=at,
        )
