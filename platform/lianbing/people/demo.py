"""The first chapter of the demo: the fictional bureau of Yunxi and its people."""

import datetime
import random
from dataclasses import dataclass, field
from typing import Any

from lianbing.kit.demo import Story, chapter
from lianbing.people.hashers import id_number_digest
from lianbing.people.models import Officer, Post, Unit, User
from lianbing.people.queries import actor_for
from lianbing.people.rules import SYSTEM, Actor, Role, masked_id_number
from lianbing.people.rules.identity import id_number_check
from lianbing.people.services import accounts, officers, roles, units

BUREAU = "云汐市城市管理综合执法局"
TREE: dict[str, dict[str, list[str]]] = {
    "局机关": {"组织人事科": [], "法制科": [], "教育训练科": [], "办公室": []},
    "市容执法支队": {
        "直属一大队": ["滨河中队", "古城中队"],
        "直属二大队": ["车站中队", "夜间巡查中队"],
    },
    "规划建设执法支队": {"违建治理大队": ["测绘核查中队"], "工地管理大队": ["渣土运输中队"]},
    "望潮区执法大队": {"望潮区直属中队": [], "青石镇": ["青石镇派驻中队"], "临汐街道": ["临汐街道派驻中队"]},
}
POSTS = ["一线执法岗", "案件审核岗", "法制员", "中队长", "指挥调度岗", "协管巡查岗", "综合内勤岗"]
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
COMPOUND = ["欧阳", "上官", "司徒", "诸葛"]
GIVEN_FIRST = "志建国文明晓海春秋玉金永立俊秀思雨子若佳亦承景书远嘉泽"
GIVEN_LAST = "强军平辉峰磊涛鹏宁洁敏静丽娟芳燕霞云波斌杰超亮勇毅伟华林楠然轩"
STAFF: list[tuple[Role, str]] = [
    (Role.TRAINER, "教育训练科"),
    (Role.EXAM_ADMINISTRATOR, "教育训练科"),
    (Role.INVIGILATOR, "教育训练科"),
    (Role.MARKER, "法制科"),
    (Role.HR, "组织人事科"),
    (Role.LEGAL, "法制科"),
    (Role.LEADER, "办公室"),
    (Role.SYSTEM_ADMINISTRATOR, "办公室"),
    (Role.SECURITY_ADMINISTRATOR, "办公室"),
    (Role.AUDIT_ADMINISTRATOR, "办公室"),
]


@dataclass
class Cast:
    """Who plays: what the chapter has made so far."""

    story: Story
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    officers: list[Officer] = field(default_factory=list)

    @property
    def rng(self) -> random.Random:
        return self.story.rng


@chapter(10)
def people(story: Story) -> None:
    """Units, posts, 60 officers, 20 auxiliaries, ten civilians, one login per role.

    Leaves in `story.data`: officers (the 80, the login of the officer first), civilians, units and posts
    by name, actors by role, logins.
    """
    cast = Cast(story)
    start = story.now - datetime.timedelta(days=240)
    _units(cast, start)
    cast.posts = {name: Post.objects.get_or_create(name=name)[0] for name in POSTS}
    _officers(cast, start)
    civilians = _staff(cast, start)
    _moves(cast)
    learners = {Role.OFFICER: cast.officers[0], Role.AUXILIARY: cast.officers[60]}
    story.data["logins"] = [_login(role, who) for role, who in (learners | civilians).items()]
    story.data["actors"] = {role: _actor(who, story.today) for role, who in (learners | civilians).items()}
    story.data["officers"] = cast.officers
    story.data["civilians"] = list(civilians.values())
    story.data["units"] = cast.units
    story.data["posts"] = cast.posts


def _actor(officer: Officer, on: datetime.date) -> Actor:
    return actor_for(officer.user, on)


def _units(cast: Cast, at: datetime.datetime) -> None:
    bureau = units.add_unit(parent=None, name=BUREAU, by=SYSTEM, at=at)
    cast.units[BUREAU] = bureau

    def grow(parent: Unit, branch: dict[str, Any]) -> None:
        for name, below in branch.items():
            made = units.add_unit(parent=parent, name=name, by=SYSTEM, at=at)
            cast.units[name] = made
            grow(made, below if isinstance(below, dict) else {key: {} for key in below})

    grow(bureau, TREE)
    for name, unit in cast.units.items():
        cast.units[name] = Unit.objects.get(pk=unit.pk)


