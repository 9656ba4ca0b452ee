from __future__ import annotations

from django.urls import include, path

from .views import case, cases, front, today

urlpatterns = [
    path("", front.front, name="front"),
    path("begin/", front.begin, name="begin"),
    path("today/", today.today, name="today"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<str:ref>/", case.case, name="case"),
    path("cases/<str:ref>/history/", case.case_history, name="case_history"),
    path("", include("setfair.desk.views.settings.urls")),
]
