"""Routes of ratings and its named predicates."""

from certificates.ratings.permissions import books, extracts, pages, records
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {
    **books.ROUTES,
    **extracts.ROUTES,
    **pages.ROUTES,
    **records.ROUTES,
}
