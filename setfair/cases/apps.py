from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "setfair.cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.access.language import OF_BEARER
        from setfair.accounts.models import Pass
        from setfair.letters import ends
        from setfair.letters.gate import register

        from . import gate, listeners, queries

        listeners.connect()
        register(gate.asked)
        ends.register(placer=queries.open_cases_of)
        OF_BEARER[Pass.Bearer.PARTICIPATION] = queries.language_of
