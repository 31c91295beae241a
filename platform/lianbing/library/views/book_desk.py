"""Making the books of the posts, approving them, and who has not confirmed."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.library import permissions
from lianbing.library.forms import BookForm, BookReviewForm, HoldersForm
from lianbing.library.models import HandbookEdition
from lianbing.library.queries import books as reading
from lianbing.library.queries.receipts import Tally
from lianbing.library.rendering import books as rendering
from lianbing.library.rules.books import PARTS, difference
from lianbing.library.services import books as services
from lianbing.library.views.books import as_file
from lianbing.library.views.impact import workbook
from lianbing.people.models import Post
from lianbing.people.request import Request

PEOPLE = 100


@dataclass(frozen=True)
class PostLine:
    """One post on the desk: its book, its draft, how many confirmed, how many cards changed since."""

    post: Post | None
    book: HandbookEdition | None
    draft: HandbookEdition | None
    tally: Tally
    changed: int
    cards: int


@require_safe
def books(request: Request) -> HttpResponse:
    """Every post with its book; the common one first, then those with something to do."""
    today = clock.today()
    known, drafts, rows = reading.books(today), reading.drafts(), reading.cards_now()
    counted = reading.tallies(request.actor, today, known)
    lines = [
        PostLine(
            post,
            book := known.get(post.pk if post else None),
            drafts.get(post.pk if post else None),
            counted.get(book.pk, Tally()) if book else Tally(),
            services.changed_cards(book, rows, post.pk if post else None),
            len(reading.cards_of(rows, post.pk if post else None)),
        )
        for post in [None, *reading.posts()]
    ]
    context = {
        "lines": lines,
        "changed": sum(bool(line.changed and not line.draft) for line in lines),
        "may_write": permissions.can_write_books(request.actor),
    }
    return render(request, "library/books.html", context)


@require_POST
def book_begin(request: Request) -> HttpResponse:
    """Begin the draft of one post, or of every post whose cards changed."""
    at = clock.now()
    if request.POST.get("all"):
        count = services.begin_where_changed(by=request.actor, at=at)
        words = ngettext("%(count)s draft was made.", "%(count)s drafts were made.", count) % {"count": count}
        messages.success(request, words)
        return redirect("library:books")
    wanted = request.POST.get("post", "")[:15]
    post = None
    if wanted:
        post = get_object_or_404(Post, pk=int(wanted) if wanted.isascii() and wanted.isdigit() else 0)
    try:
        draft = services.begin(post=post, by=request.actor, at=at)
    except services.BookMoved:
        messages.error(request, _("There is a draft for this post already."))
        return redirect("library:books")
    return redirect("library:book_edit", draft.uid)


def _edition(uid: uuid.UUID) -> HandbookEdition:
    return get_object_or_404(HandbookEdition.objects.select_related("post"), uid=uid)


def _draft(uid: uuid.UUID) -> HandbookEdition:
    found = _edition(uid)
    if not found.is_draft:
        raise Http404
    return found


@require_safe
def book(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One edition as its readers see it, with the editions before it."""
    found = _edition(uid)
    context = {
        "edition": found,
        "title": rendering.title_of(found),
        "body": rendering.body(found),
        "others": [one for one in reading.editions_of(found.post_id) if one.pk != found.pk],
        "may_write": permissions.can_write_books(request.actor),
    }
    return render(request, "library/book.html", context)


