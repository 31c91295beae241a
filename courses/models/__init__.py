"""The tables of courses."""

from courses.models.authoring import CourseIndexPage, CoursePage, CourseReview, CourseRule
from courses.models.categories import ContentCategory, Main
from courses.models.duties import DutyHolder, DutyRole
from courses.models.editions import CourseEdition, CourseFile, CourseFlag, Lesson, LessonArticle, LessonFile

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
    "Lesson",
    "LessonArticle",
    "LessonFile",
    "Main",
]
