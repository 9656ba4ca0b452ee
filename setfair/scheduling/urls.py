from __future__ import annotations

from django.urls import path

from . import feeds, own_free, own_still, views, views_of_rounds

urlpatterns = [
    path("cases/<str:ref>/schedule/", views.schedule, name="schedule"),
    path("cases/<str:ref>/bookings/", views.book, name="book"),
    path("bookings/<uuid:pk>/release/", views.booking_release, name="booking_release"),
    path("bookings/<uuid:pk>/seats/", views.booking_seats, name="booking_seats"),
    path("cases/<str:ref>/times/", views_of_rounds.ask_times, name="ask_times"),
    path("rounds/<uuid:pk>/close/", views_of_rounds.round_close, name="round_close"),
    path("rounds/<uuid:pk>/take-back/", views_of_rounds.round_take_back, name="round_take_back"),
    path("people/<uuid:pk>/seat/", views.seat, name="seat"),
    path("people/<uuid:pk>/times/", views.times_for, name="times_for"),
    path("me/calendar/", feeds.own_calendar, name="own_calendar"),
    path("me/calendar/end/", feeds.own_calendar_end, name="own_calendar_end"),
    path("cal/<str:token>.ics", feeds.feed, name="feed"),
    path("g/still/", own_still.still, name="still"),
    path("g/free/", own_free.own_free, name="own_free"),
    path("g/times/", views.times, name="times"),
    path("g/appointment.ics", views.meeting_file, name="meeting_file"),
]
