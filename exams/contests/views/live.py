"""The live channel over HTTP, for devices whose sockets are blocked or were away, and the moves of the desks."""

import json
import uuid
from collections import OrderedDict
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from exams.contests.consumers.pad import Allowance, encode
from exams.contests.consumers.room import epoch_ms
from exams.contests.consumers.shapes import DESKS
from exams.contests.consumers.source import Database
from exams.contests.models import Match
from exams.contests.queries.live import Place
from exams.contests.services import acts, moves, tickets
from exams.contests.services.answers import Answer, Press, Verdict
from exams.contests.services.events import ContestRefused
from lianbing.kit import clock
from lianbing.people.request import Request

LARGEST_BODY = 8 * 1024
MOST_KNOWN = 10_000
FORBIDDEN = frozenset({"not_yours", "not_your_role", "own_unit"})
source = Database()
_allowances: OrderedDict[int, Allowance] = OrderedDict()
_mutex = Lock()


class Refused(Exception):
    """Answered with this status and these words."""

    def __init__(self, status: int, code: str, text: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.text = status, code, text

    def reply(self) -> HttpResponse:
        """The answer."""
        return JsonResponse({"t": "no", "code": self.code, "text": self.text}, status=self.status)


def _place(uid: uuid.UUID, text: str) -> Place:
    """Whose device asks. Raises Refused."""
    try:
        ticket = tickets.read(text, match=uid)
    except tickets.BadTicket:
        raise Refused(401, "ticket", _("This page has been open too long. Load it again.")) from None
    found = source.places(uid, [ticket.seat]).get(ticket.seat)
    if found is None or (found.generation, found.epoch) != (ticket.generation, ticket.epoch):
        raise Refused(403, "replaced", acts.refusal("ended").text)
    return found


def _welcome(place: Place) -> None:
    """Take one from the allowance of a seat. Raises Refused."""
    with _mutex:
        allowance = _allowances.setdefault(place.pk, Allowance())
        _allowances.move_to_end(place.pk)
        if len(_allowances) > MOST_KNOWN:
            _allowances.popitem(last=False)
        if not allowance.take():
            raise Refused(429, "busy", acts.refusal("busy").text)


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent. Raises Refused."""
    try:
        if int(request.headers.get("content-length") or 0) > LARGEST_BODY:
            raise Refused(413, "too_large", acts.refusal("too_large").text)
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refused(400, "malformed", acts.refusal("malformed").text) from None
    if not isinstance(said, dict):
        raise Refused(400, "malformed", acts.refusal("malformed").text)
    return said


def _text(said: dict[str, Any], name: str) -> str:
    """A field that is text; "" for anything else."""
    value = said.get(name)
    return value if isinstance(value, str) else ""


@never_cache
@require_GET
def snapshot(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The whole picture of a match for one device: what a socket says first."""
    try:
        place = _place(uid, request.GET.get("ticket", ""))
        _welcome(place)
    except Refused as refused:
        return refused.reply()
    frame = source.recent(uid)
    if frame is None:
        return Refused(404, "no_match").reply()
    you = source.yous(frame, [place]).get(place.pk, {})
    staff = f',"staff":{encode(source.staff(frame))}' if place.role in DESKS else ""
    head = encode({"t": "hello", "seq": frame.seq, "now": epoch_ms(clock.now())})[:-1]
    text = f'{head},"view":{frame.view_text}{staff},"you":{encode(you)}}}'
    return HttpResponse(text, content_type="application/json")


@csrf_exempt
@never_cache
@require_POST
def act(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One act of a pad, as it would come over the socket; the ticket stands in a header or in the body."""
    at = clock.now()
    try:
        said = _body(request)
        place = _place(uid, request.headers.get("x-contest-ticket") or _text(said, "ticket"))
        _welcome(place)
        verdict = _done(uid, place, acts.parse(said, place, at=at))
    except Refused as refused:
        return refused.reply()
    except acts.BadAct as bad:
        verdict = bad.verdict
    told = verdict.data if verdict.ok else {"code": verdict.code, "text": verdict.text}
    return JsonResponse({"t": "ack" if verdict.ok else "no", "id": acts.asked_as(said), **told})


def _done(uid: uuid.UUID, place: Place, asked: Answer | Press | acts.Act) -> Verdict:
    if isinstance(asked, Answer):
        return source.answers(uid, [(place, asked)])[0]
    if isinstance(asked, Press):
        return source.presses(uid, [(place, asked)])[0]
    return source.act(uid, place, asked)


@never_cache
@require_POST
def move(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A move of the host, a judge or the chief referee: {kind, data, reason, seen: the event it answers to}."""
    match = get_object_or_404(Match.objects.select_related("contest__unit"), uid=uid)
    try:
        said = _body(request)
        kind, data, seen = said.get("kind"), said.get("data") or {}, said.get("seen")
        if not isinstance(kind, str) or not isinstance(data, dict) or not isinstance(seen, int | None):
            raise Refused(400, "malformed", acts.refusal("malformed").text)
        reason = _text(said, "reason")
        event = moves.move(
            match=match, kind=kind, data=data, reason=reason, seen=seen, by=request.actor, at=clock.now()
        )
    except Refused as refused:
        return refused.reply()
    except ContestRefused as refused:
        status = 403 if refused.code in FORBIDDEN else 409
        return Refused(status, refused.code, refused.text).reply()
    return JsonResponse({"seq": event.seq})
