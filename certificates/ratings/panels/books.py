"""The data book in the navigation, and what taking it is called."""

from django.utils.translation import gettext_lazy as _

from certificates.ratings.permissions.books import READERS
from lianbing.home.ports import NavItem, nav
from lianbing.kit.audit_words import name_acts

name_acts("ratings", _("Ratings"), {"data_book_taken": _("Took the data book")})
nav(NavItem(_("Data book"), "ratings:data_book", frozenset(READERS), order=48, icon="chart"))
