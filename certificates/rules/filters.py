"""Which lists keep filters, and what of their addresses is kept."""

from urllib.parse import parse_qsl, urlencode

PAGES = (
    "certificates:overview",
    "certificates:enforcement",
    "certificates:register",
    "certificates:eligible_people",
)
MOST_OF_A_PAGE, LONGEST_QUERY, LONGEST_TITLE = 20, 500, 40
_MOST_FIELDS, _NOT_KEPT = 50, {"page"}


def tidy(query: str) -> str:
    """The filters in a query string, written anew: without the page turned to and what is left empty.

    "" = no filter, or a string nobody's form sends. What comes out is a query string and nothing else, so it
    can lead to no other address than the one it is put behind. May be longer than `LONGEST_QUERY`.
    """
    try:
        pairs = parse_qsl(query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return ""
    return urlencode([(name, value) for name, value in pairs if name not in _NOT_KEPT and value.strip()])
