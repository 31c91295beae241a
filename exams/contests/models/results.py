"""What came of a confirmed match, by team: read by lists and by what counts contests."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.contests.models.contests import Team
from exams.contests.models.matches import Match
from lianbing.kit.append_only import append_only


@append_only
class MatchResult(models.Model):
    """The place of a team in a match, as its events add up when the chief referee confirms it.

    Equal teams share a `place`. `stood` are the ids of the players who stood on the stage at any time;
    `through` = within those who qualify. A result is written once, with the confirmation, and never changed.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="results", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="results")
    place = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=9, decimal_places=2)
    through = models.BooleanField(default=False)
    stood = models.JSONField(default=list)
    confirmed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Result of a match")
        ordering = ["match", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["match", "team"], name="match_result_once")]

    def __str__(self) -> str:
        return f"{self.match_id} {self.team_id} {self.place}"
