"""The people, the team and the rest of a case: who may look, who may change, and what a refusal leaves on the page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions, queries
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Role
from setfair.cases.route import How
from setfair.facilitators.actions import lapse
from setfair.letters.actions import Address, Words, write
from setfair.people.models import NoContact, Person
from setfair.people.queries import ways
from setfair.village.story import case_at, opened

RUNNERS = [("cora", True), ("sven", False), ("fadi", False), ("mina", False), ("ines", False), ("ada", False), ("nour", False)]


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        return at_preparing


@pytest.mark.parametrize("page", ["case_people", "assignments", "hold"])
@pytest.mark.parametrize(("who", "may"), RUNNERS)
def test_who_may_look(client, village, story, page, who, may):
    assert village.sign_in(client, who).get(reverse(page, args=[story.case.ref])).status_code == (200 if may else 404)


@pytest.mark.parametrize(
    ("who", "tabs"),
    [
        ("cora", ["Overview", "People", "Schedule", "Agreement", "Notes", "Files", "History"]),
        ("fadi", ["Overview", "Schedule", "Agreement", "Notes", "Files", "History"]),
        ("sven", ["Overview", "Notes", "Files", "History"]),
        ("ines", []),
        ("nour", []),
    ],
)
def test_each_reader_is_shown_the_tabs_that_open_for_them(village, story, who, tabs):
    with village.inside():
        frame = queries.frame(story.case, "case")
        assert [tab["label"] for tab in queries.open_tabs(frame["tabs"], story.case, village.actor(who))] == tabs


def soon():
    return f"{timezone.localdate() + actions.A_REST:%Y-%m-%d}"


def posts(story):
    ref, part = [story.case.ref], Assignment.objects.filter(case=story.case, part="student").first()
    return {
        "people_add": (ref, {"name": "Uma", "role": "supporter", "language": "en", "stands_by": str(story.hana.pk)}),
        "no_contact": (ref, {"one": str(story.hana.pk), "other": str(story.rami.pk)}),
        "assign": (ref, {"facilitator": str(story.village.facilitator("mina").pk), "part": "co"}),
        "unassign": ([part.pk], {}),
        "hold": (ref, {"reason": "exams", "look_on": soon()}),
        "lift": (ref, {}),
        "person_leave": ([story.sol.pk], {}),
        "person_details": ([story.sol.pk], {"name": "Sol", "language": "en"}),
    }


@pytest.mark.parametrize("page", ["people_add", "no_contact", "assign", "unassign", "hold", "lift", "person_leave", "person_details"])
@pytest.mark.parametrize(("who", "may"), RUNNERS)
def test_who_may_change(client, village, story, page, who, may):
    with village.inside():
        where, said = posts(story)[page]
    assert village.sign_in(client, who).post(reverse(page, args=where), said).status_code == (302 if may else 404)


@pytest.mark.parametrize("page", ["case_people", "assignments", "hold"])
def test_somebody_of_the_circle_is_sent_to_the_entrance(client, village, story, page):
    answer = village.enter(client, story.hana).get(reverse(page, args=[story.case.ref]))
    assert answer.url.split("?")[0] == reverse("account_login")


def test_a_person_is_added_with_their_safe_ways(client, village, story):
    village.sign_in(client, "cora").post(
        reverse("people_add", args=[story.case.ref]),
        {
            "name": "مريم O'Hara-Núñez 🌱",
            "role": "guardian",
            "language": "ar",
            "stands_by": str(story.rami.pk),
            "has_authority": "on",
            "post": "PO Box 7",
        },
    )
    with village.inside():
        added = queries.circle(story.case)[-1]
        assert (added.person.name, added.role, added.stands_by, added.has_authority) == (
            "مريم O'Hara-Núñez 🌱",
            "guardian",
            story.rami,
            True,
        )
        assert {c.way: c.value for c in added.person.contacts.all()} == {"post": "PO Box 7"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Please fill this in."),
        ({"birth_year": "1850"}, "Ensure this value is greater than or equal to 1900."),
        ({"stands_by": "00000000-0000-4000-8000-000000000000"}, "Select a valid choice."),
        ({"has_authority": "on"}, "Only a parent or guardian may decide, and only for the person they stand by."),
        ({"email": "nowhere"}, "Enter a valid email address."),
    ],
)
def test_a_refusal_keeps_what_was_typed(client, village, story, said, sentence):
    answer = village.sign_in(client, "cora").post(
        reverse("people_add", args=[story.case.ref]),
        {"name": "Uma", "role": "supporter", "language": "en", "needs": "near the door", **said},
    )
    assert (answer.status_code, sentence in answer.content.decode(), "near the door" in answer.content.decode()) == (422, True, True)
    with village.inside():
        assert len(queries.circle(story.case)) == 4


def test_two_people_are_kept_apart_until_it_is_over(client, village, story):
    cora = village.sign_in(client, "cora")
    cora.post(reverse("no_contact", args=[story.case.ref]), {"one": str(story.rami.pk), "other": str(story.hana.pk), "by_order": "on"})
    page = cora.get(reverse("case_people", args=[story.case.ref])).content.decode()
    assert "No contact between two people here" in page
    with village.inside():
        wall = NoContact.objects.get()
    same = cora.post(reverse("no_contact", args=[story.case.ref]), {"one": str(story.rami.pk), "other": str(story.rami.pk)})
    assert (same.status_code, "Please choose two different people." in same.content.decode()) == (422, True)
    assert cora.post(reverse("no_contact_over", args=[story.case.ref]), {"wall": str(wall.pk)}).status_code == 302
    assert cora.post(reverse("no_contact_over", args=[story.case.ref]), {"wall": str(wall.pk)}).status_code == 422
    with village.inside():
        assert queries.kept_apart(story.case) == []


def test_a_wall_of_another_case_is_not_taken_away_from_here(client, village, story):
    with village.inside():
        other = case_at(village, Stage.PREPARING, matter=1)
        wall = actions.bar_contact(other.case, by=other.coordinator, one=other.hana, other=other.rami, by_order=True)
    assert village.sign_in(client, "cora").post(reverse("no_contact_over", args=[story.case.ref]), {"wall": str(wall.pk)}).status_code == 422
    with village.inside():
        assert queries.kept_apart(other.case) == [wall]


def test_an_uncertified_facilitator_is_refused_in_one_sentence(client, village, story):
    with village.inside():
        mina = village.facilitator("mina")
        lapse(mina, by=village.actor("cora"))
    answer = village.sign_in(client, "cora").post(reverse("assign", args=[story.case.ref]), {"facilitator": str(mina.pk), "part": "co"})
    assert (answer.status_code, "Mina Castell is not certified today" in answer.content.decode()) == (422, True)


def test_a_facilitator_of_the_next_programme_cannot_be_named(client, village, story):
    with village.inside(village.county):
        lena = village.facilitator("lena")
    answer = village.sign_in(client, "cora").post(reverse("assign", args=[story.case.ref]), {"facilitator": str(lena.pk), "part": "co"})
    assert answer.status_code == 422


def test_a_case_rests_and_goes_on(client, village, story):
    cora = village.sign_in(client, "cora")
    assert cora.post(reverse("hold", args=[story.case.ref]), {"reason": "because Hana is ill"}).status_code == 422
    cora.post(reverse("hold", args=[story.case.ref]), {"reason": "away", "look_on": soon()})
    assert "On hold" in cora.get(reverse("case_people", args=[story.case.ref])).content.decode()
    cora.post(reverse("lift", args=[story.case.ref]))
    assert "On hold" not in cora.get(reverse("case_people", args=[story.case.ref])).content.decode()


def test_what_is_written_about_somebody_is_put_right(client, village, story):
    cora = village.sign_in(client, "cora")
    page = cora.get(reverse("person_details", args=[story.hana.pk])).content.decode()
    assert ("hana@home.example" in page, "O&#x27;Hara-Núñez" in page) == (True, True)
    answer = cora.post(reverse("person_details", args=[story.hana.pk]), {"name": "Hana", "language": "es", "sms": "555-0171"})
    assert answer.url == reverse("person", args=[story.hana.pk])
    with village.inside():
        person = Person.objects.get(pk=story.hana.person_id)
        assert (person.name, person.language) == ("Hana", "es")
        assert {c.way: c.value for c in person.contacts.filter(ended_at__isnull=True)} == {"sms": "555-0171"}
    assert cora.post(reverse("person_details", args=[story.hana.pk]), {"name": " ", "language": "es"}).status_code == 422


def test_the_page_costs_the_same_for_one_and_for_nine(client, village):
    with village.inside():
        story = opened(village)
        actions.add_person(story.case, by=story.coordinator, name="Uma", role=Role.COMMUNITY)
    cora, address = village.sign_in(client, "cora"), reverse("case_people", args=[story.case.ref])
    cora.get(address)
    with CaptureQueriesContext(connection) as one:
        cora.get(address)
    with village.inside():
        for n in range(8):
            actions.add_person(story.case, by=story.coordinator, name=f"Neighbour {n}", role=Role.COMMUNITY, needs="water")
    with CaptureQueriesContext(connection) as nine:
        assert cora.get(address).content.decode().count("Neighbour") >= 8
    assert len(nine) == len(one)


@pytest.mark.parametrize(
    ("stage", "states", "now"),
    [
        (Stage.PREPARING, "done done now next next next next", "Preparing"),
        (Stage.READY, "done done now next next next next", "Ready"),
        (Stage.SCHEDULED, "done done done now next next next", "Scheduled"),
        (Stage.CONVENED, "done done done done now next next", "Met"),
        (Stage.FOLLOWING_UP, "done done done done done now next", "Follow-up"),
        (Stage.CLOSED, "done done done done done done done", "Closed"),
    ],
)
def test_the_stations_of_a_case(stage, states, now):
    steps = queries.steps(Case(stage=stage))
    assert " ".join(step["state"] for step in steps) == states
    assert next((step for step in steps if step["state"] == "now"), steps[-1])["label"] == now


@pytest.mark.parametrize(
    ("stage", "drawn"),
    [
        (Stage.PREPARING, "Asked Accepted Preparing* Agreed apart Follow-up Closed"),
        (Stage.READY, "Asked Accepted Ready* Agreed apart Follow-up Closed"),
        (Stage.SCHEDULED, "Asked Accepted Preparing Scheduled* Met Follow-up Closed"),
        (Stage.FOLLOWING_UP, "Asked Accepted Preparing Agreed apart Follow-up* Closed"),
        (Stage.CLOSED, "Asked Accepted Preparing Agreed apart Follow-up Closed"),
    ],
)
def test_where_nobody_meets_nobody_has_met(stage, drawn):
    steps = queries.steps(Case(stage=stage), How.LETTERS)
    assert " ".join(step["label"] + "*" * (step["state"] == "now") for step in steps) == drawn


def test_whether_a_message_may_be_left_is_asked_kept_and_shown(client, village, story):
    cora, hana = village.sign_in(client, "cora"), story.hana
    words = {"name": "Hana", "language": "en", "call": "555-0171", "email": "hana@home.example"}
    there = reverse("person_details", args=[hana.pk])
    assert "By phone, it is OK to leave a message" in cora.get(there).content.decode()
    assert cora.post(there, words | {"call_message": "on"}).status_code == 302
    with village.inside():
        assert {c.way: c.may_leave_message for c in ways(hana.person)} == {"call": True, "email": False}
    assert "a message may be left" in cora.get(reverse("person", args=[hana.pk])).content.decode()
    assert cora.post(there, words).status_code == 302
    assert "leave no message" in cora.get(reverse("person", args=[hana.pk])).content.decode()
    with village.inside():
        assert {c.way: c.may_leave_message for c in ways(hana.person)} == {"call": False, "email": False}


def test_somebody_new_is_asked_it_too(client, village, story):
    said = {"name": "Uma", "role": "community", "language": "en", "sms": "555-0172", "sms_message": "on", "call": "555-0172"}
    village.sign_in(client, "cora").post(reverse("people_add", args=[story.case.ref]), said)
    with village.inside():
        uma = next(p for p in queries.circle(story.case) if p.person.name == "Uma")
        assert {c.way: c.may_leave_message for c in ways(uma.person)} == {"sms": True, "call": False}


@pytest.mark.parametrize(("first", "then", "stage"), [("", "on", "due"), ("on", "", "withdrawn")])
def test_what_is_on_its_way_stops_only_when_less_may_be_said(client, village, story, first, then, stage):
    cora, hana = village.sign_in(client, "cora"), story.hana
    there, words = reverse("person_details", args=[hana.pk]), {"name": "Hana", "language": "en", "email": "h@home.example"}
    cora.post(there, words | {"email_message": first})
    with village.inside():
        said = {"to": Address("email", "h@home.example"), "reader": hana.person_id, "case": story.case.pk, "key": "trial"}
        letter = write(Words("A message for you", "Hello"), by=story.coordinator, **said)
    cora.post(there, words | {"email_message": then})
    with village.inside():
        assert type(letter).objects.get(pk=letter.pk).stage == stage
