"""The demo's register of enforcement certificates: taken over from an older one, then kept for half a year.

Numbers, offices and documents are invented; nothing here looks like a real card.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from certificates.demo.training import hr_of
from certificates.formats.columns import (
    CARD_COLUMNS,
    CARD_SHEET,
    CHANGE_COLUMNS,
    CHANGE_SHEET,
    QUALIFICATION_SHEET,
    REVIEW_COLUMNS,
    REVIEW_SHEET,
)
from certificates.formats.columns import QUALIFICATION_COLUMNS as QUALIFIED
from certificates.models import DutyPost, EnforcementEvent
from certificates.rules.enforcement import PRESETS
from certificates.rules.validity import add_months, last_day
from certificates.services.enforcement.adopting import adopt, set_duties
from certificates.services.enforcement.changing import change
from certificates.services.register_import import import_certificates
from certificates.services.warnings import warn_of_ends
from certificates.state.enforcement import Kind
from lianbing.kit import outbox
from lianbing.kit.demo import Story, after_move, chapter, seeded
from lianbing.kit.spreadsheets import Column, Sheet
from lianbing.people.models import Officer, Post
from lianbing.people.rules import Actor

ISSUER = "云汐省人民政府"
TAKEN_OVER_AGO = 200
DUTIES = {
    "一线执法岗": DutyPost.Duty.ENFORCEMENT,
    "中队长": DutyPost.Duty.ENFORCEMENT,
    "案件审核岗": DutyPost.Duty.LEGAL_REVIEW,
    "协管巡查岗": DutyPost.Duty.ASSISTANCE,
}
# By place among the officers: days until the card ends, days since its last review.
ENDS_IN = {0: 152, 11: 24, 12: 79, 13: -18, 21: 100}
REVIEWED_AGO = {3: 338, 4: 331, 5: 326, 6: 342, 8: 322, 9: 330, 10: 402, 15: 319, 22: 340}
WITHOUT = frozenset({26, 28, 29, 31, 32})
UNQUALIFIED_REVIEWERS = 2
# Place, days ago, what, why, document, and whatever the change asks for; days in the data count from today.
LATER: list[tuple[int, int, Kind, str, str, dict[str, Any]]] = [
    (16, 30, Kind.SUSPENDED, "change_exam_failed", "云城执〔暂〕16号", {}),
    (17, 95, Kind.SUSPENDED, "investigation", "云城执〔暂〕11号", {}),
    (17, 61, Kind.REINSTATED, "cleared", "", {}),
    (18, 12, Kind.LOST, "mislaid", "", {}),
    (19, 70, Kind.LOST, "stolen", "", {}),
    (19, 44, Kind.REISSUED, "after_loss", "", {"certificate_no": "云A0300019"}),
    (21, 8, Kind.RENEWED, "ending", "", {"certificate_no": "云A0300021", "valid_from": 101}),
    (
        22,
        40,
        Kind.REVIEWED,
        "periodic",
        "云城执〔审〕7号",
        {"result": "failed", "hours": "12", "exam": False},
    ),
    (23, 25, Kind.SUSPENDED, "change_exam_failed", "云城执〔暂〕17号", {}),
    (23, 6, Kind.WITHDRAWN, "failed_again", "云城执〔收〕3号", {}),
    (24, 120, Kind.REVOKED, "discipline", "云城执〔撤〕1号", {"blocked_until": 610}),
    (25, 90, Kind.TRANSFERRED, "agency_changed", "", {"specialist_exam": "城市管理专业法律知识考试"}),
    (28, 34, Kind.APPLIED, "first", "", {}),
    (29, 80, Kind.APPLIED, "first", "", {}),
    (29, 15, Kind.PASSED, "exam", "", {}),
    (30, 50, Kind.CORRECTED, "typing_error", "", {"certificate_no": "云A0100303"}),
    (32, 140, Kind.APPLIED, "first", "", {}),
    (32, 75, Kind.PASSED, "exam", "", {}),
    (32, 41, Kind.ISSUED, "first", "", {"certificate_no": "云A0200032", "valid_from": -41}),
    (26, 110, Kind.APPLIED, "first", "", {}),
    (26, 88, Kind.CANCELLED, "application_dropped", "", {}),
]


@chapter(51)
def register(story: Story) -> None:
    """Rules and duties, an older register with reviews and a refused auxiliary, and what happened since."""
    hr, start = hr_of(story.today), story.now - datetime.timedelta(days=TAKEN_OVER_AGO)
    reason = "按省司法厅发证有效期和年度审验要求执行"
    adopt(rules=PRESETS["hebei"], preset="hebei", reason=reason, by=hr, at=start)
    posts = dict(Post.objects.filter(name__in=DUTIES).values_list("pk", "name"))
    set_duties(duties={pk: DUTIES[name].value for pk, name in posts.items()}, by=hr, at=start)
    people: list[Officer] = story.data["officers"]
    officers = [one for one in people if one.category == Officer.Category.OFFICER]
    auxiliary = next(one for one in people if one.category == Officer.Category.AUXILIARY)
    import_certificates(
        sheets=_book(story, officers, auxiliary),
        by=hr,
        at=start,
        file="执法证台账（移交）.xlsx",
        skip_bad_rows=True,
    )
    for place, ago, kind, why, document, data in sorted(LATER, key=lambda one: -one[1]):
        _record(story, officers[place], ago, kind, why, document, data, hr)
    warn_of_ends(at=story.now - datetime.timedelta(hours=2))
    outbox.deliver(at=story.now, limit=1000)


def _sheet(name: str, columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> Sheet:
    keys = [column.key for column in columns]
    cells = [[row.get(key) for key in keys] for row in rows]
    return Sheet(name, [[column.heading for column in columns], *cells])


def _book(story: Story, officers: Sequence[Officer], auxiliary: Officer) -> list[Sheet]:
    held = [(place, one) for place, one in enumerate(officers) if place not in WITHOUT]
    cards = [_card(story, place, one) for place, one in held]
    told = {**cards[0], "staff_number": auxiliary.staff_number, "name": auxiliary.name}
    told |= {"certificate_no": "云A0199999"}
    reviews = [row for place, one in held for row in _reviews(story, place, one)]
    return [
        _sheet(CARD_SHEET, CARD_COLUMNS, [*cards, told]),
        _sheet(REVIEW_SHEET, REVIEW_COLUMNS, reviews),
        _sheet(CHANGE_SHEET, CHANGE_COLUMNS, [_renewed(story, officers[20])]),
        _sheet(QUALIFICATION_SHEET, QUALIFIED, _qualifications(story, officers)),
    ]


def _term(story: Story, place: int, officer: Officer) -> tuple[datetime.date, datetime.date]:
    """The first and last day of somebody's card: as ENDS_IN says, else one begun within the last four years."""
    if place in ENDS_IN:
        ends = story.today + datetime.timedelta(days=ENDS_IN[place])
        return add_months(ends + datetime.timedelta(days=1), -60), ends
    earliest = story.today - datetime.timedelta(days=story.rng.randint(500, 1400))
    begins = max(earliest, (officer.joined_on or earliest) + datetime.timedelta(days=30))
    if place in REVIEWED_AGO or begins > story.today - datetime.timedelta(days=TAKEN_OVER_AGO + 20):
        begins = earliest
    return begins, last_day(begins, 60)


