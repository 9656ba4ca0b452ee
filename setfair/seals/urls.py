from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("p/<slug:programme>/seal/", views.seal_here, name="seal_here"),
    path("p/<slug:programme>/seal/<int:number>.pem", views.seal_certificate, name="seal_certificate"),
]
