from django.urls import path

from . import views

urlpatterns = [
    path("floor/", views.empty),
    path("floor/list/", views.listing),
    path("floor/found/", views.found),
    path("floor/<int:pk>/", views.detail),
    path("floor/send/", views.send),
]
