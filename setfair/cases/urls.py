from __future__ import annotations

from django.urls import path

from .views import close, custody, limits, mine, people, route, sealing, team

urlpatterns = [
    path("cases/<str:ref>/people/", people.case_people, name="case_people"),
    path("cases/<str:ref>/people/add/", people.people_add, name="people_add"),
    path("cases/<str:ref>/no-contact/", people.no_contact, name="no_contact"),
    path("cases/<str:ref>/no-contact/over/", people.no_contact_over, name="no_contact_over"),
    path("cases/<str:ref>/no-contact/paper/", limits.order_paper, name="order_paper"),
    path("people/<uuid:pk>/conditions/", limits.conditions, name="conditions"),
    path("people/<uuid:pk>/conditions/over/", limits.condition_over, name="condition_over"),
    path("people/<uuid:pk>/custody/", custody.custody, name="custody"),
    path("people/<uuid:pk>/custody/over/", custody.custody_over, name="custody_over"),
    path("people/<uuid:pk>/custody/visits/", custody.visit_add, name="visit_add"),
    path("people/<uuid:pk>/custody/visits/off/", custody.visit_off, name="visit_off"),
    path("people/<uuid:pk>/custody/asked/", custody.clearance_asked, name="clearance_asked"),
    path("people/<uuid:pk>/details/", people.person_details, name="person_details"),
    path("people/<uuid:pk>/place/", people.person_place, name="person_place"),
    path("people/<uuid:pk>/leave/", people.person_leave, name="person_leave"),
    path("cases/<str:ref>/team/", team.assignments, name="assignments"),
    path("cases/<str:ref>/team/add/", team.assign, name="assign"),
    path("cases/<str:ref>/team/close/", close.close_ties, name="close_ties"),
    path("cases/<str:ref>/team/close/over/", close.close_over, name="close_over"),
    path("cases/<str:ref>/team/close/agreed/", close.close_agreed, name="close_agreed"),
    path("mine/", mine.mine, name="duties"),
    path("mine/asked/<uuid:pk>/", mine.duty, name="duty"),
    path("mine/helping/<uuid:pk>/known/", mine.known_there, name="known_there"),
    path("p/<slug:programme>/day/<str:token>/", mine.duty_link, name="duty_link"),
    path("cases/duties/<uuid:pk>/off/", mine.duty_off, name="duty_off"),
    path("team/assignments/<uuid:pk>/end/", team.unassign, name="unassign"),
    path("cases/<str:ref>/kept-out/", team.keep_out, name="keep_out"),
    path("cases/kept-out/<uuid:pk>/over/", team.let_back, name="let_back"),
    path("cases/<str:ref>/sealed/", sealing.seal, name="seal"),
    path("cases/<str:ref>/sealed/name/", sealing.name, name="seal_name"),
    path("cases/<str:ref>/sealed/over/", sealing.unseal, name="unseal"),
    path("cases/<str:ref>/sealed/<uuid:pk>/over/", sealing.unname, name="unname"),
    path("cases/<str:ref>/hand-over/", team.hand_over, name="hand_over"),
    path("cases/<str:ref>/route/", route.case_route, name="case_route"),
    path("cases/<str:ref>/hold/", team.hold, name="hold"),
    path("cases/<str:ref>/hold/over/", team.lift, name="lift"),
]
