from __future__ import annotations

from django.urls import path

from .views import bringing, helping, later, requests, sending, start, status, steps, talked, talks

urlpatterns = [
    path("p/<slug:programme>/", start.start, name="start"),
    path("p/<slug:programme>/slip.pdf", bringing.slip, name="slip"),
    path("help/", helping.help_page, name="help"),
    path("p/<slug:programme>/problem/", helping.problem, name="problem"),
    path("p/<slug:programme>/help/", start.help_now, name="help_now"),
    path("p/<slug:programme>/ask/", steps.ask, name="ask"),
    path("p/<slug:programme>/ask/later/", later.ask_later, name="ask_later"),
    path("p/<slug:programme>/ask/again/", later.ask_again, name="ask_again"),
    path("p/<slug:programme>/ask/check/", sending.ask_check, name="ask_check"),
    path("p/<slug:programme>/ask/<slug:step>/", steps.ask_step, name="ask_step"),
    path("p/<slug:programme>/refer/", steps.refer, name="refer"),
    path("p/<slug:programme>/refer/check/", sending.refer_check, name="refer_check"),
    path("p/<slug:programme>/refer/<slug:step>/", steps.refer_step, name="refer_step"),
    path("p/<slug:programme>/asked/", sending.asked, name="asked"),
    path("p/<slug:programme>/asked/withdrawal/", sending.asked_withdrawal, name="asked_withdrawal"),
    path("r/", status.status, name="status"),
    path("r/words/", status.status_words, name="status_words"),
    path("r/talk/", talked.status_talk, name="status_talk"),
    path("r/talk/off/", talked.status_talk_off, name="status_talk_off"),
    path("r/ask/", talked.status_ask, name="status_ask"),
    path("r/withdrawal/", status.status_withdrawal, name="status_withdrawal"),
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", bringing.request_new, name="request_new"),
    path("requests/sent/", bringing.request_sent, name="request_sent"),
    path("requests/<str:ref>/", requests.request_page, name="request"),
    path("requests/<str:ref>/acceptance/", requests.request_accept, name="request_accept"),
    path("requests/<str:ref>/talk/", talks.talk_offer, name="talk_offer"),
    path("talks/<uuid:pk>/", talks.talk, name="talk"),
    path("talks/<uuid:pk>/time/", talks.talk_time, name="talk_time"),
    path("talks/<uuid:pk>/held/", talks.talk_held, name="talk_held"),
    path("talks/<uuid:pk>/missed/", talks.talk_missed, name="talk_missed"),
    path("talks/<uuid:pk>/off/", talks.talk_off, name="talk_off"),
    path("talks/<uuid:pk>/after/", talks.talk_after, name="talk_after"),
    path("requests/<str:ref>/told/", requests.request_told, name="request_told"),
    path("requests/<str:ref>/clearance/", requests.request_clear, name="request_clear"),
    path("requests/<str:ref>/decline/", requests.request_decline, name="request_decline"),
]
