from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<str:ref>/notes/", views.case_notes, name="case_notes"),
    path("notes/<uuid:pk>/", views.note, name="note"),
    path("g/notes/", views.my_notes, name="my_notes"),
]
