"""The player of a set: its page, taking answers from the phone's queue or a plain form, the look back."""

import json
import uuid
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.drills.forms.answers import Unreadable, given_of, moment_of, response_of
from courses.drills.models import DrillAnswer, DrillSet
from courses.drills.queries import day_question
from courses.drills.queries import player as queries
from courses.drills.rendering import player as rendering
from courses.drills.services import answering
from courses.drills.services.answering import DrillRefused, Given
from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank import kinds
from question_bank.models import QuestionVersion

MAX_BODY = 256 * 1024


def own_set(request: Request, uid: uuid.UUID) -> DrillSet:
    """The set of whoever is signed in. Anybody else's does not exist for them."""
    found = queries.set_named(uid, request.actor.officer_id)
    if found is None:
        raise Http404
    return found


@never_cache
@require_GET
def show(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The page that asks a set: all of its questions, one at a time. `?at=` names the place to begin at."""
    found = own_set(request, uid)
    versions = queries.shown_versions(found, clock.now())
    answers = queries.answers_of(found)
    officer_id = request.actor.officer_id
    assert officer_id is not None
    kept = queries.bookmarked(officer_id, [one.question_id for one in versions])
    cards = [
        rendering.card(one, place, answers.get(one.pk), kept=one.question_id in kept)
        for place, one in enumerate(versions, start=1)
    ]
    run = queries.run_of(found, answers.values()) if found.kind == DrillSet.Kind.CHALLENGE else None
    left = [card for card in cards if card.given is None] if run is None or not run.over else []
    context = {
        "drill_set": found,
        "cards": cards,
        "here": _place(request, cards, left),
        "done": sum(card.given is not None for card in cards),
        "right": sum(card.given.right for card in cards if card.given),
        "run": run,
        "shared": shared(found, answers.values()),
        "pictures": queries.pictures_of(versions),
        "player": player_data(request, found, cards),
    }
    return render(request, "drills/player/set.html", context)


def shared(found: DrillSet, answers: Collection[DrillAnswer]) -> list[str]:
    """How others did, in words, once one has answered the question of the day oneself; nothing before."""
    row, answer = found.day_question, next(iter(answers), None)
    if row is None or answer is None:
        return []
    post, unit = day_question.shares(found, answer)
    return rendering.shared_lines(post, unit, without_post=row.post_id is None)


def _place(request: Request, cards: list[rendering.Card], left: list[rendering.Card]) -> int:
    """Where to begin: the place asked for when its question is still to be answered, else the first that is; 0 = none."""
    wanted = request.GET.get("at", "")
    places = [card.place for card in left]
    if wanted.isascii() and wanted.isdigit() and int(wanted[:6]) in places:
        return int(wanted[:6])
    return places[0] if places else 0


def player_data(request: Request, found: DrillSet, cards: list[rendering.Card]) -> dict[str, Any]:
    """What the player's scripts need to run."""
    return {
        "set": str(found.uid),
        "officer": request.actor.officer_id,
        "challenge": found.kind == DrillSet.Kind.CHALLENGE,
        "asked": len(found.versions),
        "csrf": get_token(request),
        "urls": urls(request),
        "questions": [
            {
                "version": card.version.pk,
                "key": rendering.key_of(card.version),
                "right": card.given.right if card.given else None,
            }
            for card in cards
        ],
        "order": [answer.version_id for answer in _in_order(cards)],
    }


def _in_order(cards: list[rendering.Card]) -> list[DrillAnswer]:
    given = [card.given for card in cards if card.given is not None]
    return sorted(given, key=lambda answer: (answer.at, answer.pk))


def urls(request: Request) -> dict[str, str]:
    """The addresses the scripts of drills call."""
    return {
        "sets": reverse("drills:home") + "sets/",
        "bookmark": reverse("drills:bookmark"),
        "worker": reverse("drills:worker"),
        "sign_in": f"{settings.LOGIN_URL}?next={request.path}",
    }


def json_reply(data: dict[str, Any], status: int = 200) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, content_type="application/json", status=status, headers=headers)


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises Unreadable."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MAX_BODY:
        raise Unreadable
    try:
        data = json.loads(request.body)
        # Half a character (a text field cuts an emoji in two) can be neither stored nor sent back.
        data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(data, dict):
        raise Unreadable
    return data


