"""The demo's designs: two looks, a rule for classes, and a finished class certified."""

import datetime

from certificates.demo.training import hr_of
from certificates.models import AwardRule, CertificateDesign
from certificates.permissions.training import may_manage_rules
from certificates.queries.completions import earners_of_class, finished_classes
from certificates.rules.designs import Design
from certificates.services.designs import save_design
from certificates.services.granting import grant
from certificates.services.rules import save_rule
from certificates.services.writing import Pass
from lianbing.kit.demo import Story, chapter
from lianbing.people.models import Officer
from lianbing.people.rules import Actor

BUREAU = "云汐市城市管理综合执法局"
LOOKS = {
    "横版蓝金（考试合格）": Design(signatory=BUREAU, seal_text="云汐市综合执法局培训专用"),
    "竖版青色（培训结业）": Design(
        layout="banner",
        shape="portrait",
        border="corners",
        accent="#0b5a4a",
        heading="结业证书",
        sentence="{name}同志（{unit}）参加“{exam}”，完成{hours}学时，考核合格，准予结业。",
        signatory=BUREAU + "教育训练科",
        seal_text="云汐市综合执法局培训专用",
    ),
}


@chapter(53)
def designs(story: Story) -> None:
    """Designs for the rules there are, and the newest finished class certified for whoever holds a certificate."""
    by = hr_of(story.today)
    if not may_manage_rules(by):
        return
    at = story.now - datetime.timedelta(days=2)
    first, second = [
        save_design(design=None, title=title, active=True, look=look, seal=None, by=by, at=at)
        for title, look in LOOKS.items()
    ]
    for rule in AwardRule.objects.all():
        rule.design = first
        save_rule(rule=rule, by=by, at=at)
    _certify(story, second, by, at)


def _certify(story: Story, design: CertificateDesign, by: Actor, at: datetime.datetime) -> None:
    """The newest finished class. Only those certified already, so that who lacks a certificate still lacks it."""
    found = finished_classes([""]).first()
    if found is None:
        return
    rule = save_rule(
        rule=AwardRule(
            title="集中培训结业证书",
            valid_months=12,
            categories=[Officer.Category.OFFICER.value],
            number_prefix="YXJY",
            design=design,
        ),
        by=by,
        at=at,
    )
    holders = set(
        Officer.objects.filter(
            certificates__valid_until__gt=story.today + datetime.timedelta(days=400)
        ).values_list("pk", flat=True)
    )
    people = [
        Pass(
            one.officer,
            one.unit,
            basis=f"class:{found.uid}",
            basis_title=found.title,
            score=one.score,
            hours=one.hours,
        )
        for one in earners_of_class(found)
        if one.officer.pk in holders and one.officer.category == Officer.Category.OFFICER
    ]
    if people:
        grant(
            rule=rule, people=people, valid_from=story.today, reason="培训班结业，按办法核发。", by=by, at=at
        )
