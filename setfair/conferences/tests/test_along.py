"""The console that is taken along into a room without network."""

import json

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.accounts import pace
from setfair.accounts.devices import end_stay
from setfair.accounts.models import User
from setfair.cases import actions as cases
from setfair.conferences import actions
from setfair.conferences.models import TakenAlong
from setfair.journal.models import Entry
from setfair.programmes.models import Membership

pytestmark = pytest.mark.django_db
PASSWORD = "a calm and open door"
OTHERS = ["mina", "tova", "sven", "ada", "nour", "lena"]


def get(client, name, conference):
    return client.get(reverse(name, args=[conference.pk]))


def told(client, conference):
    return json.loads(get(client, "told_along", conference).content)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_takes_it(client, village, on_the_day, who):
    conference = on_the_day.begin()
    village.sign_in(client, who)
    names = ("get_ready", "told_along", "kept_page", "console_worker")
    assert [get(client, name, conference).status_code for name in names] == [404] * 4
    assert client.post(reverse("get_ready", args=[conference.pk])).status_code == 404
    assert TakenAlong.objects.count() == 0


def test_that_it_was_taken_stands_in_the_history(client, village, on_the_day):
    conference = on_the_day.conference
    answer = village.sign_in(client, "ines").post(reverse("get_ready", args=[conference.pk]))
    (taken,) = TakenAlong.objects.all()
    line = Entry.objects.get(verb="took_along")
    assert (answer.json(), taken.user_id, line.actor_id, line.case_id) == (
        {"taken": str(taken.pk)}, village.users["ines"].pk, village.users["ines"].pk, on_the_day.case.pk,
    )  # fmt: skip


