from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "setfair.cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.access.language import OF_BEARER
        from setfair.accounts.models import Pass

        from . import listeners, queries

        listeners.connect()
        OF_BEARER[Pass.Bearer.PARTICIPATION] = queries.language_of
