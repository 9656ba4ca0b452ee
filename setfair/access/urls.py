from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("code/", views.code, name="code"),
    path("c/<str:token>/", views.enter, name="enter"),
    path("exit/", views.leave, name="exit"),
    path("rest/", views.rest, name="rest"),
    path("still-here/", views.still_here, name="still_here"),
    path("switch/", views.switch, name="switch"),
    path("nowhere/", views.nowhere, name="nowhere"),
    path("account/sessions/<int:stay>/end/", views.end_stay, name="end_stay"),
    path("still-in/", views.still_in, name="still_in"),
    path("second-step/", views.step, name="second_step"),
    path("sure/", views.sure_code, name="sure_code"),
    path("language/", views.language, name="set_language"),
]
