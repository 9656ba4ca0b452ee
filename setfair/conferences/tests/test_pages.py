import re
from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.conferences import actions
from setfair.conferences.models import Attendance, PageTurn
from setfair.people.models import Person
from setfair.scheduling.actions import release
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db
READERS = [("cora", 200), ("fadi", 200), ("ines", 200), ("malik", 200)]
OTHERS = [(who, 404) for who in ("mina", "tova", "sven", "ada", "nour", "lena")]


def shown(page, kind):
    """How many tags of a kind can be seen: each place has both, and one of them or none is shown."""
    hidden = re.findall(rf'hidden>\s*<span class="tag tag--{kind}', page)
    return page.count(f"tag--{kind}") - len(hidden)


def url(name, conference):
    return reverse(name, args=[conference.pk])


@pytest.mark.mission("S0.2")
@pytest.mark.parametrize(("who", "status"), READERS + OTHERS)
def test_who_may_open_the_day(client, village, on_the_day, who, status):
    village.sign_in(client, who)
    for page in ("conference", "script_page", "pause"):
        assert client.get(url(page, on_the_day.conference)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("fadi", 200), ("ines", 404), ("malik", 404), *OTHERS])
def test_who_may_run_it(client, village, on_the_day, who, status):
    village.sign_in(client, who)
    conference = on_the_day.conference
    for page in ("stop_safely", "run_sheet"):
        assert client.get(url(page, conference)).status_code == status
    for act in ("convene", "conclude", "adjourn", "arrivals"):
        refused = client.post(url(act, conference), {"participation": on_the_day.hana.pk, "came": "no"}).status_code == 404
        assert refused is (status == 404)
    if status == 404:
        assert (on_the_day.conference.stage, Attendance.objects.count()) == ("planned", 0)


@pytest.mark.parametrize("who", ["hana", "rami", "otto"])
def test_participants_have_no_such_page(client, village, on_the_day, who):
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    village.enter(client, {**on_the_day.people, **other.people}[who])
    assert client.get(url("conference", on_the_day.conference)).status_code == 302
    assert client.post(url("turns", on_the_day.conference), {"page": 2}).status_code == 401
    assert PageTurn.objects.count() == 0


@pytest.mark.parametrize(
    ("days", "status"),
    [(-8, 404), (-6, 200), (0, 200), (6, 200), (8, 404)],
    ids=["too soon", "that week", "the day", "the week after", "too late"],
)
def test_a_student_sees_it_only_in_the_days_around_it(client, village, planned, days, status):
    with at(planned.booking.starts_at + timedelta(days=days)):
        village.sign_in(client, "ines")
        assert client.get(url("conference", planned.conference)).status_code == status
        assert client.get(url("script_page", planned.conference)).status_code == status
        around = planned.case.alias in client.get(reverse("today")).content.decode()
        assert around == (status == 200)
        assert client.post(url("turns", planned.conference), {"page": 1}).status_code == (422 if status == 200 else 404)
        village.sign_in(client, "fadi")
        assert client.get(url("conference", planned.conference)).status_code == 200


def test_a_student_who_was_taken_off_or_whose_circle_is_off_sees_nothing(client, village, on_the_day):
    conference = on_the_day.conference
    cases.unassign(on_the_day.case.assignments.get(facilitator=village.facilitator("ines")), by=on_the_day.coordinator)
    assert village.sign_in(client, "ines").get(url("conference", conference)).status_code == 404
    release(on_the_day.booking, by=on_the_day.coordinator)
    assert village.sign_in(client, "malik").get(url("conference", conference)).status_code == 404


@pytest.mark.mission("S0.2")
def test_a_student_sees_first_names_roles_chairs_and_the_script_and_nothing_else(client, village, on_the_day):
    hana = Person.objects.get(pk=on_the_day.hana.person_id)
    hana.needs, hana.interpreter = "a seat by the door", True
    hana.save()
    for stage in ("planned", "live", "concluded"):
        if stage == "live":
            on_the_day.begin()
            actions.mark_attendance(on_the_day.conference, on_the_day.hana, by=on_the_day.lead, came=True)
        if stage == "concluded":
            actions.conclude(on_the_day.conference, by=on_the_day.lead)
        page = village.sign_in(client, "ines").get(url("conference", on_the_day.conference)).content.decode()
        assert [
            name
            for name in ("Hana", "Rami", "Sol", "Gail", "person harmed, needs an interpreter", "Come in, and take your time.")
            if name not in page
        ] == []
        secrets = (
            "O'Hara", "O&#x27;Hara", "Delacourt", "home.example", "555-0160", "by the door", on_the_day.case.ref, on_the_day.case.alias,
            "Finish", "Stop safely", "Begin<",
        )  # fmt: skip
        assert [word for word in secrets if word in page] == []
        assert "<title>Northgate Room 12</title>" in page


