from __future__ import annotations

from django.urls import path

from .views import apart, arriving, contact, own, person, ready, worry

ME, CHILD = {"about": "me"}, {"about": "child"}

urlpatterns = [
    path("g/", own.home, name="home"),
    path("code/new/", arriving.new_link, name="new_link"),
    path("g/code/", own.way_back, name="way_back"),
    path("g/choice/", own.choice, ME, name="choice"),
    path("g/choice/agree/", own.agree, ME, name="choice_agree"),
    path("g/choice/said/", own.said, ME, name="choice_said"),
    path("g/choice/child/", own.choice, CHILD, name="choice_child"),
    path("g/choice/child/agree/", own.agree, CHILD, name="choice_child_agree"),
    path("g/choice/child/said/", own.said, CHILD, name="choice_child_said"),
    path("g/stop/", own.stop, ME, name="stop"),
    path("g/stop/child/", own.stop, CHILD, name="stop_child"),
    path("g/call/", own.call_me, name="call_me"),
    path("g/questions/", own.questions, name="questions"),
    path("g/contact/", contact.my_contact, name="my_contact"),
    path("g/contact/<slug:way>/", contact.my_contact_way, name="my_contact_way"),
    path("g/other/", apart.complain, name="complain"),
    path("r/other/", apart.status_complain, name="status_complain"),
    path("apart/", apart.complaints, name="complaints"),
    path("apart/<uuid:pk>/", apart.complaint, name="complaint"),
    path("apart/<uuid:pk>/taken/", apart.complaint_taken, name="complaint_taken"),
    path("people/<uuid:pk>/", person.person, name="person"),
    path("people/<uuid:pk>/contact/", contact.contact, name="contact"),
    path("people/<uuid:pk>/contact/reading/", contact.contact_reading, name="contact_reading"),
    path("people/<uuid:pk>/contact/<slug:way>/", contact.contact_way, name="contact_way"),
    path("people/<uuid:pk>/meetings/", person.meetings, name="meetings"),
    path("people/<uuid:pk>/consents/", person.consents, name="consents"),
    path("people/<uuid:pk>/acknowledgements/", person.acknowledgements, name="acknowledgements"),
    path("people/<uuid:pk>/no-guardian/", person.no_guardian, name="no_guardian"),
    path("people/<uuid:pk>/safety/", person.safety_checks, name="safety_checks"),
    path("people/<uuid:pk>/worry/", worry.sign_off, name="sign_off"),
    path("people/<uuid:pk>/invitations/", person.invitations, name="invitations"),
    path("people/<uuid:pk>/codes/", person.codes, name="codes"),
    path("cases/<str:ref>/worry/", worry.sign_off_gate, name="sign_off_gate"),
    path("cases/<str:ref>/ready/", ready.ready, name="ready"),
    path("cases/<str:ref>/ready/declare/", ready.declare, name="declare_ready"),
    path("cases/<str:ref>/ready/aside/", ready.set_aside, name="set_aside"),
]
