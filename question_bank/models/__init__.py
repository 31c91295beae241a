"""Banks, knowledge points, questions and their versions."""

from question_bank.models.banks import KnowledgePoint, QuestionBank
from question_bank.models.questions import DIFFICULTIES, KINDS, Citation, Question, QuestionVersion

__all__ = [
    "DIFFICULTIES",
    "KINDS",
    "Citation",
    "KnowledgePoint",
    "Question",
    "QuestionBank",
    "QuestionVersion",
]
