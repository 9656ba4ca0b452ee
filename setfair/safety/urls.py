from __future__ import annotations

from django.urls import path

from .views import answering, raising

urlpatterns = [
    path("p/<slug:programme>/now/", raising.alarm, name="alarm"),
    path("people/<uuid:pk>/now/", raising.alarm_for, name="alarm_for"),
    path("now/all/", answering.alarms, name="alarms"),
    path("now/<uuid:pk>/", answering.alarm_read, name="alarm_read"),
    path("now/phone/", answering.alarm_phone, name="alarm_phone"),
    path("now/<uuid:pk>/steps/", answering.alarm_step, name="alarm_step"),
    path("now/<uuid:pk>/heard/", answering.alarm_heard, name="alarm_heard"),
]
