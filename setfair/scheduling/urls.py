from __future__ import annotations

from django.urls import include, path

from . import feeds, own_free, own_no_longer, own_offer, own_still, views, views_of_moves, views_of_offers, views_of_rounds

urlpatterns = [
    path("cases/<str:ref>/schedule/", views.schedule, name="schedule"),
    path("cases/<str:ref>/bookings/", views.book, name="book"),
    path("bookings/<uuid:pk>/release/", views_of_moves.booking_release, name="booking_release"),
    path("bookings/<uuid:pk>/move/", views_of_moves.booking_move, name="booking_move"),
    path("people/<uuid:pk>/no-longer/", views_of_moves.no_longer_told, name="no_longer_told"),
    path("people/<uuid:pk>/without/", views_of_moves.go_without, name="go_without"),
    path("g/cannot-come/", own_no_longer.own_no_longer, name="own_no_longer"),
    path("bookings/<uuid:pk>/seats/", views.booking_seats, name="booking_seats"),
    path("cases/<str:ref>/times/", views_of_rounds.ask_times, name="ask_times"),
    path("rounds/<uuid:pk>/close/", views_of_rounds.round_close, name="round_close"),
    path("rounds/<uuid:pk>/take-back/", views_of_rounds.round_take_back, name="round_take_back"),
    path("people/<uuid:pk>/seat/", views.seat, name="seat"),
    path("people/<uuid:pk>/times/", views.times_for, name="times_for"),
    path("cases/<str:ref>/offers/", views_of_offers.offer, name="offer"),
    path("offers/<uuid:pk>/back/", views_of_offers.offer_back, name="offer_back"),
    path("offered/<uuid:pk>/book/", views_of_offers.offered_book, name="offered_book"),
    path("people/<uuid:pk>/offer/", views_of_offers.offer_told, name="offer_told"),
    path("g/offer/", own_offer.own_offer, name="own_offer"),
    path("me/calendar/", feeds.own_calendar, name="own_calendar"),
    path("me/calendar/end/", feeds.own_calendar_end, name="own_calendar_end"),
    path("cal/<str:token>.ics", feeds.feed, name="feed"),
    path("g/still/", own_still.still, name="still"),
    path("g/free/", own_free.own_free, name="own_free"),
    path("g/times/", views.times, name="times"),
    path("", include("setfair.scheduling.urls_of_team")),
    path("g/appointment.ics", views.meeting_file, name="meeting_file"),
]
