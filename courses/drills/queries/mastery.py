"""Mastery: how much of what is to be known is mastered now, by entry, law, article, point, post and unit.

Mastered is a question whose predicted recall stands above a mark (`rules.mastery`); what was never
answered is not mastered. Units are counted, never named person by person.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, F, Q, QuerySet

from courses.drills.models import MasteryProof, Memory, MustKnow
from courses.drills.queries import practice
from courses.drills.queries.must_know import entries_of, shown, subject_of
from courses.drills.queries.reach import open_questions
from courses.drills.queries.subjects import Subject, cited_now, questions_about
from lianbing.library.models import Article
from lianbing.people.models import Appointment, Unit
from lianbing.people.queries import day_of, serving_on
from question_bank.models import KnowledgePoint
from question_bank.queries.drawing import POINT
from question_bank.rules.points import ancestors

Key = TypeVar("Key", str, int)


@dataclass(frozen=True)
class Part:
    """So many of so many questions mastered; for several people, each question once for each."""

    mastered: int
    size: int

    @property
    def percent(self) -> int:
        """Mastery in whole percent; 0 where there is nothing to know."""
        return round(100 * self.mastered / self.size) if self.size else 0


@dataclass(frozen=True)
class EntryLine:
    """One entry of a must-know list and how much of it somebody masters."""

    entry: MustKnow
    subject: Subject
    part: Part


@dataclass(frozen=True)
class TopicLine:
    """A law, article or knowledge point and how much of it somebody masters."""

    topic: practice.Topic
    part: Part


def mastered_by(officer_id: int, at: datetime.datetime) -> QuerySet[Memory]:
    """What an officer masters at a moment."""
    return Memory.objects.filter(officer=officer_id, mastered_until__gte=at).order_by()


def entry_lines(officer_id: int, post_id: int | None, at: datetime.datetime) -> tuple[list[EntryLine], Part]:
    """Every entry of a post's must-know (with the common ones) for one officer, and all of it together."""
    entries = list(shown(entries_of(post_id, day_of(at))))
    about = questions_about([subject_of(entry) for entry in entries], at)
    known = set(mastered_by(officer_id, at).values_list("question_id", flat=True))
    lines = [
        EntryLine(entry, subject, _part(about[subject], known))
        for entry in entries
        for subject in (subject_of(entry),)
    ]
    return lines, _part(set().union(*about.values()), known)


def _part(questions: Collection[int], known: Collection[int]) -> Part:
    return Part(sum(one in known for one in questions), len(questions))


def law_lines(officer_id: int, at: datetime.datetime) -> list[TopicLine]:
    """Every law that open questions cite. Two statements."""
    known = dict(
        _cited_and_known(officer_id, at)
        .values_list("article__edition__law")
        .annotate(count=Count("version__question", distinct=True))
    )
    return [_line(topic, known.get(topic.subject.pk, 0)) for topic in practice.laws(at)]


def article_lines(officer_id: int, law: int, at: datetime.datetime) -> list[TopicLine]:
    """Every article of a law that open questions cite. Three statements."""
    rows = _cited_and_known(officer_id, at).filter(article__edition__law=law, whole=False)
    counted = rows.values_list("article__number", "article__suffix").annotate(
        count=Count("version__question", distinct=True)
    )
    known = {(number, suffix): count for number, suffix, count in counted}
    topics = practice.articles(law, at)
    places = _places(topic.subject.pk for topic in topics)
    return [_line(topic, known.get(places[topic.subject.pk], 0)) for topic in topics]


def _places(articles: Iterable[int]) -> dict[int, tuple[int, int]]:
    rows = Article.objects.filter(pk__in=list(articles)).order_by()
    return {pk: (number, suffix) for pk, number, suffix in rows.values_list("pk", "number", "suffix")}


def _cited_and_known(officer_id: int, at: datetime.datetime) -> QuerySet[Any]:
    reach = open_questions(at).filter(pk__in=mastered_by(officer_id, at).values("question"))
    return cited_now().filter(version__question__in=reach.values("pk"))


def point_lines(officer_id: int, at: datetime.datetime) -> list[TopicLine]:
    """The tree of knowledge points. Four statements."""
    known = open_questions(at).filter(pk__in=mastered_by(officer_id, at).values("question")).order_by()
    direct = dict(known.values_list(POINT).annotate(count=Count("pk")))
    names = dict(KnowledgePoint.objects.order_by().filter(pk__in=direct).values_list("name", "pk"))
    sums: Counter[str] = Counter()
    for name, pk in names.items():
        for one in (name, *ancestors(name)):
            sums[one] += direct[pk]
    by_pk = dict(KnowledgePoint.objects.order_by().values_list("pk", "name"))
    return [_line(topic, sums[by_pk[topic.subject.pk]]) for topic in practice.points(at)]


