from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("g/hopes/", views.hopes, name="hopes"),
    path("people/<uuid:pk>/hopes/", views.told_hopes, name="told_hopes"),
]