def test_the_day_from_the_first_arrival_to_what_was_agreed(client, village, on_the_day):
    village.sign_in(client, "fadi")
    conference = on_the_day.conference
    for key, came in (("hana", "yes"), ("rami", "no"), ("rami", "yes"), ("sol", "no"), ("gail", "yes")):
        client.post(url("arrivals", conference), {"participation": on_the_day.people[key].pk, "came": came})
    before = client.get(url("conference", conference)).content.decode()
    assert (shown(before, "done"), shown(before, "wait")) == (3, 1)
    assert "7 chairs in a circle" in before
    assert client.post(url("convene", conference)).status_code == 302
    first = client.get(url("conference", conference)).content.decode()
    assert ("Arrive and settle" in first, "1 of 18" in first, "3 came" in first) == (True, True, True)
    client.post(url("turns", conference), {"page": 5})
    asking = client.get(url("conference", conference)).content.decode()
    assert ('<li aria-current="true"><bdi>Rami</bdi></li>' in asking, "Tell us what happened, from your side." in asking) == (True, True)
    client.post(url("turns", conference), {"page": 21})
    assert "Finish and write it down" in client.get(url("conference", conference)).content.decode()
    answer = client.post(url("conclude", conference))
    assert (answer.status_code, answer["Location"]) == (302, reverse("agreement", args=[on_the_day.case.ref]))
    assert "You have met" in client.get(url("conference", conference)).content.decode()


def test_it_says_who_did_not_come_and_can_be_finished_all_the_same(client, village, on_the_day):
    village.sign_in(client, "fadi")
    conference = on_the_day.conference
    client.post(url("arrivals", conference), {"participation": on_the_day.hana.pk, "came": "no"})
    assert "Hana is not here." in client.get(url("conference", conference)).content.decode()
    on_the_day.ask_at_the_door()
    client.post(url("convene", conference))
    client.post(url("turns", conference), {"page": 21})
    assert "Hana did not come. You can finish all the same." in client.get(url("conference", conference)).content.decode()
    refused = client.post(url("conclude", conference))
    assert (refused.status_code, "Nobody is marked as having come. Please mark who came, then finish." in refused.content.decode()) == (422, True)
    assert client.post(url("arrivals", conference), {"participation": on_the_day.rami.pk, "came": "yes"}).status_code == 302
    assert client.post(url("conclude", conference)).status_code == 302
    after = client.get(url("conference", conference)).content.decode()
    assert (shown(after, "done"), shown(after, "wait")) == (1, 1)
    assert "You can put it right until everyone has signed." in after


@pytest.mark.parametrize("days", [-2, 1])
def test_on_another_day_than_the_booked_one_beginning_is_asked_about_first(client, village, planned, days):
    with at(planned.booking.starts_at + timedelta(days=days)):
        village.sign_in(client, "fadi")
        planned.ask_at_the_door()
        asked = client.post(url("convene", planned.conference))
        page = asked.content.decode()
        assert (asked.status_code, planned.conference.stage) == (422, "planned")
        assert ("It is booked for another day:" in page, "Begin now all the same" in page) == (True, True)
        assert client.post(url("convene", planned.conference), {"another_day": "on"}).status_code == 302
        assert planned.conference.stage == "live"
        assert client.post(url("convene", planned.conference)).status_code == 302


def test_on_the_booked_day_it_begins_at_once(client, village, on_the_day):
    village.sign_in(client, "fadi")
    assert "Begin now all the same" not in client.get(url("conference", on_the_day.conference)).content.decode()
    on_the_day.ask_at_the_door()
    assert client.post(url("convene", on_the_day.conference)).status_code == 302


def test_who_came_is_marked_from_the_script_too_by_whoever_leads(client, village, on_the_day):
    on_the_day.begin()
    there = url("arrivals", on_the_day.conference)
    assert there in village.sign_in(client, "fadi").get(url("conference", on_the_day.conference)).content.decode()
    assert there not in village.sign_in(client, "ines").get(url("conference", on_the_day.conference)).content.decode()


