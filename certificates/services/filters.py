"""Keeping a filter of a list, and keeping it no more. One's own only; like a bookmark it is in no audit trail."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.models import SavedFilter
from certificates.rules.filters import LONGEST_QUERY, LONGEST_TITLE, MOST_OF_A_PAGE, PAGES, tidy
from lianbing.people.rules import Actor


class UnknownPage(Exception):
    """No list of this name keeps filters."""


class FilterRefused(Exception):
    """A filter cannot be kept. The text is for the user."""


def save(*, page: str, title: str, query: str, by: Actor, at: datetime.datetime) -> SavedFilter:
    """Keep what a list was asked for, under a name. Raises UnknownPage; FilterRefused: no name, no filter,
    either too long, a name of one's own taken, as many as one may keep.
    """
    if page not in PAGES or by.user_id is None:
        raise UnknownPage(page)
    title, query = _title(title), _query(query)
    mine = SavedFilter.objects.filter(user_id=by.user_id, page=page)
    try:
        with transaction.atomic():
            if mine.count() >= MOST_OF_A_PAGE:
                raise FilterRefused(
                    _("You keep %(n)d filters of this list already. Remove one first.")
                    % {"n": MOST_OF_A_PAGE}
                )
            return SavedFilter.objects.create(
                user_id=by.user_id, page=page, title=title, query=query, created_at=at
            )
    except IntegrityError as error:
        raise FilterRefused(
            _("You already keep a filter named “%(title)s”. Choose another name.") % {"title": title}
        ) from error


def _title(text: str) -> str:
    title = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    if not title:
        raise FilterRefused(_("Give the filter a name."))
    if len(title) > LONGEST_TITLE:
        raise FilterRefused(_("The name of a filter has at most %(n)d characters.") % {"n": LONGEST_TITLE})
    return title


def _query(text: str) -> str:
    query = tidy(text)
    if not query:
        raise FilterRefused(_("Set a filter first: without one there is nothing to save."))
    if len(query) > LONGEST_QUERY:
        raise FilterRefused(_("This filter is too long to be saved. Shorten what is searched for."))
    return query


def remove(*, pk: int, by: Actor) -> SavedFilter | None:
    """Keep one's own filter no more. Returns what it was; None when there is none, or it is somebody else's."""
    if by.user_id is None:
        return None
    with transaction.atomic():
        found = SavedFilter.objects.filter(pk=pk, user_id=by.user_id).first()
        if found is None:
            return None
        SavedFilter.objects.filter(pk=found.pk).delete()
    return found
