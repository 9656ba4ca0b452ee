from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<str:ref>/exchanges/", views.exchanges, name="exchanges"),
    path("cases/<str:ref>/exchanges/note/", views.piece_note, name="piece_note"),
    path("cases/<str:ref>/exchanges/wants/", views.piece_wants, name="piece_wants"),
    path("exchanges/<uuid:pk>/", views.piece, name="piece"),
    path("exchanges/<uuid:pk>/keep/", views.piece_keep, name="piece_keep"),
    path("exchanges/<uuid:pk>/give-back/", views.piece_give_back, name="piece_give_back"),
    path("exchanges/<uuid:pk>/offer/", views.piece_offer, name="piece_offer"),
    path("exchanges/<uuid:pk>/hand-over/", views.piece_hand_over, name="piece_hand_over"),
    path("exchanges/<uuid:pk>/brought/", views.piece_brought, name="piece_brought"),
    path("g/exchange/", views.my_exchange, name="my_exchange"),
    path("g/exchange/write/", views.my_writing, name="my_writing"),
    path("g/exchange/want/", views.my_wanting, name="my_wanting"),
    path("g/exchange/mine/<uuid:piece>/", views.my_piece, name="my_piece"),
    path("g/exchange/mine/<uuid:piece>/back/", views.my_piece_back, name="my_piece_back"),
    path("g/exchange/here/<uuid:piece>/", views.piece_here, name="piece_here"),
    path("g/exchange/here/<uuid:piece>/answer/", views.piece_answer, name="piece_answer"),
]
