from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("lists/", views.lists, name="lists"),
    path("lists/new/<str:kind>/", views.list_new, name="list_new"),
    path("lists/new/<str:kind>/example/", views.list_example, name="list_example"),
    path("lists/<uuid:pk>/", views.list_page, name="list"),
    path("lists/<uuid:pk>/again/", views.list_again, name="list_again"),
    path("lists/<uuid:pk>/words/", views.list_words, name="list_words"),
    path("lists/<uuid:pk>/run/", views.list_run, name="list_run"),
    path("lists/<uuid:pk>/back/", views.list_back, name="list_back"),
    path("lists/<uuid:pk>/away/", views.list_away, name="list_away"),
    path("lists/<uuid:pk>/rows/", views.list_rows, name="list_rows"),
]
