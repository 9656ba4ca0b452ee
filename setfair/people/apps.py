from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "setfair.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.letters import came_back, ends
        from setfair.letters.gate import register
        from setfair.vault import rotation

        from . import traces
        from .ending import end_address
        from .gate import asked
        from .queries import holding, writers_at

        rotation.also(traces.make_anew)
        register(asked)
        came_back.register(writers_at, holding)
        ends.register(closer=end_address)
