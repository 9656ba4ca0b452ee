from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/add/", views.team_add, name="team_add"),
    path("team/<uuid:pk>/", views.team_member, name="team_member"),
    path("team/<uuid:pk>/training/", views.training, name="training"),
    path("team/<uuid:pk>/certificates/", views.certificates, name="certificates"),
    path("team/<uuid:pk>/lapse/", views.lapse, name="lapse"),
    path("team/<uuid:pk>/languages/", views.languages, name="languages"),
    path("team/<uuid:pk>/load/", views.load, name="load"),
    path("team/<uuid:pk>/exams/", views.exams, name="exams"),
    path("team/<uuid:pk>/entrances/", views.entrances, name="entrances"),
]
