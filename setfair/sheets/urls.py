from __future__ import annotations

from django.urls import path

from . import views, views_of_slips, views_of_the_day

urlpatterns = [
    path("g/sheet/", views.my_sheet, name="my_sheet"),
    path("g/sheet/paper/", views.my_sheet_paper, name="my_sheet_paper"),
    path("g/card/", views_of_the_day.my_card, name="my_card"),
    path("people/<uuid:pk>/card/", views_of_the_day.person_card, name="person_card"),
    path("people/<uuid:pk>/sheet/", views.sheet_give, name="sheet_give"),
    path("people/<uuid:pk>/sheet/paper/", views.sheet_paper, name="sheet_paper"),
    path("people/<uuid:pk>/pack/", views.sheet_pack, name="sheet_pack"),
    path("people/<uuid:pk>/slip/", views_of_slips.slip_back, name="slip_back"),
    path("people/<uuid:pk>/slip/<uuid:slip>/compared/", views_of_slips.slip_compared, name="slip_compared"),
    path("conferences/<uuid:pk>/paper/door/", views_of_the_day.door_sheet, name="door_sheet"),
    path("conferences/<uuid:pk>/paper/room/", views_of_the_day.room_sheet, name="room_sheet"),
    path("cases/<str:ref>/paper/", views.sheet_packs, name="sheet_packs"),
]
