"""Tables of the library: laws with their editions and articles, the handbook, documents and who has read them."""

from lianbing.library.models.amendments import ArticleChange, LawEvent, Unsettled
from lianbing.library.models.books import HandbookEdition, HandbookReceipt
from lianbing.library.models.cards import Card, CardArticle, CardCitation, CardFlag, CardPost, CardVersion
from lianbing.library.models.cases import CaseArticle, CaseCard, CaseQuestion, CaseStory, CaseWithdrawal
from lianbing.library.models.citations import AbsentLaw, CitationCheck, LawName, OpenCitation
from lianbing.library.models.compilations import Compilation, CompilationItem
from lianbing.library.models.documents import DocumentIndexPage, DocumentTag, LibraryDocument
from lianbing.library.models.handbook import HandbookEntry, HandbookIndexPage
from lianbing.library.models.laws import Article, Law, LawEdition
from lianbing.library.models.receipts import CheckTry, Circulation, Reader, Receipt
from lianbing.library.models.repeals import Repeal, RepealItem
from lianbing.library.models.search import SearchedEdition, SearchEntry, Synonym, SynonymGroup
from lianbing.library.models.workflow import LawDraft, LegalReview

__all__ = [
    "AbsentLaw",
    "Article",
    "ArticleChange",
    "Card",
    "CardArticle",
    "CardCitation",
    "CardFlag",
    "CardPost",
    "CardVersion",
    "CaseArticle",
    "CaseCard",
    "CaseQuestion",
    "CaseStory",
    "CaseWithdrawal",
    "CheckTry",
    "Circulation",
    "CitationCheck",
    "Compilation",
    "CompilationItem",
    "DocumentIndexPage",
    "DocumentTag",
    "HandbookEdition",
    "HandbookEntry",
    "HandbookIndexPage",
    "HandbookReceipt",
    "Law",
    "LawDraft",
    "LawEdition",
    "LawEvent",
    "LawName",
    "LegalReview",
    "LibraryDocument",
    "OpenCitation",
    "Reader",
    "Receipt",
    "Repeal",
    "RepealItem",
    "SearchEntry",
    "SearchedEdition",
    "Synonym",
    "SynonymGroup",
    "Unsettled",
]
