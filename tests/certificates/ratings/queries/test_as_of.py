"""As of any day: a random year of transfers, new rules, corrections and appeals, replayed exactly afterwards.

The year keeps a diary of what people read after each publication. At its end everything has changed: people
serve elsewhere under other names, schemes have new versions, facts were corrected or are gone. Then each day of
the year must still read as the diary says, and each statement computed again must give its digest.
"""

import datetime
import random
from decimal import Decimal

import pytest

from certificates.ratings.models import Appeal, Fact, Period, Result, Statement
from certificates.ratings.queries import published, statements
from certificates.ratings.queries.opening import facts_of
from certificates.ratings.queries.stars import ranking, stars_on
from certificates.ratings.rules.presets import BANDS
from certificates.ratings.rules.schemes import Movement
from certificates.ratings.rules.words import PeriodKind
from certificates.ratings.services import periods
from lianbing.people.models import Appointment, Unit
from tests.factories import people, ratings

pytestmark = pytest.mark.django_db
MONTH, QUARTER = PeriodKind.MONTHLY, PeriodKind.QUARTERLY
DAYS = [datetime.date(2026, 1, 1) + datetime.timedelta(days=number) for number in range(365)]
LINES = ("exams", "hours", "bonus", "off", "veto")


def _noon(day):
    return datetime.datetime.combine(day, datetime.time(4), tzinfo=datetime.UTC)


def _read(statement):
    """What anybody reads of a statement."""
    return [
        (
            row.officer_id,
            row.roll.name,
            row.roll.unit_name,
            row.score,
            row.grade,
            row.star,
            row.place,
            row.lines,
        )
        for row in ranking(statement)
    ]