def _card(story: Story, place: int, officer: Officer) -> dict[str, Any]:
    begins, ends = _term(story, place, officer)
    row = {
        "staff_number": officer.staff_number,
        "name": officer.name,
        "certificate_no": f"云A01{place:05}",
        "issuer": ISSUER,
        "first_issued_on": min(begins, officer.joined_on or begins),
        "valid_from": begins,
        "valid_until": ends,
    }
    if place == 20:
        row |= {"first_issued_on": add_months(begins, -60), "certificate_no": "云A0200020"}
        story.data["renewed_on"] = begins
    return row


def _renewed(story: Story, officer: Officer) -> dict[str, Any]:
    begins: datetime.date = story.data["renewed_on"]
    return {
        "staff_number": officer.staff_number,
        "on": begins,
        "kind": "换证",
        "reason": "有效期届满",
        "old_number": "云A0000020",
        "old_until": begins - datetime.timedelta(days=1),
    }


def _reviews(story: Story, place: int, officer: Officer) -> list[dict[str, Any]]:
    """The reviews of the last two years, a year apart; the newest as long ago as REVIEWED_AGO says."""
    ago = REVIEWED_AGO.get(place, 205 + place)
    days = [story.today - datetime.timedelta(days=ago + back) for back in (365, 0)]
    return [
        {
            "staff_number": officer.staff_number,
            "year": str(day.year),
            "on": day,
            "result": "合格",
            "hours": str(44 + place % 17),
            "exam": str(70 + place % 25),
            "conduct": "称职",
        }
        for day in days
        if day > story.today - datetime.timedelta(days=500 + ago)
    ]


