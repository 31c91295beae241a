"""What is due by the clock: what editions change is worked out, and told of when its day has come."""

import datetime

from django.core.cache import cache

from lianbing.kit.due import job
from lianbing.library.services import circulating, drafting, effective, indexing, open_citations

HOUR = 3600


@job("effective")
def publish_drafts(at: datetime.datetime) -> int:
    """Publish approved law texts whose day to go live has come."""
    return drafting.publish_due(at=at)


@job("effective")
def work_out_changes(at: datetime.datetime) -> int:
    """Work out what changed in laws whose editions changed. Nothing came into effect by that: counts as 0."""
    effective.settle_waiting(at=at)
    return 0


@job("effective")
def announce_changes(at: datetime.datetime) -> int:
    """Tell of every amendment and repeal whose day has come."""
    return effective.announce(at=at)


@job("notices")
def look_at_citations(at: datetime.datetime) -> int:
    """Look at the citations of new editions, and every hour again at those that lead nowhere. Tells nobody."""
    looked = open_citations.check_some(at=at)
    if looked < open_citations.EDITIONS_AT_ONCE and (looked or cache.add("library:citations", 1, HOUR)):
        open_citations.look_again(at=at)
    return 0


@job("effective")
def index_what_is_missing(at: datetime.datetime) -> int:
    """Put into the search index what an upgrade or a restore left out. Nothing came into effect by that."""
    del at
    indexing.catch_up()
    return 0


@job("notices")
def add_joiners(at: datetime.datetime) -> int:
    """Every hour give what is circulated to those who joined its units since."""
    return circulating.add_joiners(at=at) if cache.add("library:joiners", 1, HOUR) else 0
