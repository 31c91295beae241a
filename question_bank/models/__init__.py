"""Banks, knowledge points, questions and their versions."""

from question_bank.models.banks import KnowledgePoint, Pool, QuestionBank
from question_bank.models.bulk import BulkEdit, BulkEditItem
from question_bank.models.cited import CitationGap, CitedArticle
from question_bank.models.law_reviews import LawReview
from question_bank.models.pictures import QuestionPicture
from question_bank.models.questions import DIFFICULTIES, KINDS, Citation, Question, QuestionVersion
from question_bank.models.reports import ErrorReport
from question_bank.models.twins import LikenessKey, Twin
from question_bank.models.use import QuestionUse

__all__ = [
    "DIFFICULTIES",
    "KINDS",
    "BulkEdit",
    "BulkEditItem",
    "Citation",
    "CitationGap",
    "CitedArticle",
    "ErrorReport",
    "KnowledgePoint",
    "LawReview",
    "LikenessKey",
    "Pool",
    "Question",
    "QuestionBank",
    "QuestionPicture",
    "QuestionUse",
    "QuestionVersion",
    "Twin",
]
