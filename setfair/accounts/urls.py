from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("account/not-me/<str:token>/", views.not_me, name="not_me"),
    path("account/email/", views.closed),
    path("account/confirm-email/", views.closed),
    path("account/confirm-email/<path:rest>", views.closed),
]