@never_cache
@require_POST
def answers(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take what a phone's queue brings, in its order. Sent again, it gets the same reply and changes nothing."""
    found = own_set(request, uid)
    try:
        data = body_of(request)
        rows = data.get("answers")
        if not isinstance(rows, list):
            raise Unreadable
        given = [given_of(row) for row in rows]
        taken = answering.take(
            drill_set=found,
            answers=given,
            by=request.actor,
            at=clock.now(),
            sent_at=moment_of(data.get("sent_at")),
        )
    except Unreadable:
        return json_reply(
            {"message": _("The server could not read what this page sent. Please reload.")}, 400
        )
    except DrillRefused as error:
        return json_reply({"message": str(error)}, 400)
    return json_reply(_told(found, taken))


def _told(found: DrillSet, taken: answering.Taken) -> dict[str, Any]:
    # What came too late is told and done: with an error the queue of a phone would send it for ever.
    over = _("This run was over before: what came later does not count.") if taken.over else ""
    asked = found.day_question_id is not None and taken.verdicts
    return {
        "taken": [
            {
                "uid": str(one.uid),
                "version": one.version,
                "right": one.right,
                "share": str(one.share),
                "due": one.due_at.isoformat() if one.due_at else None,
            }
            for one in taken.verdicts
        ],
        "ignored": [str(uid) for uid in taken.ignored],
        "points": taken.points,
        "finished": taken.finished,
        "message": over,
        "shared": shared(found, queries.answers_of(found).values()) if asked else [],
    }


def _asked(found: DrillSet, data: Any) -> tuple[int, QuestionVersion] | None:
    """The question of a plain form with its place (from 1); None where the set does not ask it any more."""
    wanted = data.get("version", "")
    for place, one in enumerate(queries.shown_versions(found, clock.now()), start=1):
        if str(one.pk) == wanted:
            return place, one
    return None


@require_POST
def answer(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Answer one question in a plain form, and see at once what is right."""
    found = own_set(request, uid)
    asked = _asked(found, request.POST)
    if asked is None:
        messages.error(request, _("This question is not open to drills any more."))
        return redirect("drills:set", uid)
    place, version = asked
    run = queries.run_of(found, queries.answers_of(found).values())
    if found.kind == DrillSet.Kind.CHALLENGE and run.over:
        return redirect("drills:set", uid)
    if not _readable(version, raw := response_of(version, request.POST)):
        messages.error(request, _("Choose or fill in an answer first."))
        return redirect(f"{reverse('drills:set', args=[uid])}?at={place}")
    given = Given(uuid.uuid4(), version.pk, raw, request.POST.get("guessed") == "1")
    answering.take(drill_set=found, answers=[given], by=request.actor, at=clock.now())
    return redirect("drills:answered", uid, place)


def _readable(version: QuestionVersion, raw: Any) -> bool:
    kind = kinds.get(version.kind)
    try:
        return not kind.is_blank(kind.parse(raw, version.content))
    except kinds.BadResponse:
        return False


@never_cache
@require_GET
def answered(request: Request, uid: uuid.UUID, place: int) -> HttpResponse:
    """One question that was answered: what one said, what is right, why, and the articles."""
    found = own_set(request, uid)
    versions = queries.shown_versions(found, clock.now())
    answers = queries.answers_of(found)
    if not 1 <= place <= len(versions) or (given := answers.get(versions[place - 1].pk)) is None:
        return redirect("drills:set", uid)
    version = versions[place - 1]
    kept = bool(queries.bookmarked(given.officer_id, [version.question_id]))
    after = next((at for at, one in enumerate(versions, start=1) if one.pk not in answers), 0)
    context = {
        "drill_set": found,
        "card": rendering.card(version, place, given, kept=kept),
        "asked": len(versions),
        "after": after,
        "shared": shared(found, [given]),
        "pictures": queries.pictures_of([version]),
    }
    return render(request, "drills/player/answered.html", context)
