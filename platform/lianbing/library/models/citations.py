"""Names that the legal section gives to laws, and citations that lead nowhere (docs/decisions/0017)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.library.models.laws import Law, LawEdition


class LawName(models.Model):
    """One more name of a law, given by the legal section. `name` is as compared: without blanks."""

    name = models.CharField(_("Name"), max_length=200, unique=True)
    law = models.ForeignKey(Law, verbose_name=_("Law"), on_delete=models.CASCADE, related_name="names")
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Name of a law")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} = {self.law}"


class AbsentLaw(models.Model):
    """The legal section knows that the library lacks this law: its citations leave the default list."""

    name = models.CharField(max_length=200, unique=True)
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Law that the library lacks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OpenCitation(models.Model):
    """A citation that leads nowhere: where it stands, what it says, and why, as a code.

    (`source`, `key`) names the text it stands in: an edition, a handbook entry, what an upper app says.
    `law_name` groups, as compared; `place` is where in the text.
    """

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    law_name = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=300)
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=500)
    place = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("Citation that leads nowhere")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["source", "key"], name="open_citation_source"),
            models.Index(fields=["law_name", "code"], name="open_citation_law"),
        ]

    def __str__(self) -> str:
        return self.text


class CitationCheck(models.Model):
    """The citations in the text of an edition were looked at. Without a row it waits for that."""

    edition = models.OneToOneField(LawEdition, on_delete=models.CASCADE, related_name="citation_check")
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Check of the citations of an edition")

    def __str__(self) -> str:
        return str(self.edition)
