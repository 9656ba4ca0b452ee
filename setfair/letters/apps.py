from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "setfair.letters"
    default_auto_field = "django.db.models.BigAutoField"
