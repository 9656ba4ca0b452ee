"""The site map. Each floor brings its own pages; a page that mixes floors belongs to the desk."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("setfair.desk.urls")),
    path("", include("setfair.access.urls")),
    path("", include("setfair.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("setfair.letters.urls")),
    path("", include("setfair.ui.urls")),
    path("", include("setfair.programmes.urls")),
    path("", include("setfair.seals.urls")),
    path("", include("setfair.people.urls")),
    path("", include("setfair.calendars.urls")),
    path("", include("setfair.facilitators.urls")),
    path("", include("setfair.practice.urls")),
    path("", include("setfair.referrals.urls")),
    path("", include("setfair.cases.urls")),
    path("", include("setfair.files.urls")),
    path("", include("setfair.enclosures.urls")),
    path("", include("setfair.notes.urls")),
    path("", include("setfair.safety.urls")),
    path("", include("setfair.preparation.urls")),
    path("", include("setfair.voices.urls")),
    path("", include("setfair.exchanges.urls")),
    path("", include("setfair.scheduling.urls")),
    path("", include("setfair.planning.urls")),
    path("", include("setfair.conferences.urls")),
    path("", include("setfair.agreements.urls")),
    path("", include("setfair.restitution.urls")),
    path("", include("setfair.aftercare.urls")),
    path("", include("setfair.outcomes.urls")),
    path("", include("setfair.sheets.urls")),
    path("", include("setfair.keeping.urls")),
    path("", include("setfair.tallies.urls")),
    path("", include("setfair.imports.urls")),
]

handler404 = "setfair.keeping.views.gone.not_there"
handler500 = "setfair.access.kept.on_error"
