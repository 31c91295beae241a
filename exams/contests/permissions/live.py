"""Routes of the live channel over HTTP. What a pad or a desk may do, services decide on each message."""

from lianbing.people.ports import Rule, signed_in, ticketed

ROUTES: dict[str, Rule] = {
    "contests:snapshot": ticketed(),
    "contests:act": ticketed(),
    "contests:move": signed_in(scope="own"),
}
