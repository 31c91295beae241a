"""Banks, knowledge points, questions and their versions."""

from question_bank.models.banks import KnowledgePoint, Pool, QuestionBank
from question_bank.models.questions import DIFFICULTIES, KINDS, Citation, Question, QuestionVersion

__all__ = [
    "DIFFICULTIES",
    "KINDS",
    "Citation",
    "KnowledgePoint",
    "Pool",
    "Question",
    "QuestionBank",
    "QuestionVersion",
]
