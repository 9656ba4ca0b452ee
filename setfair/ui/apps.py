from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "setfair.ui"
    label = "ui"
