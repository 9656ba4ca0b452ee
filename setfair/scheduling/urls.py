from __future__ import annotations

from django.urls import include, path

from . import feeds, own_still, views

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
    path("g/times/", views.times, name="times"),
    path("", include("setfair.scheduling.urls_of_team")),
    path("g/appointment.ics", views.meeting_file, name="meeting_file"),
]
