"""Take over scores and figures somebody else gave."""

from typing import Any

from django.core.management.base import CommandParser

from certificates.ratings.management.reporting import FileCommand
from certificates.ratings.models import ScoreSource
from certificates.ratings.services.scores import import_scores


class Command(FileCommand):
    help = "Take over scores from outside (.xlsx, .xls, .csv). A later file corrects an earlier one."
    take_over = staticmethod(import_scores)

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--source", choices=ScoreSource.values, required=True, help="where they come from"
        )

    def more(self, options: dict[str, Any]) -> dict[str, Any]:
        """The source of the whole file."""
        return {"source": ScoreSource(options["source"])}
