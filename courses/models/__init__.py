"""The tables of courses."""

from courses.models.authoring import CourseIndexPage, CoursePage, CourseReview, CourseRule
from courses.models.categories import ContentCategory, Main
from courses.models.duties import DutyHolder, DutyRole
from courses.models.editions import CourseEdition, CourseFile, CourseFlag, Lesson, LessonArticle, LessonFile
from courses.models.learning import Enrolment, LearningClock, LessonTry, Note, Progress

__all__ = [
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
    "Lesson",
    "LessonArticle",
    "LessonFile",
    "LessonTry",
    "Main",
    "Note",
    "Progress",
]
