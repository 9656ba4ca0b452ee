from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "setfair.programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.accounts.devices import disowned
        from setfair.letters.gate import register

        from .actions.disowned import tell_everywhere
        from .glance import asked

        disowned.connect(tell_everywhere)
        register(asked)
