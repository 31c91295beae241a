"""The tables of courses."""

from courses.models.assignments import Assignment, AssignmentItem, LearningTask, ReadConfirmation, TaskRound
from courses.models.authoring import CourseIndexPage, CoursePage, CourseReview, CourseRule
from courses.models.categories import ContentCategory, Main
from courses.models.duties import DutyHolder, DutyRole
from courses.models.editions import CourseEdition, CourseFile, CourseFlag, Lesson, LessonArticle, LessonFile
from courses.models.learning import Enrolment, LearningClock, LessonTry, Note, Progress

__all__ = [
    "Assignment",
    "AssignmentItem",
    "ContentCategory",
    "CourseEdition",
    "CourseFile",
    "CourseFlag",
    "CourseIndexPage",
    "CoursePage",
    "CourseReview",
    "CourseRule",
    "DutyHolder",
    "DutyRole",
    "Enrolment",
    "LearningClock",
    "LearningTask",
    "Lesson",
    "LessonArticle",
    "LessonFile",
    "LessonTry",
    "Main",
    "Note",
    "Progress",
    "ReadConfirmation",
    "TaskRound",
]
