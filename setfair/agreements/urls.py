from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("cases/<str:ref>/agreement/", views.agreement, name="agreement"),
    path("cases/<str:ref>/follow-up/", views.follow_up, name="follow_up"),
    path("agreements/<uuid:pk>/promises/", views.promise_add, name="promise_add"),
    path("agreements/<uuid:pk>/present/", views.agreement_present, name="agreement_present"),
    path("agreements/<uuid:pk>/pass-on/", views.agreement_pass_on, name="agreement_pass_on"),
    path("agreements/<uuid:pk>/reopen/", views.agreement_reopen, name="agreement_reopen"),
    path("agreements/<uuid:pk>/rewrite/", views.agreement_rewrite, name="agreement_rewrite"),
    path("agreements/<uuid:pk>/paper/", views.agreement_paper, name="agreement_paper"),
    path("agreements/<uuid:pk>/tablet/", views.tablet, name="tablet"),
    path("people/<uuid:pk>/marks-said/", views.marks_said, name="marks_said"),
    path("people/<uuid:pk>/paper-signature/", views.paper_signature, name="paper_signature"),
    path("people/<uuid:pk>/spoken-signature/", views.spoken_signature, name="spoken_signature"),
    path("promises/<uuid:pk>/", views.item, name="item"),
    path("promises/<uuid:pk>/steps/", views.item_steps, name="item_steps"),
    path("promises/<uuid:pk>/more-time/", views.item_more_time, name="item_more_time"),
    path("promises/<uuid:pk>/words/", views.promise_words, name="promise_words"),
    path("promises/<uuid:pk>/strike/", views.promise_strike, name="promise_strike"),
    path("promises/<uuid:pk>/up/", views.promise_up, name="promise_up"),
    path("check/", views.check, name="check"),
    path("tablet/", views.handed, name="handed"),
    path("tablet/number/", views.handed_number, name="handed_number"),
    path("tablet/sign/", views.handed_sign, name="handed_sign"),
    path("tablet/marks/", views.handed_marks, name="handed_marks"),
    path("tablet/thanks/", views.handed_thanks, name="handed_thanks"),
    path("tablet/back/", views.handed_back, name="handed_back"),
    path("g/agreement/<uuid:pk>/", views.my_agreement, name="my_agreement"),
    path("g/agreement/<uuid:pk>/marks/", views.my_marks, name="my_marks"),
    path("g/agreement/<uuid:pk>/signatures/", views.sign, name="sign"),
    path("g/agreement/<uuid:pk>/concerns/", views.my_concern, name="my_concern"),
    path("g/agreement/<uuid:pk>/no/", views.my_no, name="my_no"),
    path("g/agreement/<uuid:pk>/rest/", views.my_rest, name="my_rest"),
    path("g/agreement/<uuid:pk>/paper/", views.my_paper, name="my_paper"),
    path("g/promises/<uuid:pk>/", views.proof, name="proof"),
    path("g/promises/<uuid:pk>/file/", views.proof_file, name="proof_file"),
    path("g/promises/<uuid:pk>/file/send/", views.proof_file_send, name="proof_file_send"),
    path("g/promises/<uuid:pk>/file/again/", views.proof_file_again, name="proof_file_again"),
]
