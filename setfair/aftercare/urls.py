from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("check-ins/<uuid:pk>/", views.check_in, name="check_in"),
    path("check-ins/<uuid:pk>/said/", views.check_in_said, name="check_in_said"),
    path("check-ins/<uuid:pk>/put-off/", views.check_in_put_off, name="check_in_put_off"),
    path("check-ins/<uuid:pk>/take-over/", views.check_in_take_over, name="check_in_take_over"),
    path("people/<uuid:pk>/beside/", views.helper, name="helper"),
    path("settings/calls/", views.rhythm, name="rhythm"),
]
