from __future__ import annotations

from django.urls import path

from . import views, views_of_news

urlpatterns = [
    path("cases/<str:ref>/news/", views.news, name="news"),
    path("people/<uuid:pk>/news/", views_of_news.news_of, name="news_of"),
    path("people/<uuid:pk>/news/choice/", views_of_news.news_choice, name="news_choice"),
    path("g/news/", views_of_news.my_news, name="my_news"),
    path("cases/<str:ref>/report/", views.report, name="report"),
    path("cases/<str:ref>/report/send/", views.report_send, name="report_send"),
    path("cases/<str:ref>/close/", views.close, name="close"),
]
