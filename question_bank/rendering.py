"""What the codes of the pure modules mean, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianbing.library.models import ArticleChange
from lianbing.library.rendering import impact
from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank.models import Question, QuestionVersion
from question_bank.queries.law_changes import Waiting
from question_bank.rules import plain_form
from question_bank.rules.changes import Change, changes
from question_bank.rules.choices import LETTERS, OPTION_LIMIT, OPTIONS_LIMIT, STEM_LIMIT
from question_bank.rules.contract import Problem
from question_bank.rules.law_changes import can_confirm


def _letter(field: str) -> str:
    place = field.partition(".")[2]
    return LETTERS[int(place)] if place.isdigit() and int(place) < len(LETTERS) else "?"


def problem_text(problem: Problem) -> str:
    """One problem or doubt as a sentence for the person who can mend it."""
    texts = {
        "stem_missing": _("The question has no text."),
        "stem_too_long": _("The text is longer than %(limit)s characters.") % {"limit": STEM_LIMIT},
        "options_malformed": _("The options cannot be read."),
        "options_too_few": _("There are fewer than two options."),
        "options_too_many": _("There are more than %(limit)s options.") % {"limit": OPTIONS_LIMIT},
        "options_not_true_false": _("The options of a true or false question are 正确 and 错误."),
        "option_empty": _("Option %(letter)s is empty.") % {"letter": _letter(problem.field)},
        "option_duplicate": _("Option %(letter)s says the same as an earlier option.")
        % {"letter": _letter(problem.field)},
        "option_too_long": _("Option %(letter)s is longer than %(limit)s characters.")
        % {"letter": _letter(problem.field), "limit": OPTION_LIMIT},
        "point_missing": _("It has no knowledge point."),
        "citation_missing": _(
            "It cites no article. Name one, or choose a knowledge point that by its nature cites no law."
        ),
        "key_missing": _("The right answer is missing."),
        "key_outside": _("The right answer is not among the options."),
        "key_too_many": _("Only one option may be right."),
        "key_too_few": _("A multiple choice question usually has two or more right options."),
    }
    return texts.get(problem.code, problem.code)


def facts_of(version: QuestionVersion) -> dict[str, str]:
    """What a version says, field by field, as plain text (see `rules.changes.FIELDS`)."""
    labels = {
        "limit": _("Longest answer"),
        "reference": _("Reference answer"),
        "right": _("Right"),
        "order": _("Right order"),
        "share": _("Share"),
        "sets": _("In any order"),
    }
    normal = kinds.get(version.kind).normal(version.content, version.key)
    return {
        "question": "\n".join(plain_form.lines(normal, labels)),
        "explanation": version.explanation,
        "point": version.knowledge_point.name if version.knowledge_point else "",
        "difficulty": version.get_difficulty_display(),
        "citations": "\n".join(citation.text for citation in version.citations.all()),
    }


def changes_between(old: QuestionVersion, new: QuestionVersion) -> list[tuple[str, Change]]:
    """What changed from one version to another, each field under its name in words."""
    names = {
        "question": _("Question"),
        "explanation": _("Explanation"),
        "point": _("Knowledge point"),
        "difficulty": _("Difficulty"),
        "citations": _("Citations"),
    }
    return [(names[one.field], one) for one in changes(facts_of(old), facts_of(new))]


def problems_text(problems: Iterable[Problem]) -> str:
    """Several problems as one line, none twice."""
    return " ".join(dict.fromkeys(problem_text(problem) for problem in problems))


@dataclass(frozen=True)
class ChangedArticle:
    """One changed article with its words before and after and the questions that wait for it.

    `questions`: each with whether this person may say that it is still right.
    """

    change: ArticleChange
    tone: str
    words: SafeString
    questions: list[tuple[Question, bool]]


def law_change_groups(waiting: Iterable[Waiting], actor: Actor) -> list[ChangedArticle]:
    """What the page of changed articles shows."""
    return [
        ChangedArticle(
            one.change,
            impact.TONES[one.change.kind],
            impact.words(one.change.article, one.change.successor),
            [(question, _may_confirm(question, actor)) for question in one.questions],
        )
        for one in waiting
    ]


def _may_confirm(question: Question, actor: Actor) -> bool:
    version = question.published_version
    writers = frozenset(version.writers if version else ())
    return can_confirm(writers=writers, confirmer=actor.user_id, people=question.bank.people_needed)
