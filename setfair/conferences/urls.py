from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<str:ref>/conference/", views.conference_of_case, name="conference_of_case"),
    path("conferences/<uuid:pk>/", views.conference, name="conference"),
    path("conferences/<uuid:pk>/script/", views.script_page, name="script_page"),
    path("conferences/<uuid:pk>/live/", views.live, name="live"),
    path("conferences/<uuid:pk>/turns/", views.turns, name="turns"),
    path("conferences/<uuid:pk>/hand/", views.script_hand, name="script_hand"),
    path("conferences/<uuid:pk>/wish/", views.wish_heard, name="wish_heard"),
    path("g/circle/", views.my_circle, name="my_circle"),
    path("g/circle/live/", views.my_circle_live, name="my_circle_live"),
    path("g/circle/break/", views.my_break, name="my_break"),
    path("conferences/<uuid:pk>/arrivals/", views.arrivals, name="arrivals"),
    path("conferences/<uuid:pk>/begin/", views.convene, name="convene"),
    path("conferences/<uuid:pk>/finish/", views.conclude, name="conclude"),
    path("conferences/<uuid:pk>/adjourn/", views.adjourn, name="adjourn"),
    path("conferences/<uuid:pk>/order/", views.talk_order, name="talk_order"),
    path("conferences/<uuid:pk>/voice/", views.voice, name="voice"),
    path("conferences/<uuid:pk>/heading/", views.heading, name="heading"),
    path("conferences/<uuid:pk>/heading/off/", views.heading_off, name="heading_off"),
    path("conferences/<uuid:pk>/question/", views.question, name="question"),
    path("conferences/<uuid:pk>/pause/", views.pause, name="pause"),
    path("conferences/<uuid:pk>/pause/begin/", views.pause_begin, name="pause_begin"),
    path("conferences/<uuid:pk>/pause/end/", views.pause_end, name="pause_end"),
    path("conferences/<uuid:pk>/stop/", views.stop, name="stop_safely"),
    path("conferences/<uuid:pk>/debrief/", views.debrief, name="debrief"),
    path("debriefs/", views.debrief_list, name="debrief_list"),
    path("debriefs/<uuid:pk>/", views.debrief_read, name="debrief_read"),
    path("debriefs/<uuid:pk>/done/", views.debrief_done, name="debrief_done"),
    path("conferences/<uuid:pk>/sheet/", views.run_sheet, name="run_sheet"),
    path("conferences/<uuid:pk>/ready/", views.get_ready, name="get_ready"),
    path("conferences/<uuid:pk>/along/", views.told_along, name="told_along"),
    path("conferences/<uuid:pk>/kept/", views.kept_page, name="kept_page"),
    path("conferences/<uuid:pk>/worker.js", views.console_worker, name="console_worker"),
]
