"""The pages of a plan: who may, the whole way through, and as many questions for three lines as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.planning import actions
from setfair.planning.models import Line, Plan
from setfair.planning.tasks import go_on
from setfair.programmes.models import Membership, Role
from setfair.scheduling.models import Booking

from .conftest import FIRST, LAST, only_tuesdays, plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(village, monday, client):
    return village.sign_in(client, "cora")


def page(client, plan, view=""):
    return client.get(reverse("term_plan", args=[plan.pk]), {"view": view} if view else {}).content.decode()


def test_from_the_days_to_what_is_booked(signed_in, village, three):
    begun = signed_in.get(reverse("term"))
    assert "3 cases wait for a time." in begun.content.decode()
    sent = signed_in.post(reverse("term"), {"first": FIRST.isoformat(), "last": LAST.isoformat()}, follow=True)
    assert "It begins within a minute." in sent.content.decode()
    assert sent["Refresh"] == "3"
    go_on(seconds=0.1)
    plan = Plan.objects.get()
    draft = page(signed_in, plan)
    assert "3 of 3 cases have a time." in draft
    assert "4 people have not answered yet." in draft
    weeks = page(signed_in, plan, "weeks")
    assert "Week of 11 Jan 2027" in weeks
    assert not Booking.objects.exists()
    assert "The plan is being booked" in signed_in.post(reverse("term_accept", args=[plan.pk]), follow=True).content.decode()
    go_on()
    assert "3 times are booked." in page(signed_in, plan)


def test_lines_are_pinned_taken_out_and_given_another_time(signed_in, village, three, cora):
    plan = plan_of(village, cora)
    line = Line.objects.filter(plan=plan).order_by("during").first()
    signed_in.post(reverse("term_pin", args=[line.pk]), {"pinned": "yes"})
    assert "Unpin" in page(signed_in, plan)
    offered = signed_in.get(reverse("term_line", args=[line.pk])).context["form"].fields["time"].choices
    chosen = signed_in.post(reverse("term_line", args=[line.pk]), {"time": offered[-1][0]})
    assert chosen.status_code == 302
    line.refresh_from_db()
    assert f"{line.during.lower.isoformat()} {line.room_id}" == offered[-1][0]
    assert signed_in.post(reverse("term_line", args=[line.pk]), {"time": "never"}).status_code == 422
    signed_in.post(reverse("term_out", args=[line.pk]))
    assert "Taken out" in page(signed_in, plan)
    signed_in.post(reverse("term_in", args=[line.pk]))
    assert "Plan again, or choose a time." in page(signed_in, plan)


def test_a_line_that_does_not_hold_any_more_is_told_before_it_is_accepted(signed_in, village, three, cora):
    plan = plan_of(village, cora)
    first, second = Line.objects.filter(plan=plan).select_related("case__programme", "room").order_by("during")[:2]
    actions.scheduling.book(second.case, by=cora, room=first.room, starts_at=first.during.lower, minutes=60)
    draft = page(signed_in, plan)
    assert "2 lines do not hold any more" in draft
    assert "Somebody booked this room in between." in draft
    assert "This has a time already." in draft


def test_what_has_no_time_says_why(signed_in, village, three, cora):
    only_tuesdays()
    plan = plan_of(village, cora)
    left = Line.objects.get(plan=plan, state="left")
    assert "Every time that fits them is another line" in page(signed_in, plan)
    assert "No time fits beside the other lines" in signed_in.get(reverse("term_line", args=[left.pk])).content.decode()


def test_nothing_waits(signed_in, village):
    assert "No case waits for a time now." in signed_in.get(reverse("term")).content.decode()


@pytest.mark.parametrize("said", [{}, {"first": "soon", "last": "later"}, {"first": "2020-01-01", "last": "2020-02-01"}])
def test_days_that_are_no_days_are_told(signed_in, village, three, said):
    assert signed_in.post(reverse("term"), said).status_code == 422


@pytest.mark.parametrize("key", ["nour", "fadi", "ines", "ada", "sven"])
def test_a_plan_is_there_for_whoever_made_it_and_for_nobody_else(client, village, three, cora, key):
    plan = plan_of(village, cora)
    line = Line.objects.filter(plan=plan).first()
    if key == "sven":
        Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    village.sign_in(client, key)
    asked = [client.get(reverse("term_plan", args=[plan.pk])), client.get(reverse("term_line", args=[line.pk]))]
    asked += [client.post(reverse(f"term_{verb}", args=[plan.pk])) for verb in ("again", "stop", "accept", "away")]
    asked += [client.post(reverse(f"term_{verb}", args=[line.pk])) for verb in ("pin", "out", "in")]
    assert {answer.status_code for answer in asked} == {404}
    assert client.get(reverse("term")).status_code == (200 if key in ("nour", "sven") else 404)


@pytest.mark.parametrize("view", ["", "weeks"])
def test_three_lines_take_as_many_questions_as_one(signed_in, village, three, cora, view):
    plan = plan_of(village, cora)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(signed_in, plan, view)
        return len(seen)

    asked()
    of_three = asked()
    for line in Line.objects.filter(plan=plan).order_by("during")[1:]:
        line.delete()
    assert asked() == of_three
