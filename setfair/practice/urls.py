from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("practice/figures/", views.practice_figures, name="practice_figures"),
    path("practice/figures.csv", views.practice_file, name="practice_file"),
    path("practice/<uuid:talk>/strike/", views.practice_strike, name="practice_strike"),
]
