from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "setfair.outcomes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.aftercare import asking, quiet
        from setfair.agreements import alongside

        from . import home, listeners, shown, wishing

        home.register()
        listeners.connect()
        alongside.register(shown.who_hears)
        asking.register(shown.to_ask)
        quiet.register(wishing.who_want_none)
