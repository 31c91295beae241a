"""Take over honours, sanctions, measures and findings of supervision."""

from certificates.ratings.management.reporting import FileCommand
from certificates.ratings.services.record_files import import_records


class Command(FileCommand):
    help = "Take over honours, sanctions, measures and findings (.xlsx, .xls, .csv)."
    take_over = staticmethod(import_records)
