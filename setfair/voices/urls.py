from __future__ import annotations

from django.urls import path

from . import views, views_of_stand_ins

urlpatterns = [
    path("g/hopes/", views.hopes, name="hopes"),
    path("g/words/", views.own_words, name="own_words"),
    path("g/beside/", views.my_companions, name="my_companions"),
    path("g/beside/<uuid:companion>/back/", views.companion_back, name="companion_back"),
    path("beside/<uuid:pk>/", views.companion_answer, name="companion_answer"),
    path("g/stand-in/", views_of_stand_ins.my_stand_in, name="my_stand_in"),
    path("g/stand-in/back/", views_of_stand_ins.my_stand_in_back, name="my_stand_in_back"),
    path("g/for-another/", views_of_stand_ins.for_another, name="for_another"),
    path("people/<uuid:pk>/stand-in/", views_of_stand_ins.told_stand_in, name="told_stand_in"),
    path("people/<uuid:pk>/stand-in/back/", views_of_stand_ins.told_stand_in_back, name="told_stand_in_back"),
    path("people/<uuid:pk>/hopes/", views.told_hopes, name="told_hopes"),
]
