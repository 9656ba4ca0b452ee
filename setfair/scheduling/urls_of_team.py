from __future__ import annotations

from django.urls import path

from . import own_helpers, team_builder

urlpatterns = [
    path("cases/<str:ref>/team/build/", team_builder.team_builder, name="team_builder"),
    path("cases/<str:ref>/team/build/next/", team_builder.ask_next, name="ask_next"),
    path("cases/<str:ref>/team/anew/", team_builder.ask_anew, name="ask_anew"),
    path("g/helpers/", own_helpers.helpers, name="helpers"),
]
