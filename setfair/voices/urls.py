from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("g/hopes/", views.hopes, name="hopes"),
    path("g/words/", views.own_words, name="own_words"),
    path("g/beside/", views.my_companions, name="my_companions"),
    path("g/beside/<uuid:companion>/back/", views.companion_back, name="companion_back"),
    path("beside/<uuid:pk>/", views.companion_answer, name="companion_answer"),
    path("people/<uuid:pk>/hopes/", views.told_hopes, name="told_hopes"),
]