def _qualifications(story: Story, officers: Sequence[Officer]) -> list[dict[str, Any]]:
    """Most of those who review decisions hold the qualification; two of the squads may chair hearings."""
    reviewing = [one for place, one in enumerate(officers) if _reviews_decisions(place)]
    rows = [
        {
            "staff_number": one.staff_number,
            "kind": "法律职业资格",
            "number": f"A3901{place:06}",
            "grade": "A",
            "obtained_on": story.today - datetime.timedelta(days=1500 + 137 * place),
            "issuer": "司法部",
        }
        for place, one in enumerate(reviewing[UNQUALIFIED_REVIEWERS:])
    ]
    hearing = {"kind": "听证主持人", "obtained_on": story.today - datetime.timedelta(days=700)}
    ends = story.today + datetime.timedelta(days=395)
    return rows + [
        {**hearing, "staff_number": one.staff_number, "number": f"云听{place:04}", "valid_until": ends}
        for place, one in enumerate(officers[5:17:11], start=1)
    ]


def _reviews_decisions(place: int) -> bool:
    """Whether the people chapter put this officer on the post of case review."""
    return place % 9 == 4 and place % 11 != 5 and place % 13 != 7


def _record(
    story: Story,
    officer: Officer,
    ago: int,
    kind: Kind,
    why: str,
    document: str,
    data: dict[str, Any],
    by: Actor,
) -> None:
    on = story.today - datetime.timedelta(days=ago)
    said = {
        key: (story.today + datetime.timedelta(days=value)).isoformat()
        if key in {"valid_from", "blocked_until"}
        else value
        for key, value in data.items()
    }
    if kind is Kind.REVIEWED:
        said |= {"year": on.year, "conduct": True}
    change(
        officer=officer,
        kind=kind,
        on=on,
        reason_code=why,
        document_no=document,
        data=said,
        by=by,
        at=timezone.make_aware(datetime.datetime.combine(on, datetime.time(10, 30))),
    )


@after_move
def days_within_events_follow(step: datetime.timedelta) -> None:
    """The days in the data of the demo's own events move with their rows: the register is folded from them."""
    seed = seeded()
    mark = seed.watermarks.get(EnforcementEvent._meta.label) if seed else None
    rows = list(EnforcementEvent.objects.filter(pk__lte=mark or 0))
    for row in rows:
        for key, value in row.data.items():
            if key in {"valid_from", "valid_until", "first_issued_on", "last_review_on", "blocked_until"}:
                row.data[key] = (datetime.date.fromisoformat(value) + step).isoformat()
    EnforcementEvent.objects.bulk_update(rows, ["data"], batch_size=200)
