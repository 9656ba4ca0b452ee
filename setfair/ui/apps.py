from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "setfair.ui"
    label = "ui"

    def ready(self) -> None:
        from .forms import say_kindly

        say_kindly()