def _name(cast: Cast) -> str:
    """A name nobody in the cast has: two or three characters, now and then a compound family name."""
    while True:
        family = cast.rng.choice(COMPOUND) if cast.rng.random() < 0.03 else cast.rng.choice(SURNAMES)
        first = cast.rng.choice(GIVEN_FIRST) if cast.rng.random() < 0.78 else ""
        name = family + first + cast.rng.choice(GIVEN_LAST)
        if name not in cast.names:
            cast.names.add(name)
            return name


def _id_number(cast: Cast, joined: datetime.date) -> str:
    """A number with a right check digit under a region that does not exist (39)."""
    born = datetime.date(
        joined.year - cast.rng.randint(22, 30), cast.rng.randint(1, 12), cast.rng.randint(1, 28)
    )
    first = f"390100{born:%Y%m%d}{cast.rng.randint(1, 998):03}"
    return first + id_number_check(first)


def _enlist(
    cast: Cast, at: datetime.datetime, number: str, category: Officer.Category, unit: str, post: str
) -> Officer:
    joined = cast.story.today - datetime.timedelta(days=cast.rng.randint(300, 8000))
    id_number = _id_number(cast, joined)
    badge = f"云汐城执{cast.rng.randint(0, 9)}{number[-3:]}" if category == Officer.Category.OFFICER else ""
    return officers.enlist(
        staff_number=number,
        name=_name(cast),
        category=category,
        unit=cast.units[unit],
        post=cast.posts[post],
        starts_on=max(joined, cast.story.today - datetime.timedelta(days=cast.rng.randint(260, 2400))),
        by=SYSTEM,
        at=at,
        password=accounts.encoded_code()[1],
        is_demo=True,
        badge_number=badge,
        joined_on=joined,
        id_number_masked=masked_id_number(id_number),
        id_number_digest=id_number_digest(id_number),
    )


def _officers(cast: Cast, at: datetime.datetime) -> None:
    squads = [name for name, unit in cast.units.items() if unit.is_leaf() and unit.depth >= 3]
    squads = [name for name in squads if name not in TREE["局机关"]]
    for n in range(60):
        post = POSTS[3] if n % 13 == 7 else POSTS[2] if n % 11 == 5 else POSTS[1] if n % 9 == 4 else POSTS[0]
        unit = squads[n % len(squads)]
        cast.officers.append(_enlist(cast, at, f"YX{1001 + n}", Officer.Category.OFFICER, unit, post))
    for n in range(20):
        unit = squads[(n * 3) % len(squads)]
        cast.officers.append(_enlist(cast, at, f"YF{2001 + n}", Officer.Category.AUXILIARY, unit, POSTS[5]))


def _staff(cast: Cast, at: datetime.datetime) -> dict[Role, Officer]:
    staff = {}
    for n, (role, unit) in enumerate(STAFF):
        officer = _enlist(cast, at, f"YW{3001 + n}", Officer.Category.CIVILIAN, unit, POSTS[6])
        roles.grant_role(user=officer.user, role=role, unit=None, by=SYSTEM, at=at)
        staff[role] = officer
    return staff


def _moves(cast: Cast) -> None:
    """Two moves known in time and one that was entered three weeks late."""
    today, now = cast.story.today, cast.story.now
    plans = [
        (14, "古城中队", 120, 118, "年度轮岗"),
        (27, "车站中队", 80, 82, "年度轮岗"),
        (33, "青石镇派驻中队", 60, 39, "派驻调整，调令后补录入"),
    ]
    for index, unit, days_ago, entered, reason in plans:
        officers.move(
            officer=cast.officers[index],
            unit=cast.units[unit],
            post=cast.posts[POSTS[0]],
            starts_on=today - datetime.timedelta(days=days_ago),
            reason=reason,
            by=SYSTEM,
            at=now - datetime.timedelta(days=entered),
        )


def _login(role: Role, officer: Officer) -> dict[str, str]:
    """Make the account usable at once. The password is a random code, so the fast hasher holds it."""
    code, stored = accounts.encoded_code()
    User.objects.filter(pk=officer.user_id).update(password=stored, must_change_password=False)
    return {"role": str(role), "username": officer.staff_number, "password": code, "name": officer.name}
