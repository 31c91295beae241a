"""A renamed law is joined to its former name by hand, and parted again."""

import datetime

import pytest

from lianbing.kit.models import AuditRecord
from lianbing.library.models import Law
from lianbing.library.queries import edition_on, line_of
from lianbing.library.services import JoinRefused, join_laws, part_laws
from lianbing.people.rules import SYSTEM
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
D = datetime.date.fromisoformat


@pytest.fixture
def laws():
    """Three laws, begun in 2010, 2015 and 2020."""
    return [
        edition(f"{name}条例", history=(f"{year}年1月2日 通过",)).law
        for name, year in (("甲", 2010), ("乙", 2015), ("丙", 2020))
    ]


def join(law, older):
    join_laws(law=law, continues=older, by=SYSTEM, at=AT)
    law.refresh_from_db()


def test_joined_laws_are_one_line_under_each_of_their_names(laws):
    join(laws[2], laws[1])
    join(laws[1], laws[0])
    for law in laws:
        assert [one.title for one in line_of(law).laws] == ["甲条例", "乙条例", "丙条例"]
        assert [edition_on(law, D(f"{year}-06-01")).law.title for year in (2012, 2017, 2021)] == [
            "甲条例",
            "乙条例",
            "丙条例",
        ]
    record = AuditRecord.objects.filter(action="join_laws").first()
    assert (record.subject_name, record.details) == ("丙条例", {"continues": "乙条例"})


@pytest.mark.parametrize(
    ("law", "older", "code"), [(2, 2, "same"), (2, 0, "joined"), (0, 2, "circle"), (1, 0, "circle")]
)
def test_what_cannot_be_joined(laws, law, older, code):
    join(laws[1], laws[0])
    join(laws[2], laws[1])
    with pytest.raises(JoinRefused) as refused:
        join(laws[law], laws[older])
    assert refused.value.code == ("circle" if (law, older) == (2, 0) else code)
    assert Law.objects.exclude(continues=None).count() == 2


def test_a_law_is_continued_by_one_other_and_only_by_a_later_one(laws):
    join(laws[1], laws[0])
    with pytest.raises(JoinRefused, match="taken"):
        join(laws[2], laws[0])
    with pytest.raises(JoinRefused, match="joined"):
        join(laws[1], edition("丁条例", history=("2001年1月2日 通过",)).law)
    with pytest.raises(JoinRefused, match="younger"):
        join(edition("戊条例", history=("2001年1月2日 通过",)).law, laws[2])


def test_parting_them_leaves_each_on_its_own(laws):
    join(laws[1], laws[0])
    part_laws(law=laws[1], by=SYSTEM, at=AT)
    assert [len(line_of(law).laws) for law in laws] == [1, 1, 1]
    assert AuditRecord.objects.filter(action="part_laws").count() == 1
    with pytest.raises(JoinRefused, match="changed"):
        part_laws(law=laws[1], by=SYSTEM, at=AT)
