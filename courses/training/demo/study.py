"""Study rules of the demo bureau: those of its founding documents, and what late, early and absent cost."""

from decimal import Decimal

from courses.training.rules.study import PERSON
from courses.training.rules.study_presets import PRESETS
from courses.training.services.rules import adopt, set_deduction
from lianbing.kit.demo import Story, chapter
from lianbing.people.models import Unit
from lianbing.people.rules import Role


@chapter(39)
def study_rules(story: Story) -> None:
    """What the bureau owes as a whole, and what each person owes in the brigade that keeps study days."""
    by, at = story.data["actors"][Role.HR], story.now
    bureau = Unit.objects.filter(depth=1).order_by("path")[0]
    brigade: Unit = story.data["units"]["直属一大队"]
    people = [preset.code for preset in PRESETS if preset.subject == PERSON]
    since = story.today.replace(month=1, day=1)
    whole = [preset.code for preset in PRESETS if preset.code not in people]
    adopt(unit=bureau, codes=whole, holds_from=since, by=by, at=at)
    adopt(unit=brigade, codes=people, holds_from=since, by=by, at=at)
    points = {"late": Decimal("0.5"), "left_early": Decimal("0.5"), "absent": Decimal(2)}
    set_deduction(unit=bureau, holds_from=since, by=by, at=at, **points)
