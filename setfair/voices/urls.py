from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("g/hopes/", views.hopes, name="hopes"),
    path("g/words/", views.own_words, name="own_words"),
    path("people/<uuid:pk>/hopes/", views.told_hopes, name="told_hopes"),
]
