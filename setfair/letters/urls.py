from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("letters/", views.mailbox, name="letters"),
    path("letters/<str:name>", views.opened, name="letter"),
]
