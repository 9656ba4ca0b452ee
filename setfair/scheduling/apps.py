from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "setfair.scheduling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from setfair.cases import along as places
        from setfair.cases import custody
        from setfair.preparation.home import MORE, WHEN, register_card
        from setfair.preparation.queries import register_day
        from setfair.preparation.queries.blockers import register

        from . import along, home, listeners, own_offer, own_still, queries, still

        places.register(along.carry)
        register_card(WHEN, own_offer.card_of)
        register_card(WHEN, home.card_of)
        register_card(MORE, own_still.card_of)
        register(still.not_asked_anew)
        register(queries.out_too_late)
        register_day(queries.booked_day)
        custody.register(queries.booked_day)
        listeners.connect()
        self._team()

    def _team(self) -> None:
        from setfair.cases import hours, turns
        from setfair.facilitators import columns
        from setfair.preparation.home import MORE, register_card

        from . import own_helpers, own_hours, team_builder, team_columns

        register_card(MORE, own_helpers.card_of)
        columns.register(team_columns.columns)
        hours.register(own_hours.hours_of)
        turns.register(team_builder.next_in_turn)
        turns.register_need(team_builder.still_needed)
