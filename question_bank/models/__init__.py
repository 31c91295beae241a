"""Banks, knowledge points, questions and their versions."""

from question_bank.models.banks import KnowledgePoint, Pool, QuestionBank
from question_bank.models.law_reviews import LawReview
from question_bank.models.pictures import QuestionPicture
from question_bank.models.questions import DIFFICULTIES, KINDS, Citation, Question, QuestionVersion
from question_bank.models.reports import ErrorReport
from question_bank.models.twins import LikenessKey, Twin

__all__ = [
    "DIFFICULTIES",
    "KINDS",
    "Citation",
    "ErrorReport",
    "KnowledgePoint",
    "LawReview",
    "LikenessKey",
    "Pool",
    "Question",
    "QuestionBank",
    "QuestionPicture",
    "QuestionVersion",
    "Twin",
]
