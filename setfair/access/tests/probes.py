"""Pages that exist only in these tests, beside the real ones, to see what the front door does around a page."""

from __future__ import annotations

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.urls import include, path

from setfair.access.arrival import let_in
from setfair.access.doors import door, open_door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.core import tenant
from setfair.journal.actions import record
from setfair.programmes.models import Room


def without_a_door(request):
    return HttpResponse("You should not see this.")


@open_door
def where_am_i(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.programme', true), (SELECT count(*) FROM programmes_programme)")
        setting, seen = cursor.fetchone()
    return JsonResponse({"setting": setting, "seen": seen, "atomic": connection.in_atomic_block, "kind": request.actor.kind})


@door(Permission.SEE_TODAY)
def write_and_fail(request, programme):
    Room.objects.create(name=request.POST["name"])
    if request.POST["how"] == "raise":
        raise RuntimeError("on purpose")
    return HttpResponse(status=int(request.POST["how"]))


@door(Permission.SEE_TODAY)
def cut_in_the_middle(request, programme):
    Room.objects.create(name=request.POST["name"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return HttpResponse("You should not see this.")


@open_door
def try_code_and_fail(request):
    let_in(request, request.POST["code"])
    raise RuntimeError("on purpose")


@door(Permission.SEE_TODAY)
def keep(request, programme):
    return HttpResponse(request.POST.get("story", ""))


@door(Permission.TAKE_PART, Participation)
def mine(request, participation):
    return HttpResponse(f"{participation.pk} {tenant.current()}")


@door(Permission.TAKE_PART, Participation)
def taken(request, participation):
    record("took_copy", participation, by=request.actor)
    return HttpResponse(b"%PDF", content_type="application/pdf")


@door(Permission.FOLLOW_REFERRAL)
def nobodys(request, programme):
    return HttpResponse("You should not see this.")


@open_door
def public(request, programme):
    return JsonResponse({"here": str(request.programme.pk) if request.programme else "", "kind": request.actor.kind})


handler500 = "setfair.access.kept.on_error"
urlpatterns = [
    path("probe/without/", without_a_door, name="without"),
    path("probe/where/", where_am_i, name="where"),
    path("probe/fail/", write_and_fail, name="write_and_fail"),
    path("probe/cut/", cut_in_the_middle, name="cut_in_the_middle"),
    path("probe/code/", try_code_and_fail, name="try_code"),
    path("probe/keep/", keep, name="keep"),
    path("probe/mine/", mine, name="mine"),
    path("probe/mine/<uuid:pk>/", mine, name="mine_by_key"),
    path("probe/taken/", taken, name="taken"),
    path("probe/nobodys/", nobodys, name="nobodys"),
    path("probe/p/<slug:programme>/", public, name="public_probe"),
    path("", include("config.urls")),
]
