from __future__ import annotations

from django.urls import include, path

from .views import back_in, case, cases, emergency, front, incoming, joining, post, seen_as, today, waiting

urlpatterns = [
    path("", front.front, name="front"),
    path("begin/", front.begin, name="begin"),
    path("begin/<str:token>/", front.another, name="begin_another"),
    path("joining/", joining.joining, name="joining"),
    path("joining/<uuid:offer>/yes/", joining.yes, name="joining_yes"),
    path("joining/<uuid:offer>/no/", joining.no, name="joining_no"),
    path("today/", today.today, name="today"),
    path("back-in/", back_in.back_in, name="back_in"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<str:ref>/", case.case, name="case"),
    path("cases/<str:ref>/history/", case.case_history, name="case_history"),
    path("cases/<str:ref>/letters/", post.case_letters, name="case_letters"),
    path("cases/<str:ref>/see-as/", seen_as.see_as, name="see_as"),
    path("cases/<str:ref>/see-as/asked/", seen_as.see_as_asker, name="see_as_asker"),
    path("people/<uuid:pk>/see-as/", seen_as.see_as_person, name="see_as_person"),
    path("team/assignments/<uuid:pk>/see-as/", seen_as.see_as_helper, name="see_as_helper"),
    path("emergency/", emergency.break_seal, name="break_seal"),
    path("emergency/<uuid:pk>/", emergency.emergency, name="emergency"),
    path("emergency/<uuid:pk>/look/", emergency.emergency_review, name="emergency_review"),
    path("post/", post.post, name="post"),
    path("hooks/sms/", incoming.sms_hook, name="sms_hook"),
    path("post/back/<uuid:pk>/", incoming.came_back, name="came_back"),
    path("post/back/<uuid:pk>/read/", incoming.came_back_read, name="came_back_read"),
    path("post/strays/", incoming.strays, name="strays"),
    path("post/strays/<uuid:pk>/read/", incoming.stray_read, name="stray_read"),
    path("post/waiting/", waiting.post_waiting, name="post_waiting"),
    path("post/<uuid:pk>/words/", waiting.post_words, name="post_words"),
    path("post/<uuid:pk>/let-go/", waiting.post_let_go, name="post_let_go"),
    path("post/<uuid:pk>/keep-back/", waiting.post_keep_back, name="post_keep_back"),
    path("post/<uuid:pk>/", post.sheet, name="post_sheet"),
    path("post/<uuid:pk>/handed/", post.handed, name="post_handed"),
    path("post/<uuid:pk>/told/", post.told, name="post_told"),
    path("post/<uuid:pk>/again/", post.again, name="post_again"),
    path("post/<uuid:pk>/other-way/", post.other_way, name="post_other_way"),
    path("", include("setfair.desk.views.settings.urls")),
]