def _line(topic: practice.Topic, mastered: int) -> TopicLine:
    return TopicLine(topic, Part(min(mastered, topic.count), topic.count))


@dataclass(frozen=True)
class Lists:
    """What posts must know on a day, as questions: what is common to all, and each post's own."""

    common: frozenset[int]
    own: Mapping[int, frozenset[int]]

    def size(self, post: int) -> int:
        """How many questions a post must know."""
        return len(self.common | self.own.get(post, frozenset()))


def lists(at: datetime.datetime) -> Lists:
    """The lists of all posts at a moment. About ten statements, however many posts."""
    entries = MustKnow.objects.filter(removed_at=None, added_at__lte=at)
    of_post: dict[int | None, set[Subject]] = defaultdict(set)
    for entry in entries:
        of_post[entry.post_id].add(subject_of(entry))
    about = questions_about(set().union(*of_post.values()), at)
    found = {
        post: frozenset().union(*(about[subject] for subject in subjects))
        for post, subjects in of_post.items()
    }
    common = found.pop(None, frozenset())
    return Lists(common, {post: own - common for post, own in found.items() if post is not None})


@dataclass(frozen=True)
class UnitMastery:
    """People of a unit (or of a post in it), the mastery of their lists together, how many proved theirs."""

    people: int
    proved: int
    part: Part

    @property
    def proved_percent(self) -> int:
        """The part of the people whose passed self-test still holds, in whole percent."""
        return round(100 * self.proved / self.people) if self.people else 0


Counts = Sequence[tuple[str, int, UnitMastery]]


def counted(path: str, at: datetime.datetime, known: Lists) -> Counts:
    """What there is of each unit and post below `path`: (unit path, post, counts). Three statements."""
    on = day_of(at)
    serving = Appointment.objects.filter(
        serving_on(on), unit__path__startswith=path, officer__merged_into=None
    )
    people = serving.order_by().values_list("unit__path", "post").annotate(count=Count("officer"))
    proved = {(place, post): count for place, post, count in _proofs(path, on)}
    mastered = {(place, post): count for place, post, count in _memories(path, at, on, known)}
    return [
        (
            place,
            post,
            UnitMastery(
                count,
                proved.get((place, post), 0),
                Part(mastered.get((place, post), 0), count * known.size(post)),
            ),
        )
        for place, post, count in people
    ]


def by_unit(path: str, rows: Counts) -> dict[str, UnitMastery]:
    """The units right below `path` (and itself), each with all below it, by unit path."""
    deep = len(path) + Unit.steplen
    return _together((place[:deep], one) for place, _post, one in rows)


def heads(rows: Counts) -> dict[str, int]:
    """How many people serve in each unit itself, by unit path."""
    found: Counter[str] = Counter()
    for place, _post, one in rows:
        found[place] += one.people
    return found


def by_post(rows: Counts) -> dict[int, UnitMastery]:
    """The same people by their post."""
    return _together((post, one) for _place, post, one in rows)


def _together(rows: Iterable[tuple[Key, UnitMastery]]) -> dict[Key, UnitMastery]:
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for key, one in rows:
        more = (one.people, one.proved, one.part.mastered, one.part.size)
        sums[key] = [old + new for old, new in zip(sums[key], more, strict=True)]
    return {key: UnitMastery(row[0], row[1], Part(row[2], row[3])) for key, row in sums.items()}


def _here(path: str, on: datetime.date) -> Q:
    """The condition, on something of an officer, that they serve in a subtree on a day."""
    return (
        Q(officer__appointments__starts_on__lte=on)
        & (Q(officer__appointments__ends_on=None) | Q(officer__appointments__ends_on__gt=on))
        & Q(officer__appointments__unit__path__startswith=path, officer__merged_into=None)
    )


PLACE = ("officer__appointments__unit__path", "officer__appointments__post")


def _proofs(path: str, on: datetime.date) -> Iterable[tuple[str, int, int]]:
    rows = MasteryProof.objects.filter(_here(path, on), passed=True, holds_until__gt=on, post=F(PLACE[1]))
    return rows.order_by().values_list(*PLACE).annotate(count=Count("officer", distinct=True))


def _memories(
    path: str, at: datetime.datetime, on: datetime.date, known: Lists
) -> Iterable[tuple[str, int, int]]:
    """How many questions of their post's list the people of each unit and post master. One statement."""
    wanted = Q(question__in=known.common)
    for post, own in known.own.items():
        wanted |= Q(officer__appointments__post=post, question__in=own)
    rows = Memory.objects.filter(_here(path, on) & wanted, mastered_until__gte=at)
    return rows.order_by().values_list(*PLACE).annotate(count=Count("pk"))