@require_safe
def book_pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One edition as the pocket book."""
    return as_file(_edition(uid))


@require_http_methods(["GET", "POST"])
def book_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Write the words of a draft; saving generates the rest anew."""
    draft = _draft(uid)
    initial = {name: getattr(draft, name) for name in (*PARTS, "reason", "confirm_by")}
    form = BookForm(request.POST or None, initial=initial | {"seen": draft.edits})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            services.save(
                draft=draft,
                text=form.text(),
                reason=wanted["reason"],
                confirm_by=wanted["confirm_by"],
                seen=wanted["seen"],
                by=request.actor,
                at=clock.now(),
            )
        except services.BookRefused as refusal:
            form.show(refusal.faults)
        except services.BookMoved:
            form.add_error(
                None, _("Somebody else changed this draft meanwhile. Copy your words and load it again.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("library:book_review", draft.uid)
    context = {"edition": draft, "title": rendering.title_of(draft), "form": form}
    return render(request, "library/book_edit.html", context)


@require_http_methods(["GET", "POST"])
def book_review(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What a draft changes, the whole of it, and the decision of the legal section."""
    draft = _draft(uid)
    form = BookReviewForm(request.POST or None, initial={"seen": draft.edits})
    if request.method == "POST":
        return _decide(request, draft, form)
    last = reading.newest_of(draft.post_id)
    context = {
        "edition": draft,
        "title": rendering.title_of(draft),
        "form": form,
        "last": last,
        "reworded": rendering.written_changes(
            services.text_of(last) if last else None, services.text_of(draft)
        ),
        "made": rendering.made_changes(difference(last.made_of if last else {}, draft.made_of)),
        "stale": services.since_generated(draft, clock.today()),
        "flagged": reading.flagged_in(draft),
        "unfound": draft.content.get("unfound", []),
        "empty": [rendering.HEADINGS[name] for name in services.missing(draft)],
        "body": rendering.body(draft),
        "may_decide": permissions.can_keep(request.actor) and request.actor.user_id not in draft.writers,
        "wrote": request.actor.user_id in draft.writers,
    }
    return render(request, "library/book_review.html", context)


def _decide(request: Request, draft: HandbookEdition, form: BookReviewForm) -> HttpResponse:
    """Approve a draft, or generate it anew."""
    if not form.is_valid():
        return redirect("library:book_review", draft.uid)
    seen = form.cleaned_data["seen"]
    if request.POST.get("decision") == "refresh":
        try:
            services.refresh(draft=draft, seen=seen, at=clock.now())
        except services.BookMoved:
            messages.error(request, refusal("moved"))
        else:
            messages.success(request, _("The draft is up to date."))
        return redirect("library:book_review", draft.uid)
    try:
        services.approve(draft=draft, seen=seen, by=request.actor, at=clock.now())
    except services.CannotApprove as error:
        messages.error(request, refusal(error.code, error.parts))
        return redirect("library:book_review", draft.uid)
    messages.success(request, _("The edition is in the hands of its readers."))
    return redirect("library:book_receipts", draft.uid)


def refusal(code: str, parts: list[str] | None = None) -> str:
    """Why an edition was not approved."""
    return {
        "role": _("Only the legal section approves an edition."),
        "author": _("You wrote on this edition, so somebody else decides on it."),
        "moved": _("The draft changed meanwhile. Look at it again."),
        "stale": _(
            "Cards, articles or documents changed since the draft was made. Bring it up to date and look again."
        ),
        "empty": _("Nothing stands in: %(parts)s")
        % {"parts": "、".join(str(rendering.HEADINGS[name]) for name in parts or [])},
    }[code]


@require_http_methods(["GET", "POST"])
def book_discard(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Throw a draft away, after a question."""
    draft = _draft(uid)
    if request.method == "POST":
        try:
            services.discard(draft=draft, by=request.actor, at=clock.now())
        except services.BookMoved:
            messages.error(request, refusal("moved"))
        else:
            messages.success(request, _("The draft was discarded."))
        return redirect("library:books")
    context = {"edition": draft, "title": rendering.title_of(draft)}
    return render(request, "library/book_discard.html", context)


@require_safe
def book_receipts(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Who has confirmed an edition and who has not, of the people one looks after."""
    found = _edition(uid)
    if found.is_draft:
        raise Http404
    return _receipts(request, found)


@require_safe
def book_unconfirmed(request: Request) -> HttpResponse:
    """The same over every book: everybody one looks after with the book they have to have."""
    return _receipts(request, None)


def _receipts(request: Request, edition: HandbookEdition | None) -> HttpResponse:
    today = clock.today()
    rows = reading.holders(request.actor, today, edition)
    form = HoldersForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    if wanted.get("file"):
        return workbook(rendering.receipts_workbook(rows), f"handbook-{today:%Y-%m-%d}")
    show = wanted.get("show", "")
    some = [row for row in rows if not show or (row.late if show == "late" else row.read_at is None)]
    some.sort(key=lambda row: (row.read_at is not None, not row.late))
    size = max(len(some), 1) if "all" in request.GET else PEOPLE
    current = reading.books(today).get(edition.post_id) if edition else None
    context = {
        "edition": edition,
        "title": rendering.title_of(edition) if edition else _("Handbooks"),
        "replaced": edition is not None and (current is None or current.pk != edition.pk),
        "units": reading.by_unit(rows),
        "sums": reading.tally(rows),
        "show": show,
        "page_obj": Paginator(some, size).get_page(request.GET.get("page")),
    }
    return render(request, "library/book_receipts.html", context)
