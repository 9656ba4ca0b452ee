"""The console that is taken along into a room without network."""

import json

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from setfair.conferences import actions
from setfair.conferences.models import TakenAlong
from setfair.journal.models import Entry

pytestmark = pytest.mark.django_db
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
