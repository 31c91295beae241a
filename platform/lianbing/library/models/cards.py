"""Cards of the handbook (执法事项): what to do about one kind of violation.

A card is a row that keeps its code; what it says is in its versions. The newest version that is not approved
is the draft, at most one; approval freezes it for good, with its citations. A change of law opens a flag on the
version in use and never changes it.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import frozen_once, frozen_with
from lianbing.library.models.laws import Article, LawEdition
from lianbing.people.models import Post


class Card(models.Model):
    """One matter of enforcement through all its versions. `current` is what officers read; null = none yet, or
    withdrawn: the matter is not the bureau's (any more).

    `search_text` holds the folded words of the version in use, or of the draft where there is none.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        APPROVED = "approved", _("Approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code = models.CharField(_("Code"), max_length=40, unique=True)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.DRAFT, db_index=True)
    latest = models.ForeignKey(
        "CardVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    current = models.ForeignKey(
        "CardVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    search_text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Card")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.latest.name if self.latest else ''}".strip()

    def get_absolute_url(self) -> str:
        return reverse("library:card", args=[self.code])


@frozen_once("approved_at")
class CardVersion(models.Model):
    """What a card says. The lists are lines of text as people write them; the rules read them.

    `bounds` is what the law allows, `grades` the discretion, `steps` the procedure. `writers` are the accounts
    that wrote it, none of whom approves it. `edits` counts the saves, so that nobody approves what they did not
    see. `returned` says why it came back.
    """

    class Procedure(models.TextChoices):
        SIMPLE = "simple", _("Simple procedure")
        ORDINARY = "ordinary", _("Ordinary procedure")
        BOTH = "both", _("Simple or ordinary procedure")
        NONE = "none", _("No penalty procedure")

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    name = models.CharField(_("Name of the matter"), max_length=200)
    item = models.CharField(_("Level-1 item"), max_length=60)
    violation = models.TextField(_("Violation"))
    seen = models.TextField(_("What one sees in the street"), blank=True)
    bounds = models.TextField(_("Penalty the law allows"), blank=True)
    grades = models.TextField(_("Discretion grades"), blank=True)
    procedure = models.CharField(_("Procedure"), max_length=10, choices=Procedure, default=Procedure.ORDINARY)
    steps = models.TextField(_("Procedure steps"), blank=True)
    evidence = models.TextField(_("Evidence checklist"), blank=True)
    documents = models.TextField(_("Papers of the case"), blank=True)
    phrases = models.TextField(_("What to say"), blank=True)
    mistakes = models.TextField(_("Common errors"), blank=True)
    risks = models.TextField(_("Integrity risks"), blank=True)
    equipment = models.TextField(_("Equipment and safety"), blank=True)
    reason = models.CharField(_("Why it changed"), max_length=200, blank=True)
    author_name = models.CharField(max_length=50, blank=True)
    writers = models.JSONField(default=list, blank=True)
    returned = models.CharField(max_length=300, blank=True)
    edits = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approver_name = models.CharField(_("Approved by"), max_length=50, blank=True)
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)
    # No columns: a query that asks for them says whether the version has open flags, and its card any case.
    flagged: bool
    told: bool

    class Meta:
        verbose_name = _("Version of a card")
        ordering = ["card", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="card_version_number"),
            models.UniqueConstraint(
                fields=["card"], condition=models.Q(approved_at=None), name="card_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.approved_at is None


@frozen_with("version", "approved_at")
class CardPost(models.Model):
    """A post whose people handle the matter. A version without any is for everybody."""

    version = models.ForeignKey(CardVersion, on_delete=models.CASCADE, related_name="posts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Post of a card")
        ordering = ["post__name"]
        constraints = [models.UniqueConstraint(fields=["version", "post"], name="card_post_once")]

    def __str__(self) -> str:
        return str(self.post)


@frozen_with("version", "approved_at")
class CardCitation(models.Model):
    """What a version rests on, as written: the basis of the violation or of the penalty."""

    class Basis(models.TextChoices):
        VIOLATION = "violation", _("Basis of the violation")
        PENALTY = "penalty", _("Basis of the penalty")

    version = models.ForeignKey(CardVersion, on_delete=models.CASCADE, related_name="citations")
    basis = models.CharField(max_length=10, choices=Basis)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("Citation of a card")
        ordering = ["basis", "position", "pk"]

    def __str__(self) -> str:
        return self.text


@frozen_with("version", "approved_at")
class CardArticle(models.Model):
    """An article, of one edition, that a citation means. Of a frozen version rows are added, never changed."""

    version = models.ForeignKey(CardVersion, on_delete=models.CASCADE, related_name="articles")
    citation = models.ForeignKey(CardCitation, on_delete=models.CASCADE, related_name="articles")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Article of a card")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["citation", "article"], name="card_article_once")]
        indexes = [models.Index(fields=["article", "version"], name="card_article_versions")]

    def __str__(self) -> str:
        return f"{self.citation} = {self.article}"


@frozen_once("closed_at")
class CardFlag(models.Model):
    """依据已变更: one version in use, one article of it, one coming or going of an edition; closed once.

    Closed as confirmed the card is as right as before; `revised` means that another version took its place.
    """

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Still right")
        REVISED = "revised", _("Revised")

    version = models.ForeignKey(CardVersion, on_delete=models.PROTECT, related_name="flags")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(LawEdition, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    by_name = models.CharField(max_length=50, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("Changed basis of a card")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "article", "edition", "event"], name="card_flag_once"),
            models.CheckConstraint(
                name="card_flag_closed_with_outcome",
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.event} {self.edition}"
