"""Joining and the pads are open to whoever holds a code or a seat; the desk of seats is for who runs the contest."""

from exams.contests.models import Contest, ContestStaff
from exams.contests.permissions.authoring import organises
from lianbing.people.ports import Rule, public, signed_in
from lianbing.people.rules import Actor

ROUTES: dict[str, Rule] = {
    "contests:join": public(),
    "contests:join_code": public(),
    "contests:pad": public(),
    "contests:seats": signed_in(scope="own"),
    "contests:seat_sheets": signed_in(scope="own"),
    "contests:seat_withdraw": signed_in(scope="own"),
    "contests:seat_reissue": signed_in(scope="own"),
}


def can_lay_seats(actor: Actor, contest: Contest) -> bool:
    """See the codes, withdraw and re-issue seats: the contest's organisers and its hosts."""
    if organises(actor, contest):
        return True
    if actor.user_id is None:
        return False
    host = ContestStaff.objects.filter(contest=contest, user_id=actor.user_id, role=ContestStaff.Role.HOST)
    return host.exists()
