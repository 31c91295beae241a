"""Change-training for tests: an article that changed, posts that must know it, and their people."""

from courses.drills.models import ChangeTask, MustKnow
from courses.drills.services import change
from lianbing.people.models import Post
from tests.factories import amendments as laws
from tests.factories import drills, people

AT = drills.NOON


def post(name):
    """A post by its name."""
    return Post.objects.get_or_create(name=name)[0]


def must_know(post=None, **what):
    """Put something on the list of a post (None: everybody's)."""
    return MustKnow.objects.create(post=post, added_at=drills.MADE, by_name="测试", **what)


def law_changed(posts=(), number=2, questions=0, event="amended"):
    """The training about article `number` of a law that stands on the lists of `posts`, with open questions."""
    edition = laws.old()
    article = laws.article(edition, number)
    for one in posts:
        must_know(one, article=article)
    for turn in range(questions):
        laws.question(number, stem=f"第{turn + 1}道变化题（　）")
    return change.of_law(edition=edition, event=event, articles=[article.pk], at=AT)


def task_of(officer) -> ChangeTask:
    """The only task of somebody."""
    return officer.change_tasks.get()


def tried(officer, *, is_right, at=AT):
    """Somebody does the test, all right or all wrong; gives the task after it."""
    made = change.begin(task=task_of(officer), by=drills.actor(officer), at=at)
    drills.take_all(made, is_right=is_right, at=at + drills.MINUTE * 30)
    return task_of(officer)


def crew(*names, unit=None):
    """One officer for each post named, in one unit."""
    unit = unit or people.unit("一中队")
    return [people.officer(unit, post=post(name)) for name in names]
