from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "lianbing.library"
    label = "library"
