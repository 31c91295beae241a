"""The demo's eligibility: rules in force for half a year, exams held elsewhere by document, proposals after an exam.

Who has no certificate yet (`demo.register`) is on the road at different places; of those who failed the exam
about amended rules some wait for a decision, one has been dismissed with a reason.
"""

import datetime
from typing import Any

from certificates.demo.training import hr_of
from certificates.models import Proposal
from certificates.rules.proposing import Policy
from certificates.rules.qualifying_parts import EligibilityRule, Part, PartRule
from certificates.services.eligibility import attest, save_rules
from certificates.services.proposals import dismiss, review, state_case
from exams.models import Blueprint
from lianbing.kit.demo import Story, after_move, chapter, seeded
from lianbing.people.models import Officer
from lianbing.people.queries import actor_for, day_of
from lianbing.people.rules import Actor

SINCE_DAYS = 180
DECIDED_AGO = 2
STATED_AGO = 64
# Places among the officers (those without a certificate) whose public exam the justice department has passed on.
PASSED_ELSEWHERE = (26, 29, 31, 33, 34, 36)
STILL_ON_PROBATION = 31


@chapter(52)
def eligibility(story: Story) -> None:
    """The rules, what HR states with documents, and what a failed change exam has led to."""
    hr = hr_of(story.today)
    released = Blueprint.objects.filter(sittings__released_at__isnull=False, is_rehearsal=False).distinct()
    own = [str(one.uid) for one in released.filter(sittings__is_qualification=True)]
    changes = [str(one.uid) for one in released.exclude(sittings__is_qualification=True)]
    _rules(story, own, changes, hr)
    officers = [one for one in story.data["officers"] if one.category == Officer.Category.OFFICER]
    for place in PASSED_ELSEWHERE:
        if place < len(officers):
            _stated(story, officers[place], Part.PUBLIC_EXAM, hr)
    for one in officers:
        _stated(story, one, Part.AGE, hr)
    review(at=story.now - datetime.timedelta(days=DECIDED_AGO + 1))
    _decided(story, hr)


def _rules(story: Story, own: list[str], changes: list[str], by: Actor) -> None:
    at = story.now - datetime.timedelta(days=SINCE_DAYS)
    rule: dict[Part, dict[str, Any]] = {
        Part.CATEGORY: {},
        Part.AGE: {},
        Part.PROBATION: {"months": 12},
        Part.PUBLIC_EXAM: {"months": 60},
        Part.SPECIALIST_EXAM: {"months": 60, "papers": tuple(own)},
        Part.HOURS: {"hours": 40},
        Part.CONDUCT: {"months": 24},
        Part.NO_BLOCK: {},
    }
    save_rules(
        title="申领执法证条件（试行）",
        source="云城执〔2026〕12号",
        holds_from=day_of(at),
        rule=EligibilityRule(tuple(PartRule(part, params) for part, params in rule.items())),
        policy=Policy(papers=tuple(changes), remedial_hours=8),
        by=by,
        at=at,
    )


def _stated(story: Story, officer: Officer, part: Part, by: Actor) -> None:
    at = story.now - datetime.timedelta(days=STATED_AGO)
    exam = part is Part.PUBLIC_EXAM
    attest(
        officer=officer,
        part=part,
        met=True,
        on=day_of(at) - datetime.timedelta(days=20 if exam else 0),
        until=None,
        document_no="云司通〔2026〕41号" if exam else "云城人〔2026〕6号",
        note="省统一机考，成绩由市司法局转来" if exam else "核对身份证和人事档案",
        by=by,
        at=at,
    )


def _decided(story: Story, by: Actor) -> None:
    """The newest proposal is answered by the person concerned, the oldest was dismissed."""
    waiting = list(Proposal.objects.filter(state=Proposal.State.OPEN).order_by("pk"))
    at = story.now - datetime.timedelta(days=DECIDED_AGO)
    if len(waiting) > 1:
        dismiss(proposal=waiting[0], reason="考试当日参加抗台抢险，经核实安排补考，暂不处理。", by=by, at=at)
    for proposal in waiting[-1:]:
        person = actor_for(proposal.officer.user, story.today)
        said = "考前借调专班半个月，没能参加集中学习，请求补考后再定。"
        state_case(proposal=proposal, text=said, by=person, at=at)


@after_move
def moments_in_proposals_follow(step: datetime.timedelta) -> None:
    """The moments in evidence and keys move with their rows: the same failure stays the same."""
    seed = seeded()
    mark = seed.watermarks.get(Proposal._meta.label) if seed else None
    rows = list(Proposal.objects.filter(pk__lte=mark or 0))
    for row in rows:
        row.evidence = _moved(row.evidence, step)
        head, _colon, moment = row.key.partition(f":{row.cause}:")
        row.key = row.key if moment == "late" else f"{head}:{row.cause}:{_later(moment, step)}"
    Proposal.objects.bulk_update(rows, ["evidence", "key"], batch_size=200)


def _moved(evidence: dict[str, Any], step: datetime.timedelta) -> dict[str, Any]:
    moved = {name: _later(evidence[name], step) for name in ("passed_at", "suspended_at") if evidence[name]}
    return evidence | moved | {"fails": [_later(moment, step) for moment in evidence["fails"]]}


def _later(moment: str, step: datetime.timedelta) -> str:
    return (datetime.datetime.fromisoformat(moment) + step).isoformat()
