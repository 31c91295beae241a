"""Routes of ratings and its named predicates."""

from certificates.ratings.permissions import books, extracts, leading, office_templates, pages, records
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {
    **books.ROUTES,
    **extracts.ROUTES,
    **leading.ROUTES,
    **office_templates.ROUTES,
    **pages.ROUTES,
    **records.ROUTES,
}
