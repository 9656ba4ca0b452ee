from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<str:ref>/news/", views.news, name="news"),
    path("cases/<str:ref>/report/", views.report, name="report"),
    path("cases/<str:ref>/report/send/", views.report_send, name="report_send"),
    path("cases/<str:ref>/close/", views.close, name="close"),
]