def test_what_stands_in_the_way_is_said_on_the_page(client, village, on_the_day):
    cases.unassign(on_the_day.case.assignments.get(facilitator=village.facilitator("ines")), by=on_the_day.coordinator)
    answer = village.sign_in(client, "fadi").post(url("convene", on_the_day.conference))
    assert (answer.status_code, "1 more student facilitator is needed." in answer.content.decode()) == (422, True)


def test_each_form_twice_writes_once_and_what_is_out_of_order_gets_a_sentence(client, village, on_the_day):
    village.sign_in(client, "fadi")
    conference = on_the_day.conference
    assert client.post(url("conclude", conference)).status_code == 422
    on_the_day.ask_at_the_door()
    for act, form in (
        ("arrivals", {"participation": on_the_day.hana.pk, "came": "yes"}),
        ("convene", {}),
        ("turns", {"page": 3}),
        ("conclude", {}),
    ):
        assert [client.post(url(act, conference), form).status_code for _time in (1, 2)] == [302, 302]
    assert (Attendance.objects.count(), PageTurn.objects.count()) == (1, 1)
    started = on_the_day.conference.started_at
    late = (("turns", {"page": 4}), ("adjourn", {"reason": "asked"}), ("convene", {}))
    for act, form in late:
        assert client.post(url(act, conference), form).status_code == 422
    assert on_the_day.conference.started_at == started


@pytest.mark.parametrize("form", [{}, {"page": "last"}, {"page": "-1"}, {"page": "99"}, {"page": "9" * 30}])
def test_a_page_that_is_none_gets_a_sentence(client, village, on_the_day, form):
    on_the_day.begin()
    answer = village.sign_in(client, "ines").post(url("turns", on_the_day.conference), form)
    assert (answer.status_code, "no such page" in answer.content.decode()) == (422, True)
    assert client.get(url("script_page", on_the_day.conference), form).status_code == 200


def test_stopping_safely_has_five_lines_and_leaves_the_case_ready(client, village, on_the_day):
    on_the_day.begin()
    village.sign_in(client, "fadi")
    assert client.get(url("stop_safely", on_the_day.conference)).content.decode().split("<ol>")[1].split("</ol>")[0].count("<li>") == 5
    answer = client.post(url("stop_safely", on_the_day.conference), {"reason": "too_much"}, follow=True)
    assert "You have stopped for today." in answer.content.decode()
    on_the_day.case.refresh_from_db()
    assert on_the_day.case.stage == Stage.READY


def test_the_run_sheet_holds_the_whole_hour(client, village, on_the_day):
    page = village.sign_in(client, "fadi").get(url("run_sheet", on_the_day.conference)).content.decode()
    wanted = ("Tell us what happened, from your side.", "If it goes quiet", "7 chairs in a circle", "Meeting room", "19. Before we go")
    assert [words for words in wanted if words not in page] == ["19. Before we go"]
    assert "17. Before we go" in page
    assert "O&#x27;Hara" not in page


def test_from_the_case_to_its_day(client, village, on_the_day):
    village.sign_in(client, "fadi")
    answer = client.get(reverse("conference_of_case", args=[on_the_day.case.ref]))
    assert answer["Location"] == url("conference", on_the_day.conference)
    empty = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    cases.assign(empty.case, by=empty.coordinator, facilitator=village.facilitator("mina"), part="co")
    village.sign_in(client, "mina")
    assert client.get(reverse("conference_of_case", args=[empty.case.ref]))["Location"] == reverse("schedule", args=[empty.case.ref])
    assert client.get(reverse("conference_of_case", args=[on_the_day.case.ref])).status_code == 404


@pytest.mark.parametrize("stage", ["planned", "live"])
def test_the_page_asks_equally_often_for_two_people_and_for_four(client, village, stage, django_assert_max_num_queries, at_scheduled):
    counts = []
    with village.inside():
        pair = case_at(village, Stage.SCHEDULED, circle=OTHER, matter=3)
        for story in (pair, at_scheduled):
            with at(story.booking.starts_at):
                if stage == "live":
                    story.begin()
                village.sign_in(client, "fadi")
                client.get(url("conference", story.conference))
                with django_assert_max_num_queries(60) as asked:
                    assert client.get(url("conference", story.conference)).status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1]
