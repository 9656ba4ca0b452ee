from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("outcomes/", views.outcomes, name="outcomes")]
