"""One's own must-know with its self-test, and the lists of posts as trainers keep them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.drills.models import MustKnow
from courses.drills.permissions.standing import may_keep_lists
from courses.drills.queries import must_know as queries
from courses.drills.queries import practice
from courses.drills.queries.mastery import entry_lines
from courses.drills.queries.subjects import KINDS, Subject
from courses.drills.rules import self_test as rules
from courses.drills.services import must_know as services
from courses.drills.services.answering import DrillRefused
from lianbing.kit import clock
from lianbing.library.queries.card_lookup import look_up
from lianbing.people.models import Officer, Post
from lianbing.people.queries import appointment_of
from lianbing.people.request import Request

MOST_HITS = 10
INT_MAX = 2**31


@require_safe
def must_know(request: Request) -> HttpResponse:
    """What my post must know, how much of it I master, and the self-test."""
    pk = request.actor.officer_id
    officer = Officer.objects.filter(pk=pk).first() if pk is not None else None
    if officer is None:
        return render(request, "drills/standing/must_know.html", {"found": False})
    at, today = clock.now(), clock.today()
    held = appointment_of(officer, today)
    post = held.post if held else None
    lines, whole = entry_lines(officer.pk, post.pk if post else None, at)
    context = {
        "found": True,
        "post": post,
        "lines": lines,
        "whole": whole,
        "proof": queries.proof_of(officer.pk, post.pk if post else None, today),
        "rules": rules,
    }
    return render(request, "drills/standing/must_know.html", context)


@require_POST
def self_test(request: Request) -> HttpResponse:
    """Begin today's self-test, or go on with it."""
    officer = get_object_or_404(Officer, pk=request.actor.officer_id)
    try:
        begun = services.begin_self_test(officer=officer, by=request.actor, at=clock.now())
    except (services.MustKnowRefused, DrillRefused) as error:
        messages.error(request, str(error))
        return redirect("drills:must_know")
    return redirect("drills:set", begun.uid)


@require_safe
def lists(request: Request) -> HttpResponse:
    """Every post with the length of its list."""
    common, posts = queries.list_sizes()
    context = {"common": common, "posts": posts, "may_keep": may_keep_lists(request.actor)}
    return render(request, "drills/standing/must_know_lists.html", context)


@require_safe
def one_list(request: Request, pk: int) -> HttpResponse:
    """The list of a post (0: what everybody must know), and what a search finds to put on it."""
    post = _post(pk)
    entries = [
        entry
        for entry in queries.shown(queries.entries_of(pk or None, clock.today()))
        if entry.post_id == (pk or None)
    ]
    words = request.GET.get("q", "").strip()[:60]
    law = request.GET.get("law", "")
    keeps = may_keep_lists(request.actor)
    context = {
        "post": post,
        "pk": pk,
        "entries": [(entry, queries.subject_of(entry)) for entry in entries],
        "words": words,
        "hits": _hits(words, law) if keeps else [],
        "searched": bool(words or law),
        "may_keep": keeps,
    }
    return render(request, "drills/standing/must_know_list.html", context)


def _post(pk: int) -> Post | None:
    return get_object_or_404(Post, pk=pk) if pk else None


def _hits(words: str, law: str) -> list[practice.Topic]:
    """Laws, knowledge points and cards that hold the words; or the articles of a law."""
    at = clock.now()
    if law.isascii() and law.isdigit() and len(law) < 10:
        return practice.articles(int(law), at)
    if not words:
        return []
    found = [one for one in practice.laws(at) if words in one.title][:MOST_HITS]
    found += [one for one in practice.points(at) if words in one.title][:MOST_HITS]
    for card in look_up(words=words).cards[:MOST_HITS]:
        assert card.current is not None
        found.append(practice.Topic(Subject("card", card.pk), f"{card.code} {card.current.name}", 0))
    return found


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Put a thing on a list; `cards` puts every card that names the post."""
    post = _post(pk)
    try:
        if request.POST.get("cards") and post is not None:
            made = services.add_cards(post=post, by=request.actor, at=clock.now())
            messages.success(request, _("%(cards)s cards put on the list.") % {"cards": made})
        else:
            services.add(post=post, subject=_subject(request), by=request.actor, at=clock.now())
            messages.success(request, _("Put on the list."))
    except services.MustKnowRefused as error:
        messages.error(request, str(error))
    return redirect("drills:must_know_list", pk)


def _subject(request: Request) -> Subject:
    kind, text = request.POST.get("kind", ""), request.POST.get("thing", "")
    if kind not in KINDS or not (text.isascii() and text.isdigit() and int(text[:10]) < INT_MAX):
        raise Http404
    return Subject(kind, int(text[:10]))


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take an entry off its list."""
    entry = get_object_or_404(MustKnow, pk=pk)
    try:
        services.remove(entry=entry, by=request.actor, at=clock.now())
    except services.MustKnowRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken off the list. Results already reached stay."))
    return redirect("drills:must_know_list", entry.post_id or 0)


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Move an entry up or down."""
    entry = get_object_or_404(MustKnow, pk=pk)
    try:
        services.move(entry=entry, up=request.POST.get("up") == "1", by=request.actor, at=clock.now())
    except services.MustKnowRefused as error:
        messages.error(request, str(error))
    return redirect("drills:must_know_list", entry.post_id or 0)
