from __future__ import annotations

from django.urls import path

from . import feeds, own_helpers, own_still, team_builder, views

urlpatterns = [
    path("cases/<str:ref>/schedule/", views.schedule, name="schedule"),
    path("cases/<str:ref>/bookings/", views.book, name="book"),
    path("bookings/<uuid:pk>/release/", views.booking_release, name="booking_release"),
    path("bookings/<uuid:pk>/seats/", views.booking_seats, name="booking_seats"),
    path("people/<uuid:pk>/seat/", views.seat, name="seat"),
    path("people/<uuid:pk>/times/", views.times_for, name="times_for"),
    path("me/calendar/", feeds.own_calendar, name="own_calendar"),
    path("me/calendar/end/", feeds.own_calendar_end, name="own_calendar_end"),
    path("cal/<str:token>.ics", feeds.feed, name="feed"),
    path("g/still/", own_still.still, name="still"),
    path("cases/<str:ref>/team/build/", team_builder.team_builder, name="team_builder"),
    path("cases/<str:ref>/team/build/next/", team_builder.ask_next, name="ask_next"),
    path("g/helpers/", own_helpers.helpers, name="helpers"),
    path("g/times/", views.times, name="times"),
    path("g/appointment.ics", views.meeting_file, name="meeting_file"),
]
