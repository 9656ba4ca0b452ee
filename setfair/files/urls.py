from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<str:ref>/files/", views.case_files, name="case_files"),
    path("cases/<str:ref>/files/add/", views.file_add, name="file_add"),
    path("cases/<str:ref>/files/seen/", views.file_harm_seen, name="file_harm_seen"),
    path("files/<uuid:pk>/", views.file, name="file"),
    path("files/<uuid:pk>/away/", views.file_away, name="file_away"),
    path("g/files/", views.my_files, name="my_files"),
    path("g/files/<uuid:pk>/", views.my_file, name="my_file"),
]
