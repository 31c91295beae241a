"""What a unit gets wrong: questions and articles, never people."""

import datetime
from typing import NamedTuple

from django.db.models import Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast

from courses.drills.models import DrillAnswer
from courses.drills.queries.subjects import Subject, cited_now
from question_bank.models import Question

SHOWN = 30
LEAST_ANSWERS = 5
LEAST_PEOPLE = 3  # fewer, and a count would say who it was


class WrongLine(NamedTuple):
    """A question many get wrong: answers, how many of them wrong, of how many people."""

    question: Question
    answers: int
    wrong: int
    people: int

    @property
    def percent(self) -> int:
        """The wrong ones in whole percent."""
        return round(100 * self.wrong / self.answers)


class WrongArticle(NamedTuple):
    """An article whose questions are answered wrong."""

    subject: Subject
    title: str
    answers: int
    wrong: int

    @property
    def percent(self) -> int:
        """The wrong ones in whole percent."""
        return round(100 * self.wrong / self.answers)


def _answers(path: str, since: datetime.date) -> QuerySet[DrillAnswer]:
    """First answers of a day: practising the same again until it sticks is no fault."""
    inside = Q(unit__path__startswith=path) if path else Q()
    return DrillAnswer.objects.filter(inside, on__gte=since, point_worthy=True).order_by()


def wrong_questions(path: str, since: datetime.date, *, most: int = SHOWN) -> list[WrongLine]:
    """The questions a subtree gets wrong most, of those that enough people answered. Two statements."""
    rows = (
        _answers(path, since)
        .values("question")
        .annotate(
            answers=Count("pk"),
            wrong=Count("pk", filter=Q(right=False)),
            people=Count("officer", distinct=True),
        )
        .filter(answers__gte=LEAST_ANSWERS, people__gte=LEAST_PEOPLE, wrong__gt=0)
        .annotate(part=Cast(F("wrong"), FloatField()) / F("answers"))
        .order_by("-part", "-wrong", "question")[:most]
    )
    found = list(rows.values_list("question", "answers", "wrong", "people"))
    known = Question.objects.select_related("published_version", "latest").in_bulk([row[0] for row in found])
    return [WrongLine(known[pk], answers, wrong, people) for pk, answers, wrong, people in found]


def wrong_articles(path: str, since: datetime.date, *, most: int = 10) -> list[WrongArticle]:
    """The articles whose questions a subtree gets wrong most, by the wrong ones. Two statements."""
    counted = (
        _answers(path, since)
        .values("question")
        .annotate(
            answers=Count("pk"),
            wrong=Count("pk", filter=Q(right=False)),
            people=Count("officer", distinct=True),
        )
        .filter(people__gte=LEAST_PEOPLE, wrong__gt=0)
        .values_list("question", "answers", "wrong")
    )
    of_question = {question: (answers, wrong) for question, answers, wrong in counted}
    sums: dict[tuple[str, int, int], list[int]] = {}
    named: dict[tuple[str, int, int], tuple[int, str]] = {}
    fields = (
        "version__question",
        "article__edition__law__title",
        "article__number",
        "article__suffix",
        "article__label",
        "article",
    )
    cited = cited_now().filter(whole=False, version__question__in=list(of_question)[:900])
    for question, law, number, suffix, label, article in cited.values_list(*fields):
        place = (law, number, suffix)
        row = sums.setdefault(place, [0, 0])
        row[0] += of_question[question][0]
        row[1] += of_question[question][1]
        named[place] = (article, label)
    lines = [
        WrongArticle(Subject("article", named[place][0]), f"{place[0]} {named[place][1]}", answers, wrong)
        for place, (answers, wrong) in sums.items()
    ]
    return sorted(lines, key=lambda line: (-line.percent, -line.wrong, line.title))[:most]
