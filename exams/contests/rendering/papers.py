"""A match on paper: the result sheet, and the full record with every event and every point."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from exams.contests.models import ContestStaff, Match
from exams.contests.queries.facts import MatchFacts, load_facts
from exams.contests.queries.matches import event_of, events_of, load_state
from exams.contests.rendering.result import match_page
from exams.contests.rendering.telling import Teller, signed, why_name
from exams.contests.rules.match import Event, MatchState
from exams.contests.rules.settings import plain
from lianbing.kit import pdf
from question_bank.rules.rich import words as stem_words

FOLDER = Path(__file__).resolve().parent.parent / "typst"
STEM_LIMIT = 90


def result_pdf(*, match: Match, at: datetime.datetime) -> bytes:
    """The result sheet. Load the contest's unit with the match; it must have started. Same match and moment, same bytes."""
    page = match_page(match)
    rows = [
        [
            str(team.place),
            team.name,
            team.unit or "—",
            *(one or "—" for one in team.rounds),
            plain(team.score),
        ]
        for team in page.teams
    ]
    data = {
        **_head(match, at),
        "rounds": page.rounds,
        "headings": [_("Placing"), _("Team"), _("Unit"), *page.rounds, _("Points")],
        "rows": rows,
        "note": _("Every team started with %(points)s points.") % {"points": plain(page.base)},
        "state": "" if match.phase == Match.Phase.CONFIRMED else _("Not confirmed yet"),
        "signatures": _signatures(match),
    }
    return pdf.render(FOLDER / "result.typ", data, at=at)


def record_pdf(*, match: Match, at: datetime.datetime) -> bytes:
    """The full record, for the file: who stood on stage, all that happened, every point with the event behind it."""
    facts, standing = load_facts(match), load_state(match)
    events = [event_of(row) for row in events_of(match)]
    data = {
        **_head(match, at),
        "words": _words(),
        "line_up": _line_up(facts),
        "events": _events(facts, standing, events),
        "ledger": _ledger(facts, standing),
        "signatures": _signatures(match),
    }
    return pdf.render(FOLDER / "record.typ", data, at=at)


def _local(moment: datetime.datetime | None, form: str = "%Y-%m-%d %H:%M") -> str:
    return f"{timezone.localtime(moment):{form}}" if moment is not None else "—"


def _head(match: Match, at: datetime.datetime) -> dict[str, Any]:
    contest = match.contest
    return {
        "issuer": str(settings.SITE_NAME),
        "contest": contest.title,
        "title": match.name,
        "facts": [
            [_("Organising unit"), contest.unit.name],
            [_("Place of the contest"), contest.place or "—"],
            [_("Began at"), _local(match.started_at)],
            [_("Ended at"), _local(match.ended_at)],
            [_("State"), str(match.get_phase_display())],
            [_("Number"), str(match.uid)],
        ],
        "printed": _("Printed %(moment)s") % {"moment": _local(at)},
        "page": _("Page"),
    }


def _signatures(match: Match) -> list[str]:
    """Who signs: the chief referee, the judges, the host, each once with the roles. One statement."""
    roles = {value: str(label) for value, label in ContestStaff.Role.choices}
    order: list[str] = [ContestStaff.Role.CHIEF_REFEREE, ContestStaff.Role.JUDGE, ContestStaff.Role.HOST]
    rows = ContestStaff.objects.filter(contest=match.contest).order_by("pk").values_list("role", "user__name")
    named: dict[str, list[str]] = {}
    for role, name in sorted(rows, key=lambda row: order.index(row[0])):
        named.setdefault(name, []).append(roles[role])
    return [f"{'、'.join(held)} {name}" for name, held in named.items()]


def _words() -> dict[str, Any]:
    return {
        "line_up": _("Line-up"),
        "line_up_headings": [_("Seat"), _("Team"), _("Unit"), _("Players")],
        "events": _("Course of the match"),
        "event_headings": [_("No."), _("Time"), _("Who"), _("What")],
        "undone": _("(taken back)"),
        "ledger": _("Points"),
        "ledger_headings": [_("Team"), _("No."), _("Why"), _("Points"), _("Score after it")],
        "none": _("No score changed."),
        "signatures": _("Signatures"),
    }


def _line_up(facts: MatchFacts) -> list[list[str]]:
    return [
        [
            str(side.seat),
            side.name,
            side.unit or "—",
            "、".join(
                _("%(name)s (substitute)") % {"name": one.name} if one.substitute else one.name
                for one in side.players
            ),
        ]
        for side in facts.teams
    ]


def _events(facts: MatchFacts, standing: MatchState, events: Sequence[Event]) -> list[dict[str, Any]]:
    teller, gone = Teller(facts, standing.rulebook, standing.ledger), set(standing.undone)
    return [
        {
            "seq": str(one.seq),
            "at": _local(one.at, "%H:%M:%S"),
            "who": one.actor,
            "words": teller.tell(one),
            "more": _asked(facts, one),
            "undone": one.seq in gone,
        }
        for one in events
    ]


def _asked(facts: MatchFacts, event: Event) -> str:
    """The question an event brings on, in a line."""
    item = event.data.get("item")
    if not isinstance(item, int) or not 0 <= item < len(facts.items):
        return ""
    text = " ".join(stem_words(str(facts.items[item].content.get("stem", ""))).split())
    return f"{text[:STEM_LIMIT]}…" if len(text) > STEM_LIMIT else text


def _ledger(facts: MatchFacts, standing: MatchState) -> list[list[str]]:
    """Every change of a score, team by team, with the score after it; the tie-break says so."""
    rows = []
    for side in facts.teams:
        score = standing.rulebook.base_score
        for one in (entry for entry in standing.ledger if entry.team == side.seat):
            score += one.points
            why = why_name(one.why)
            if one.tie_break:
                why = _("%(why)s, tie-break") % {"why": why}
            rows.append([side.name, str(one.seq), why, signed(one.points), plain(score)])
    return rows
