from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("promises/<uuid:pk>/payments/", views.payments, name="payments"),
    path("promises/<uuid:pk>/ordered/", views.payments_ordered, name="payments_ordered"),
    path("payments/<uuid:pk>/settle/", views.payment_settle, name="payment_settle"),
    path("g/promises/<uuid:pk>/paid/", views.paid, name="paid"),
    path("g/promises/<uuid:pk>/paid/back/", views.paid_back, name="paid_back"),
    path("g/owed/", views.owed, name="owed"),
    path("g/owed/word/", views.owed_word, name="owed_word"),
    path("g/owed/came/", views.owed_came, name="owed_came"),
]
