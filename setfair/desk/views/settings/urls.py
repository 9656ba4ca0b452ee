"""The addresses of the settings pages."""

from __future__ import annotations

from django.urls import path

from setfair.programmes.models import ClosedPlace

from . import bells, checklist, consents, dates, devices, facts, library, people, places, plan, reasons, scripts, seal, venues, words

urlpatterns = [
    path("settings/", facts.index, name="settings"),
    path("settings/programme/", facts.facts, {"part": "programme"}, name="settings_programme"),
    path("settings/public/", facts.facts, {"part": "public"}, name="settings_public"),
    path("settings/rules/", facts.facts, {"part": "rules"}, name="settings_rules"),
    path("settings/clocks/", facts.facts, {"part": "clocks"}, name="settings_clocks"),
    path("settings/matters/", facts.facts, {"part": "matters"}, name="settings_matters"),
    path("settings/glance/", facts.facts, {"part": "glance"}, name="settings_glance"),
    path("settings/rooms/<uuid:pk>/close/", plan.close_room, name="settings_rooms_close"),
    path("settings/rooms/<uuid:pk>/reopen/", plan.reopen_room, name="settings_rooms_reopen"),
    path("settings/bells/", bells.bells, name="settings_bells"),
    path("settings/bells/<uuid:pk>/back/", bells.take_back, name="settings_bells_back"),
    path("settings/dates/", dates.dates, name="settings_dates"),
    path("settings/venues/<uuid:pk>/travel/", venues.travel, name="settings_venues_travel"),
    path("settings/reasons/", reasons.reasons, name="settings_reasons"),
    path("settings/reasons/<uuid:pk>/close/", reasons.close, name="settings_reasons_close"),
    path("settings/reasons/<uuid:pk>/reopen/", reasons.reopen, name="settings_reasons_reopen"),
    path("settings/places/<uuid:pk>/", places.place, name="settings_places_one"),
    path("settings/places/<uuid:pk>/hours/", places.hours_add, name="settings_places_hours"),
    path("settings/places/<uuid:pk>/hours/<uuid:hours>/remove/", places.hours_remove, name="settings_places_hours_remove"),
    path("settings/places/<uuid:pk>/close/", places.close_place, name="settings_places_close"),
    path("settings/places/<uuid:pk>/reopen/", places.reopen_place, name="settings_places_reopen"),
    path("settings/people/", people.people, name="settings_people"),
    path("settings/people/<uuid:pk>/end/", people.end, name="settings_people_end"),
    path("settings/people/<uuid:pk>/again/", people.again, name="settings_people_again"),
    path("settings/people/<uuid:pk>/second-step/", people.step, name="settings_people_step"),
    path("settings/people/<uuid:pk>/show/", people.show, name="settings_people_show"),
    path("settings/people/<uuid:pk>/hide/", people.hide, name="settings_people_hide"),
    path("settings/people/asked/<uuid:pk>/", people.take_back, name="settings_people_take_back"),
    path("settings/devices/", devices.devices, name="devices"),
    path("settings/devices/<uuid:pk>/end/", devices.device_end, name="device_end"),
    path("settings/promises/", library.library, name="settings_library"),
    path("settings/promises/ours/", library.bring, name="settings_library_ours"),
    path("settings/promises/<uuid:pk>/close/", library.close, name="settings_library_close"),
    path("settings/promises/<uuid:pk>/reopen/", library.reopen, name="settings_library_reopen"),
    path("settings/seal/", seal.seal, name="settings_seal"),
    path("settings/seal/replace/", seal.replace, name="settings_seal_replace"),
    path("settings/scripts/", scripts.scripts, name="settings_scripts"),
    path("settings/scripts/<uuid:pk>/", scripts.script, name="settings_script"),
    path("settings/scripts/ours/", scripts.bring_ours, name="settings_scripts_ours"),
    path("settings/scripts/<uuid:pk>/use/", scripts.use_script, name="settings_script_use"),
    path("settings/scripts/<uuid:pk>/copy/", scripts.copy_script, name="settings_script_copy"),
    path("settings/checklist/", checklist.checklist, name="settings_checklist"),
    path("settings/checklist/new/", checklist.item_new, name="settings_checklist_new"),
    path("settings/checklist/<uuid:pk>/", checklist.item, name="settings_checklist_one"),
    path("settings/checklist/<uuid:pk>/again/", checklist.item_again, name="settings_checklist_again"),
    path("settings/checklist/<uuid:pk>/end/", checklist.item_end, name="settings_checklist_end"),
    path("settings/words/", words.glossary, name="settings_words"),
    path("settings/letters/", words.letters, name="settings_letters"),
    path("settings/consents/", consents.consents, name="settings_consents"),
    path("settings/consents/<slug:scope>/<slug:about>/", consents.consent_words, name="settings_consent"),
    path("settings/offices/", consents.offices, name="settings_offices"),
    path("settings/offices/<uuid:office>/close/", consents.office_close, name="settings_office_close"),
    path("settings/letters/<slug:key>/", words.letter, name="settings_letter"),
]

for kind in plan.KINDS:
    urlpatterns.append(path(f"settings/{kind.name}/", plan.listing_of(kind), name=f"settings_{kind.name}"))
    if kind.model is not ClosedPlace:
        urlpatterns.append(path(f"settings/{kind.name}/<uuid:pk>/", plan.one_of(kind), name=f"settings_{kind.name}_one"))
    if not kind.closes:
        urlpatterns += [
            path(f"settings/{kind.name}/again/", plan.again_of(kind), name=f"settings_{kind.name}_again"),
            path(f"settings/{kind.name}/<uuid:pk>/remove/", plan.remove_of(kind), name=f"settings_{kind.name}_remove"),
        ]
