from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("ui/<slug:name>/", views.whole_page, name="gallery_page"),
]
