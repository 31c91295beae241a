"""Who sets up contests, and who reads about them.

A trainer or an exam administrator over the organising unit sets a contest up. What is announced is read by
everybody with an account; a draft by its organisers alone. Questions with their keys are seen by organisers
who have no part in the match themselves.
"""

from exams.contests.models import Contest, Match, Player
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

ORGANISERS = (Role.TRAINER, Role.EXAM_ADMINISTRATOR)
_SETTING = only(*ORGANISERS, scope="unit")

ROUTES: dict[str, Rule] = {
    "contests:home": signed_in(),
    "contests:contest": signed_in(scope="unit"),
    "contests:results": signed_in(scope="unit"),
    "contests:result": signed_in(scope="unit"),
    "contests:new": _SETTING,
    "contests:new_from": _SETTING,
    "contests:edit": _SETTING,
    "contests:rules": _SETTING,
    "contests:announce": _SETTING,
    "contests:take_back": _SETTING,
    "contests:end": _SETTING,
    "contests:discard": _SETTING,
    "contests:staff": _SETTING,
    "contests:staff_remove": _SETTING,
    "contests:teams": _SETTING,
    "contests:team_new": _SETTING,
    "contests:team": _SETTING,
    "contests:team_remove": _SETTING,
    "contests:teams_import": _SETTING,
    "contests:teams_template": _SETTING,
    "contests:teams_from_heat": _SETTING,
    "contests:groups": _SETTING,
    "contests:groups_commit": _SETTING,
    "contests:groups_draw": _SETTING,
    "contests:groups_drop": _SETTING,
    "contests:stage": _SETTING,
    "contests:final": _SETTING,
    "contests:match_new": _SETTING,
    "contests:match": _SETTING,
    "contests:match_remove": _SETTING,
    "contests:items": _SETTING,
    "contests:items_draw": _SETTING,
    "contests:item_swap": _SETTING,
}


def organises(actor: Actor, contest: Contest) -> bool:
    """Whether `actor` sets this contest up: an organiser over its unit."""
    return actor.covers(contest.unit.path, *ORGANISERS)


def reads(actor: Actor, contest: Contest) -> bool:
    """Whether `actor` may read about this contest: everybody once announced, before that its organisers."""
    if contest.is_rehearsal:
        return organises(actor, contest)
    return contest.state != Contest.State.DRAFT or organises(actor, contest)


def sees_items(actor: Actor, match: Match) -> bool:
    """Whether `actor` may see the questions of a match before it is over: an organiser who does not play in it."""
    if not organises(actor, match.contest):
        return False
    if actor.officer_id is None:
        return True
    return not Player.objects.filter(officer=actor.officer_id, team__entries__match=match).exists()
