from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("p/<slug:programme>/asked/file/", views.asked_enclose, name="asked_enclose"),
    path("r/file/", views.status_enclose, name="status_enclose"),
    path("requests/sent/file/", views.brought_enclose, name="brought_enclose"),
    path("requests/<str:ref>/files/", views.request_files, name="request_files"),
    path("requests/<str:ref>/files/harm/", views.request_harm_seen, name="request_harm_seen"),
    path("requests/<str:ref>/files/add/", views.request_enclose, name="request_enclose"),
    path("enclosures/<uuid:pk>/", views.enclosure, name="enclosure"),
    path("enclosures/<uuid:pk>/away/", views.enclosure_away, name="enclosure_away"),
    path("enclosures/<uuid:pk>/case/", views.enclosure_lay, name="enclosure_lay"),
]
