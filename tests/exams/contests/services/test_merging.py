"""Two entries of one person: places on teams and roles at contests go along."""

import pytest

from exams.contests.models import ContestStaff, Player
from exams.contests.services.merging import follow_merge
from lianbing.kit import outbox
from tests.factories import contests as factory
from tests.factories import people
from tests.factories.contests import NOON

pytestmark = pytest.mark.django_db


def test_a_place_on_a_team_and_a_role_go_along():
    kept, merged = people.officer(), people.officer()
    of = factory.contest()
    Player.objects.create(team=factory.team(of), officer=merged, name=merged.name, position=9)
    ContestStaff.objects.create(contest=of, user=merged.user, role="judge")
    outbox.publish("officers_merged", {"kept": kept.pk, "merged": merged.pk}, at=NOON)
    outbox.deliver(at=NOON)
    assert Player.objects.filter(officer=kept).count() == 1
    assert ContestStaff.objects.get().user == kept.user


def test_where_both_stand_on_one_team_the_list_stays():
    kept, merged = people.officer(), people.officer()
    team = factory.team(factory.contest())
    for place, officer in enumerate((kept, merged), start=8):
        Player.objects.create(team=team, officer=officer, name=officer.name, position=place)
    follow_merge(kept=kept.pk, merged=merged.pk)
    follow_merge(kept=kept.pk, merged=merged.pk)
    assert Player.objects.filter(team=team, officer__in=[kept, merged]).count() == 2
