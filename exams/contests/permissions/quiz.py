"""Public quizzes and campaigns: what anybody may open, and who organises them."""

from exams.contests.models import Campaign, Quiz
from lianbing.people.ports import Rule, only, public
from lianbing.people.rules import Actor, Role

ORGANISERS = (Role.TRAINER, Role.EXAM_ADMINISTRATOR, Role.LEGAL)
READERS = (*ORGANISERS, Role.LEADER)
# One role alone reads how winners are reached.
CONTACT_READER = Role.EXAM_ADMINISTRATOR

_READING = only(*READERS, scope="unit")
_ORGANISING = only(*ORGANISERS, scope="unit")

ROUTES: dict[str, Rule] = {
    "contests:quiz": public(),
    "contests:quiz_join": public(),
    "contests:quiz_start": public(),
    "contests:quiz_attempt": public(),
    "contests:quiz_answers": public(),
    "contests:quiz_submit": public(),
    "contests:quiz_result": public(),
    "contests:quiz_ranking": public(),
    "contests:quiz_certificate": public(),
    "contests:quiz_prizes": public(),
    "contests:quiz_prize_answer": public(),
    "contests:quiz_draw_file": public(),
    "contests:quiz_list_file": public(),
    "contests:campaign": public(),
    "contests:quizzes": _READING,
    "contests:quiz_new": _ORGANISING,
    "contests:quiz_desk": _READING,
    "contests:quiz_edit": _ORGANISING,
    "contests:quiz_publish": _ORGANISING,
    "contests:quiz_stop": _ORGANISING,
    "contests:quiz_codes": _ORGANISING,
    "contests:quiz_draw": _ORGANISING,
    "contests:quiz_contact": only(CONTACT_READER, scope="unit"),
    "contests:campaigns": _READING,
    "contests:campaign_new": _ORGANISING,
    "contests:campaign_desk": _READING,
    "contests:campaign_edit": _ORGANISING,
    "contests:campaign_publish": _ORGANISING,
    "contests:campaign_material": _ORGANISING,
    "contests:campaign_material_remove": _ORGANISING,
    "contests:campaign_goal": _ORGANISING,
    "contests:campaign_activity": _ORGANISING,
    "contests:campaign_report": _READING,
}


def may_organise(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` sets up quizzes and campaigns of a unit."""
    return actor.covers(unit_path, *ORGANISERS)


def may_follow(actor: Actor, thing: Quiz | Campaign) -> bool:
    """Whether `actor` sees the desk of a quiz or campaign. Expects its unit loaded."""
    return actor.covers(thing.unit.path, *READERS)


def may_read_contacts(actor: Actor, quiz: Quiz) -> bool:
    """Whether `actor` may read how a winner is reached."""
    return actor.covers(quiz.unit.path, CONTACT_READER)


def following_scopes(actor: Actor) -> list[str]:
    """The unit paths whose quizzes and campaigns `actor` sees."""
    return actor.scopes(*READERS)


def organising_scopes(actor: Actor) -> list[str]:
    """The unit paths for which `actor` may set up quizzes and campaigns."""
    return actor.scopes(*ORGANISERS)
