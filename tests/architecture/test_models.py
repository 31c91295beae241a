"""Tables follow the story order too, and official tables are guarded."""

from django.apps import apps

from lianbing.kit import append_only

STORY = [
    "kit",
    "people",
    "home",
    "library",
    "question_bank",
    "courses",
    "training",
    "drills",
    "exams",
    "certificates",
    "ratings",
]


def _own_models():
    return [model for model in apps.get_models() if model._meta.app_label in STORY]


def test_foreign_keys_point_down_the_story():
    """String foreign keys are invisible to the import checker."""
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in _own_models()
        for field in model._meta.get_fields()
        if (field.many_to_one or field.one_to_one or field.many_to_many)
        and not field.auto_created
        and field.related_model._meta.app_label in STORY
        and STORY.index(field.related_model._meta.app_label) > STORY.index(model._meta.app_label)
    ]
    assert upward == []


def test_every_model_names_itself():
    unnamed = [
        m._meta.label
        for m in _own_models()
        if m.__str__ is apps.get_model("auth", "Group").__mro__[1].__str__
    ]
    assert unnamed == []


def test_official_tables_are_guarded(db):
    assert append_only.missing() == []
    guarded = {guard.model for guard in append_only.guards()}
    assert {
        "kit.AuditRecord",
        "kit.AuditSeal",
        "people.PasswordReset",
        "question_bank.QuestionVersion",
        "question_bank.Citation",
        "exams.Paper",
        "exams.AnswerEvent",
        "exams.MarkRecord",
        "certificates.Certificate",
        "certificates.CertificateEvent",
        "ratings.IndicatorVersion",
        "ratings.SchemeVersion",
        "ratings.Fact",
        "ratings.Gathering",
        "ratings.Roll",
        "ratings.Statement",
        "ratings.Result",
        "ratings.PeriodEvent",
        "ratings.AppealEvent",
    } <= guarded