def test_it_is_added_and_never_changed(on_the_day):
    actions.take_along(on_the_day.conference, by=on_the_day.lead)
    for change in ("UPDATE conferences_takenalong SET at = now()", "DELETE FROM conferences_takenalong"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_meeting_that_is_over_is_not_taken_along(client, village, on_the_day):
    conference = on_the_day.begin()
    actions.adjourn(conference, by=on_the_day.lead, reason="asked")
    assert village.sign_in(client, "fadi").post(reverse("get_ready", args=[conference.pk])).status_code == 422


def test_a_student_takes_first_names_roles_and_the_script(client, village, on_the_day):
    """Neither the number of the case nor who did not come."""
    conference = on_the_day.begin()
    actions.mark_attendance(conference, on_the_day.rami, by=on_the_day.lead, came=False)
    lead = told(village.sign_in(client, "fadi"), conference)
    client.logout()
    found = told(village.sign_in(client, "ines"), conference)
    assert (found["runs"], found["ref"], found["came"], found["me"]) == (False, "", {}, str(village.users["ines"].pk))
    secrets = ("O'Hara", on_the_day.case.ref, on_the_day.case.alias, str(on_the_day.rami.pk))
    assert [word for word in secrets if word in json.dumps(found)] == []
    assert (lead["ref"], lead["came"]) == (on_the_day.case.ref, {str(on_the_day.rami.pk): False})
    assert [p["name"] for p in found["people"]] == [p["name"] for p in lead["people"] if p["name"] != "Rami"]


def test_every_page_comes_along_with_its_prompts(client, village, on_the_day):
    conference = on_the_day.begin()
    found = told(village.sign_in(client, "fadi"), conference)
    assert len(found["pages"]) == conference.script.pages.count()
    assert found["pages"][0]["prompts"] and all(page["lines"] for page in found["pages"])


def test_nobodys_name_stands_on_the_page_that_is_kept(client, village, on_the_day):
    page = get(village.sign_in(client, "fadi"), "kept_page", on_the_day.begin()).content.decode()
    names = [p.person.first for p in on_the_day.people.values()]
    assert [name for name in (*names, on_the_day.case.ref) if name in page] == []


def test_one_page_may_name_the_script_and_no_other(client, village, on_the_day):
    village.sign_in(client, "fadi")
    said = {name: get(client, name, on_the_day.conference)["Content-Security-Policy"] for name in ("get_ready", "conference", "kept_page")}
    assert ("trusted-types along;" in said["get_ready"] + ";", "unsafe" in said["get_ready"]) == (True, False)
    assert all("trusted-types 'none'" in said[name] for name in ("conference", "kept_page"))
    assert "require-trusted-types-for 'script'" in said["get_ready"]


def come_in(client, user):
    """By the door: what a stay leaves behind is written there."""
    assert client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def fadi(village, client, monkeypatch):
    cache.clear()
    monkeypatch.setattr(pace, "PACE", 0.0)
    village.fadi.set_password(PASSWORD)
    village.fadi.save()
    return come_in(client, village.fadi)


@pytest.fixture
def holds(on_the_day, fadi):
    """Fadi has the console of a circle under way open."""
    on_the_day.begin()
    assert get(fadi, "conference", on_the_day.conference).status_code == 200
    return fadi


def why(client, story):
    answer = get(client, "told_along", story.conference)
    return answer.status_code, answer.json().get("why")


def runs_out(client):
    session = client.session
    session["started"] -= settings.STAYS["staff"][1] + 60
    session.save()


def new_password(village, story):
    village.fadi.set_password("quite another door")
    village.fadi.save()


def let_go(village, story):
    User.objects.filter(pk=village.fadi.pk).update(is_active=False)


def end_role(village, story):
    Membership.objects.filter(user=village.fadi).update(ended_at=timezone.now())


def unassign(village, story):
    cases.unassign(story.case.assignments.get(facilitator=village.facilitator("fadi")), by=story.coordinator)


def sign_in_elsewhere(village, story):
    come_in(Client(), village.fadi)


def test_a_stay_that_ran_out_at_a_circle_is_said_to_have_run_out(holds, on_the_day):
    runs_out(holds)
    assert [why(holds, on_the_day) for _time in range(2)] == [(401, "ran_out")] * 2
    assert get(holds, "conference", on_the_day.conference).url.startswith(reverse("account_login"))


@pytest.mark.bad_case
def test_the_page_that_was_asked_for_first_takes_nothing_of_it_away(holds, on_the_day):
    runs_out(holds)
    assert holds.get(reverse("today")).status_code == 302
    assert why(holds, on_the_day) == (401, "ran_out")


@pytest.mark.bad_case
@pytest.mark.parametrize("then", [new_password, let_go, end_role, unassign, sign_in_elsewhere])
def test_what_ran_out_can_still_be_ended(holds, village, on_the_day, then):
    runs_out(holds)
    assert why(holds, on_the_day) == (401, "ran_out")
    then(village, on_the_day)
    assert why(holds, on_the_day) == (401, "ended")


@pytest.mark.bad_case
def test_a_stay_that_somebody_ended_is_said_to_be_ended(holds, village, on_the_day):
    stay = UserSession.objects.get(session_key=holds.session.session_key)
    assert end_stay(village.fadi, stay.pk)
    assert [why(holds, on_the_day) for _time in range(2)] == [(401, "ended")] * 2


@pytest.mark.bad_case
@pytest.mark.parametrize("then", [new_password, let_go, end_role])
def test_a_password_an_account_and_a_role_that_end_are_said_to_be_ended(holds, village, on_the_day, then):
    then(village, on_the_day)
    assert why(holds, on_the_day) == (401, "ended")


@pytest.mark.bad_case
@pytest.mark.parametrize("way_out", ["exit", "account_logout"])
def test_whoever_leaves_when_their_stay_had_run_out_has_left(holds, on_the_day, way_out):
    runs_out(holds)
    holds.post(reverse(way_out))
    assert why(holds, on_the_day) == (401, "ended")


def test_whoever_held_no_circle_or_was_never_in_is_told_nothing_else(on_the_day, fadi):
    on_the_day.begin()
    assert why(Client(), on_the_day) == (401, "ended")
    fadi.get(reverse("today"))
    runs_out(fadi)
    assert why(fadi, on_the_day) == (401, "ended")


def test_somebody_who_comes_in_as_somebody_else_has_no_part_in_it(holds, village, on_the_day):
    runs_out(holds)
    assert why(holds, on_the_day) == (401, "ran_out")
    village.enter(holds, on_the_day.hana)
    assert why(holds, on_the_day) == (401, "ended")
    village.sign_in(holds, "mina")
    assert get(holds, "told_along", on_the_day.conference).status_code == 404
