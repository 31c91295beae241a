"""The demo's public roster; and signatures, which are made anew when the demo's dates move."""

import datetime

from certificates.demo.training import hr_of
from certificates.models import Certificate, Credential
from certificates.permissions.credentials import may_switch
from certificates.services.rosters import switch
from lianbing.kit.demo import Story, after_move, chapter, seeded
from lianbing.people.models import Unit


@chapter(54)
def credentials(story: Story) -> None:
    """The whole bureau publishes who may enforce."""
    by, bureau = hr_of(story.today), Unit.get_first_root_node()
    if bureau is not None and may_switch(by, bureau):
        switch(unit=bureau, on=True, by=by, at=story.now - datetime.timedelta(days=30))


@after_move
def sign_anew(step: datetime.timedelta) -> None:
    """What was signed says the days of before. Without it the clock signs the certificates as they are now."""
    del step
    seed = seeded()
    mark = seed.watermarks.get(Certificate._meta.label) if seed else None
    Credential.objects.filter(certificate__lte=mark or 0).delete()
