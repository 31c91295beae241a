from django.apps import AppConfig


class QuestionBankConfig(AppConfig):
    name = "question_bank"
    label = "question_bank"

    def ready(self) -> None:
        from lianbing.people import ports
        from question_bank import demo, panels, permissions, queries, receivers, tasks  # noqa: F401 -- they register themselves

        ports.declare(permissions.ROUTES)
