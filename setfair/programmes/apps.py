from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "setfair.programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.accounts.devices import when_disowned
        from setfair.letters.gate import register

        from .glance import asked
        from .listeners import tell_everywhere

        when_disowned(tell_everywhere)
        register(asked)
