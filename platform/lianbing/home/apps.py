from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "lianbing.home"
    label = "home"