class Year:
    """A bureau through a year, driven by chance."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.bureau = people.unit()
        self.squads = [people.unit(name, self.bureau) for name in ("一中队", "二中队", "三中队")]
        self.people = [people.officer(self.chance.choice(self.squads)) for _number in range(6)]
        kinds = {"bonus": "bonus", "off": "deduction", "veto": "veto"}
        for code in LINES:
            ratings.indicator(
                code, kind=kinds.get(code, "score"), kinds=(code,), cap=Decimal(5), missing="skip"
            )
        self.scheme = None
        self.adopt(datetime.date(2026, 1, 1))
        self.diary = []  # (day, period id, what was read)
        self.done = []  # periods that were published

    def adopt(self, day):
        """A version of the scheme with other weights, bands and ways of moving a star."""
        weight = self.chance.randint(20, 80)
        bands = self.chance.choice([BANDS["90_80_60"], BANDS["90_80_70"], BANDS["civil_servant"]])
        self.scheme = ratings.version(
            ("exams", weight),
            ("hours", 100 - weight),
            ("bonus", 1),
            ("off", 1),
            ("veto", 1),
            scheme=self.scheme,
            starts_on=day,
            bands=bands,
            star_kinds=(MONTH, QUARTER),
            movement=Movement(up_after=self.chance.randint(1, 2), down_after=self.chance.randint(1, 2)),
            roll_up={QUARTER: {MONTH: Decimal(100)}},
        ).scheme

    def transfer(self, day):
        """Somebody goes to another squad, and somebody's name and a squad's name change."""
        who = self.chance.choice(self.people)
        now = who.appointments.get(ends_on=None)
        if now.starts_on < day:
            Appointment.objects.filter(pk=now.pk).update(ends_on=day)
            Appointment.objects.create(
                officer=who,
                unit=self.chance.choice(self.squads),
                post=now.post,
                starts_on=day,
                recorded_at=_noon(day),
            )
        type(who).objects.filter(pk=who.pk).update(name=f"改名{day:%m%d}")
        squad = self.chance.choice(self.squads)
        Unit.objects.filter(pk=squad.pk).update(name=f"中队{day:%m%d}")

    def note(self, day):
        """Something happens to somebody; in the past, too."""
        code = self.chance.choice([*LINES[:2] * 4, *LINES])
        on = day - datetime.timedelta(days=self.chance.choice([0, 0, 5, 40]))
        value = 1 if code == "veto" else self.chance.randint(0, 10000) / Decimal(100)
        ratings.fact(self.chance.choice(self.people), value, on, kind=code)

    def amend(self, day):
        """A record turns out wrong: another value, another day, another person, or it was never true."""
        known = self.chance.choice(Fact.objects.order_by("pk") or [None])
        if known is not None:
            ratings.fact(
                self.chance.choice(self.people),
                self.chance.randint(0, 100),
                known.on + datetime.timedelta(days=self.chance.choice([0, 0, 31, -31])),
                kind=known.kind,
                origin=known.origin,
                gone=self.chance.random() < 0.3,
            )

    def end(self, kind, first, day):
        """A period is opened and published after its end."""
        period = ratings.period(self.bureau, self.scheme, kind=kind, first=first, at=_noon(day))
        excluded = self.chance.sample(self.people, self.chance.randint(0, 1))
        self.publish(period, ratings.published(period, at=_noon(day), excluded=excluded), day)
        self.done.append(period)

    def correct(self, day):
        """An appeal is upheld and a published period corrected on the evidence as it stands now."""
        period = self.chance.choice(self.done)
        result = self.chance.choice(Result.objects.filter(statement__period=period).order_by("pk"))
        Appeal.objects.create(
            result=result, text="不服", by={}, at=_noon(day), state="upheld", decided_at=_noon(day)
        )
        ratings.gather(period, at=_noon(day))
        statement = periods.correct(period=period, reason="申诉成立，更正", by=ratings.HR, at=_noon(day))
        ratings.publish(period, at=_noon(day))
        self.publish(period, statement, day)

    def publish(self, period, statement, day):
        self.diary.append((day, period.pk, statement.pk, _read(statement), facts_ids(statement)))

    def live(self):
        """Day after day; periods are published on the fifth after their end."""
        for day in DAYS:
            for _number in range(3):
                self.note(day)
            happens = self.chance.random()
            if happens < 0.04:
                self.transfer(day)
            elif happens < 0.06:
                self.adopt(day)
            elif happens < 0.2:
                self.amend(day)
            elif happens < 0.23 and self.done:
                self.correct(day)
            if day.day == 5 and day.month > 1:
                last = day.replace(day=1) - datetime.timedelta(days=1)
                self.end(MONTH, last.replace(day=1), day)
                if last.month % 3 == 0:
                    self.end(QUARTER, last.replace(day=1, month=last.month - 2), day)
        return self

    def read_on(self, day):
        """period id -> (statement id, what was read) at the end of a day, by the diary."""
        return {period: (pk, read) for when, period, pk, read, _facts in self.diary if when <= day}


def facts_ids(statement):
    """The facts behind every point of every result of a statement."""
    return {
        (row.officer_id, code): [one.pk for one in facts]
        for row in statement.results.all()
        for code, facts in facts_of(row).items()
    }


@pytest.fixture(params=[1, 2026])
def year(request):
    return Year(request.param).live()


def test_every_day_of_a_random_year_reads_as_it_did(year):
    assert len(year.diary) > 14
    assert Statement.objects.filter(number__gt=1).exists()
    known = {pk: _read(Statement.objects.get(pk=pk)) for _day, _period, pk, _read_then, _facts in year.diary}
    for day in DAYS:
        then = year.read_on(day)
        in_force = published.in_force(day)
        assert in_force == {period: pk for period, (pk, _read_then) in then.items()}
        assert {period: known[pk] for period, pk in in_force.items()} == {
            period: read for period, (_pk, read) in then.items()
        }
    for statement in Statement.objects.all():
        assert statements.recomputed(statement) == statements.stored_digest(statement) == statement.digest
    for _day, _period, pk, _read_then, facts in year.diary:
        assert facts_ids(Statement.objects.get(pk=pk)) == facts
    _check_stars(year)


def _check_stars(year):
    """The star of a day is that of the newest period in force: of those that end together the longest."""
    order = {row.pk: (row.last, row.kind == QUARTER, row.pk) for row in Period.objects.all()}
    ids = [one.pk for one in year.people]
    for day in DAYS[::9]:
        expected = {}
        for period, (_pk, read) in sorted(year.read_on(day).items(), key=lambda one: order[one[0]]):
            expected.update({row[0]: (row[5], row[3], period) for row in read if row[5] is not None})
        found = stars_on(ids, day)
        assert {who: (star.level, star.score, star.period.pk) for who, star in found.items()} == expected
