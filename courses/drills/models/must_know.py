"""What a post must know (应知应会), and the self-tests by which its people prove it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.drills.models.sets import DrillSet
from lianbing.kit.append_only import append_only
from lianbing.library.models import Article, Card, Law
from lianbing.people.models import Officer, Post
from question_bank.models import KnowledgePoint

ONE_OF = ("law", "article", "point", "card")


def exactly_one() -> models.Q:
    """The condition that one of the four things is named and no other."""
    found = models.Q()
    for chosen in ONE_OF:
        found |= models.Q(**{f"{name}__isnull": name != chosen for name in ONE_OF})
    return found


class MustKnow(models.Model):
    """One entry of a post's list; without a post it is for everybody. Taken off it stays, with its day.

    An article means that article of the law in whatever edition holds; a knowledge point means all below it.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="must_know")
    law = models.ForeignKey(Law, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    point = models.ForeignKey(
        KnowledgePoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    card = models.ForeignKey(Card, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()
    by_name = models.CharField(max_length=50)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Must-know")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(), name="must_know_one_thing"),
            *(
                models.UniqueConstraint(
                    fields=["post", name],
                    condition=models.Q(removed_at=None),
                    name=f"must_know_{name}_once",
                )
                for name in ONE_OF
            ),
            *(
                models.UniqueConstraint(
                    fields=[name],
                    condition=models.Q(removed_at=None, post=None),
                    name=f"must_know_common_{name}_once",
                )
                for name in ONE_OF
            ),
        ]
        indexes = [models.Index(fields=["post", "removed_at"], name="must_know_of_post")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.law_id or self.article_id or self.point_id or self.card_id}"


@append_only
class MasteryProof(models.Model):
    """A self-test of a post's must-know that somebody finished. `post` null: the common list alone.

    `holds_until` is the first day it proves nothing any more. The result of a drill, not of an exam: no
    certificate rests on it.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="mastery_proofs")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    drill_set = models.OneToOneField(DrillSet, on_delete=models.PROTECT, related_name="mastery_proof")
    on = models.DateField()
    at = models.DateTimeField()
    asked = models.PositiveSmallIntegerField()
    right = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    holds_until = models.DateField()

    class Meta:
        verbose_name = _("Self-test of the must-know")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["post", "passed", "holds_until"], name="mastery_proof_of_post")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.post_id} {self.right}/{self.asked}"
