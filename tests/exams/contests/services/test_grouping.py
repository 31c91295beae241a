"""From the heat to the groups, the matches of the stage and the final, as an organiser goes through it."""

import json
from decimal import Decimal

import pytest

from exams.contests.models import Match, MatchResult
from exams.contests.queries import finals, heats
from exams.contests.rules.grouping import Entry, draw_groups, fingerprint, list_hash
from exams.contests.services import grouping, team_lists
from exams.contests.services.refusals import AuthoringRefused
from exams.models import MarkRecord
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import contests, exams, people

pytestmark = pytest.mark.django_db
AT = contests.NOON


@pytest.fixture
def bureau():
    return people.unit("市局")


@pytest.fixture
def by(bureau):
    return people.actor(people.staff(Role.TRAINER, unit=bureau))


@pytest.fixture
def contest(bureau):
    return contests.contest(unit=bureau)


def _sat(sitting, officer, score, unit=None):
    """Somebody who sat the heat with this score; None = absent."""
    version = exams.question()
    candidate = exams.candidate(sitting, officer, versions=[version])
    type(candidate).objects.filter(pk=candidate.pk).update(unit=unit or sitting.unit)
    if score is not None:
        MarkRecord.objects.create(
            attempt=exams.attempt(candidate),
            score=Decimal(score),
            full_marks=100,
            marks=["0"],
            rule="exact",
            at=AT,
            reason="交卷",
            by={},
        )
    return officer


def _heat(bureau, released=True):
    return exams.sitting(bureau, released_at=AT if released else None)


def _team_of(contest, bureau, name, *scores):
    team = contests.team(contest, name, players=len(scores))
    for player, score in zip(team.players.all(), scores, strict=True):
        player.officer = _sat(contest.heat, people.officer(bureau), score)
        player.save()
    return team


def _fixed(contest, by, count=2, spread=False, teams=6):
    entries = [Entry(contests.team(contest, f"{n}队").pk, Decimal(n)) for n in range(teams)]
    return grouping.commit(
        contest=contest, entries=entries, groups=count, spread=spread, heat={}, by=by, at=AT
    )


def test_teams_are_ranked_by_what_their_members_scored(contest, bureau):
    contest.heat = _heat(bureau)
    _team_of(contest, bureau, "甲", 80, 70, None)
    _team_of(contest, bureau, "乙", 90, 80, 60)
    rows = heats.ranking(contest, by="sum", best=3, places=1)
    assert [(row.team.name, row.standing.score, row.standing.missing) for row in rows] == [
        ("乙", 230, 0),
        ("甲", 150, 1),
    ]


def test_a_heat_that_is_not_released_tells_nothing(contest, bureau):
    contest.heat = _heat(bureau, released=False)
    _team_of(contest, bureau, "甲", 80, 70, 60)
    assert heats.ranking(contest, by="sum", best=3, places=1)[0].standing.score == 0


def test_teams_are_made_of_the_best_of_each_unit(contest, bureau, by):
    sitting = _heat(bureau)
    for name in ("一大队", "二大队"):
        unit = people.unit(name, bureau)
        for score in (60, 90, 90, 70):
            _sat(sitting, people.officer(unit), score, unit)
    found = heats.best_of_units(sitting, 2, 2, 1)
    made = team_lists.teams_from_heat(contest=contest, found=found, on_stage=2, by=by, at=AT)
    assert [team.name for team in made] == [f"{name}代表队" for name in ("一大队", "二大队")] or len(
        made
    ) == 2
    assert [(one.leader, one.substitute) for one in made[0].players.all()] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert not found[0].tied
    assert heats.best_of_units(sitting, 2, 1, 0)[0].tied


def test_the_fingerprint_is_public_before_the_draw_and_the_seed_after_it(contest, by):
    found = _fixed(contest, by)
    assert found.grouping_commitment == fingerprint(found.grouping_seed)
    told = json.dumps(list(AuditRecord.objects.values_list("details", flat=True)))
    assert found.grouping_seed not in told
    drawn = grouping.draw(contest=found, by=by, at=AT)
    assert drawn.groups["drawn"] == draw_groups(
        grouping.entries_of(drawn), 2, spread=False, seed=drawn.grouping_seed
    )
    assert drawn.groups["list_hash"] == list_hash(grouping.entries_of(drawn), 2, False)


def test_a_draw_happens_once_and_is_not_taken_back(contest, by):
    found = grouping.draw(contest=_fixed(contest, by), by=by, at=AT)
    for act in (grouping.draw, lambda **said: grouping.drop(reason="不满意", **said)):
        with pytest.raises(AuthoringRefused):
            act(contest=found, by=by, at=AT)


def test_a_fixed_list_is_taken_back_with_a_reason_and_its_seed_is_gone(contest, by):
    first = _fixed(contest, by).grouping_seed
    with pytest.raises(AuthoringRefused):
        grouping.drop(contest=contest, reason=" ", by=by, at=AT)
    grouping.drop(contest=contest, reason="增加一支队伍", by=by, at=AT)
    contest.refresh_from_db()
    assert contest.grouping_seed == ""
    entries = [Entry(team.pk) for team in contest.teams.all()]
    again = grouping.commit(contest=contest, entries=entries, groups=2, spread=False, heat={}, by=by, at=AT)
    assert again.grouping_seed != first


def test_nothing_is_drawn_before_the_list_is_fixed(contest, by):
    with pytest.raises(AuthoringRefused):
        grouping.draw(contest=contest, by=by, at=AT)


def test_every_group_gets_its_match_with_the_seats_as_drawn(contest, by):
    drawn = grouping.draw(contest=_fixed(contest, by), by=by, at=AT)
    made = grouping.lay_out_stage(contest=drawn, by=by, at=AT)
    seats = [list(match.entries.order_by("seat").values_list("team_id", flat=True)) for match in made]
    assert seats == drawn.groups["drawn"]
    with pytest.raises(AuthoringRefused):
        grouping.lay_out_stage(contest=drawn, by=by, at=AT)


def test_the_winners_of_the_groups_are_proposed_for_the_final(contest):
    first = contests.match(contest, teams=2, name="第一组")
    second = contests.match(contest, teams=2, name="第二组")
    for match, points in ((first, (150, 120)), (second, (180, 90))):
        Match.objects.filter(pk=match.pk).update(started_at=AT, phase="confirmed")
        for place, (entry, score) in enumerate(zip(match.entries.all(), points, strict=True), start=1):
            MatchResult.objects.create(
                match=match, team=entry.team, place=place, points=score, through=place == 1, confirmed_at=AT
            )
    rows = finals.proposed(contest)
    assert [(row.result.points, row.result.through) for row in rows] == [
        (180, True),
        (150, True),
        (120, False),
        (90, False),
    ]
