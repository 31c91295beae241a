"""What the search box looks through, and the words that count as the same.

The index itself is a table of the database's own kind (services/search_tables.py). A row's number there tells
the edition and the article (`row_of`), so that a search knows which edition a hit is of without looking it up.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.library.models.laws import LawEdition

# An edition has fewer than 2**20 articles; articles are counted from 1.
PLACES = 20


def row_of(edition_pk: int, position: int) -> int:
    """The row of an article in the index; with position 0, the place of the law's own title."""
    return (edition_pk << PLACES) | position


def article_of(row: int) -> tuple[int, int]:
    """The edition and the position of a row of the index: the other way round."""
    return row >> PLACES, row & ((1 << PLACES) - 1)


class SearchedEdition(models.Model):
    """An edition whose articles stand in the index, how many, and by which version of the cutting rules."""

    edition = models.OneToOneField(
        LawEdition, on_delete=models.CASCADE, primary_key=True, related_name="searched"
    )
    articles = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("Searched edition")

    def __str__(self) -> str:
        return str(self.edition_id)


class SearchEntry(models.Model):
    """Something without articles that the box finds too: an entry of the handbook, a notice.

    `source` names who keeps it (ports.Searchable), `key` what it is there. Its row in the index is -pk.
    """

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    dated = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("Search entry")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="search_entry_once")]

    def __str__(self) -> str:
        return self.title


class SynonymGroup(models.Model):
    """Words that the legal section says mean the same: who looks for one finds them all."""

    note = models.CharField(_("Note"), max_length=200, blank=True)
    changed_by = models.CharField(max_length=100)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Synonyms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " = ".join(synonym.word for synonym in self.synonyms.all())


class Synonym(models.Model):
    """One word of a group. A word stands in one group only: the database decides between two who add it."""

    group = models.ForeignKey(SynonymGroup, on_delete=models.CASCADE, related_name="synonyms")
    word = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("Synonym")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.word
