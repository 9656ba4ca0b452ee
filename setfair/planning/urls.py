from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("term/", views.term, name="term"),
    path("term/<uuid:pk>/", views.term_plan, name="term_plan"),
    path("term/<uuid:pk>/again/", views.term_again, name="term_again"),
    path("term/<uuid:pk>/stop/", views.term_stop, name="term_stop"),
    path("term/<uuid:pk>/accept/", views.term_accept, name="term_accept"),
    path("term/<uuid:pk>/away/", views.term_away, name="term_away"),
    path("term/lines/<uuid:pk>/", views.term_line, name="term_line"),
    path("term/lines/<uuid:pk>/pin/", views.term_pin, name="term_pin"),
    path("term/lines/<uuid:pk>/out/", views.term_out, name="term_out"),
    path("term/lines/<uuid:pk>/in/", views.term_in, name="term_in"),
]
