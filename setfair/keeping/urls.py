from __future__ import annotations

from django.urls import path

from .views import askings, holds, one, own, privacy, rules

urlpatterns = [
    path("privacy/", privacy.privacy_here, name="privacy_here"),
    path("p/<slug:programme>/privacy/<slug:audience>/", privacy.privacy, name="privacy"),
    path("settings/keeping/", rules.keeping_rules, name="keeping_rules"),
    path("keeping/", rules.keeping, name="keeping"),
    path("keeping/holds/", holds.legal_holds, name="legal_holds"),
    path("keeping/holds/stays/", holds.legal_hold_stays, name="legal_hold_stays"),
    path("keeping/holds/lift/", holds.legal_hold_lift, name="legal_hold_lift"),
    path("cases/<str:ref>/keeping/", one.case_keeping, name="case_keeping"),
    path("cases/<str:ref>/keeping/longer/", one.case_keep_longer, name="case_keep_longer"),
    path("cases/<str:ref>/keeping/may-go/", one.case_may_go, name="case_may_go"),
    path("requests/<str:ref>/keeping/", one.request_keeping, name="request_keeping"),
    path("requests/<str:ref>/keeping/longer/", one.request_keep_longer, name="request_keep_longer"),
    path("requests/<str:ref>/keeping/may-go/", one.request_may_go, name="request_may_go"),
    path("g/kept/", own.own_record, name="own_record"),
    path("g/kept/copy/", own.own_copy, name="own_copy"),
    path("g/kept/copy/file/", own.own_copy_file, name="own_copy_file"),
    path("r/kept/", own.status_record, name="status_record"),
    path("r/kept/copy/", own.status_copy, name="status_copy"),
    path("r/kept/copy/file/", own.status_copy_file, name="status_copy_file"),
    path("people/<uuid:pk>/asked/", askings.asking_noted, name="asking_noted"),
    path("askings/<uuid:pk>/", askings.asking, name="asking"),
]
