"""Practice one chooses: topics, the wrong-answer book, bookmarks, the challenge run."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.drills.forms.answers import INT_MAX, Unreadable
from courses.drills.models import DrillSet
from courses.drills.permissions.player import may_drill
from courses.drills.queries import practice as queries
from courses.drills.queries.subjects import KINDS, Subject, questions_about
from courses.drills.rules.mistakes import SUCCESSES
from courses.drills.services import practice
from courses.drills.services.answering import DrillRefused
from courses.drills.views.player import body_of, json_reply
from lianbing.kit import clock
from lianbing.library.queries.cards import cards_for
from lianbing.people.models import Officer
from lianbing.people.queries import appointment_of
from lianbing.people.request import Request

PER_PAGE = 30
TABS = ("law", "point", "card")


def own_officer(request: Request) -> Officer:
    """The officer behind the account. 404 where there is none: nobody else drills."""
    return get_object_or_404(Officer, pk=request.actor.officer_id or 0)


def begin(request: Request, make: Callable[[], DrillSet], otherwise: str) -> HttpResponse:
    """Make a set and go to it; where there is nothing to ask, say so and stay."""
    try:
        return redirect("drills:set", make().uid)
    except DrillRefused as error:
        messages.error(request, str(error))
        return redirect(otherwise)


@require_GET
def practise(request: Request) -> HttpResponse:
    """Everything there is to practise, by law, by knowledge point or by card of one's post."""
    by = request.GET.get("by", "law")
    by = by if by in TABS else "law"
    at = clock.now()
    topics = {"law": queries.laws, "point": queries.points}[by](at) if by != "card" else []
    cards = _cards(request) if by == "card" else []
    page = Paginator(cards if by == "card" else topics, PER_PAGE).get_page(request.GET.get("page"))
    shown = _card_topics(page.object_list) if by == "card" else page.object_list
    context = {"by": by, "page_obj": page, "topics": shown, "may_drill": may_drill(request.actor)}
    return render(request, "drills/practice/practise.html", context)


def _cards(request: Request) -> Any:
    officer = Officer.objects.filter(pk=request.actor.officer_id or 0).first()
    held = appointment_of(officer, clock.today()) if officer else None
    return cards_for(held.post_id if held else None, clock.today())


def _card_topics(versions: Any) -> list[queries.Topic]:
    subjects = {Subject("card", one.card_id): f"{one.card.code} {one.name}" for one in versions}
    counts = questions_about(list(subjects), clock.now())
    return [queries.Topic(one, title, len(counts[one])) for one, title in subjects.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: Request, kind: str, pk: int) -> HttpResponse:
    """One law, article, knowledge point or card: how much there is, and the button that starts ten questions."""
    if kind not in KINDS or pk >= INT_MAX or not (title := queries.title_of(Subject(kind, pk))):
        raise Http404
    subject = Subject(kind, pk)
    if request.method == "POST":
        officer = own_officer(request)
        return begin(
            request,
            lambda: practice.of_subject(
                subject=subject, title=title, officer=officer, by=request.actor, at=clock.now()
            ),
            request.path,
        )
    at = clock.now()
    context = {
        "subject": subject,
        "title": title,
        "count": len(questions_about([subject], at)[subject]),
        "articles": queries.articles(pk, at) if kind == "law" else [],
        "size": practice.SIZE,
        "may_drill": may_drill(request.actor),
    }
    return render(request, "drills/practice/topic.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mistakes(request: Request) -> HttpResponse:
    """The wrong-answer book, grouped by article; POST drills it, or one article of it."""
    officer = own_officer(request)
    if request.method == "POST":
        return _drill_mistakes(request, officer)
    rows = [
        (group, one)
        for group in queries.by_article(queries.book(officer.pk, clock.now()))
        for one in group.rows
    ]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    queries.with_words([one for _group, one in page.object_list])
    context = {"page_obj": page, "successes": SUCCESSES, "size": practice.FROM_BOOK}
    return render(request, "drills/practice/mistakes.html", context)


def _drill_mistakes(request: Request, officer: Officer) -> HttpResponse:
    wanted = request.POST.get("article", "")
    subject, title = None, ""
    if wanted.isascii() and wanted.isdigit() and int(wanted[:10]) < INT_MAX:
        subject = Subject("article", int(wanted[:10]))
        title = queries.title_of(subject)
    return begin(
        request,
        lambda: practice.of_mistakes(
            officer=officer, subject=subject if title else None, title=title, by=request.actor, at=clock.now()
        ),
        "drills:mistakes",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bookmarks(request: Request) -> HttpResponse:
    """The questions one keeps; POST drills them."""
    officer = own_officer(request)
    if request.method == "POST":
        make = lambda: practice.of_bookmarks(officer=officer, by=request.actor, at=clock.now())  # noqa: E731 -- bound to the officer above
        return begin(request, make, "drills:bookmarks")
    found = queries.bookmarks(officer.pk, clock.now())
    context = {"page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "drills/practice/bookmarks.html", context)


@require_POST
def bookmark(request: Request) -> HttpResponse:
    """Keep a question or keep it no more: from the player as JSON, from a plain form with a way back."""
    officer = own_officer(request)
    from_script = request.content_type == "application/json"
    try:
        version, on = _wanted(request, from_script=from_script)
        practice.bookmark(officer=officer, version=version, on=on, by=request.actor, at=clock.now())
    except Unreadable:
        return json_reply(
            {"message": _("The server could not read what this page sent. Please reload.")}, 400
        )
    except DrillRefused as error:
        if from_script:
            # Told and done: the queue of a phone would send it for ever.
            return json_reply({"kept": False, "message": str(error)})
        messages.error(request, str(error))
        return redirect("drills:bookmarks")
    if from_script:
        return json_reply({"kept": on})
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe else "drills:bookmarks")


def _wanted(request: Request, *, from_script: bool) -> tuple[int, bool]:
    if from_script:
        data = body_of(request)
        version, on = data.get("version"), data.get("on") is True
    else:
        text = request.POST.get("version", "")
        version, on = (
            int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0,
            request.POST.get("on") == "1",
        )
    if isinstance(version, bool) or not isinstance(version, int) or not 0 < version < INT_MAX:
        raise Unreadable
    return version, on


@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: Request) -> HttpResponse:
    """The challenge run: its rule, the last runs; POST starts one."""
    officer = own_officer(request)
    if request.method == "POST":
        make = lambda: practice.challenge(officer=officer, by=request.actor, at=clock.now())  # noqa: E731 -- bound to the officer above
        return begin(request, make, "drills:challenge")
    runs = queries.runs(officer.pk)
    context = {"runs": runs, "best": max((run.passed for _set, run in runs), default=0)}
    return render(request, "drills/practice/challenge.html", context)
