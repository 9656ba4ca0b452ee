from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("g/sheet/", views.my_sheet, name="my_sheet"),
    path("g/sheet/paper/", views.my_sheet_paper, name="my_sheet_paper"),
    path("people/<uuid:pk>/sheet/", views.sheet_give, name="sheet_give"),
    path("people/<uuid:pk>/sheet/paper/", views.sheet_paper, name="sheet_paper"),
    path("people/<uuid:pk>/pack/", views.sheet_pack, name="sheet_pack"),
    path("cases/<str:ref>/paper/", views.sheet_packs, name="sheet_packs"),
]
