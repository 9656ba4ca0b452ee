"""An order with its dates, and a rule that somebody lives under: they bar a meeting until somebody has looked and ended them."""

from datetime import time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions, queries
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.core import clock
from setfair.desk.asking import lines
from setfair.desk.prepared import lacking
from setfair.people.actions import CannotAdd
from setfair.people.gate import barred_from
from setfair.people.limits import standing
from setfair.people.models import Condition, NoContact, Order
from setfair.preparation.models import Override
from setfair.preparation.queries.blockers import blockers
from setfair.scheduling.queries import curfew
from setfair.village.time import today

PAPER = {"kind": "court", "seen": "paper", "bars": ["meet", "message"]}


def barred(case, on, code):
    """What the board says of it on that day; the question that is asked of all cases at once says the same."""
    found = [b.sentence for b in blockers(case, on) if b.code == code]
    assert all(not b.overridable for b in blockers(case, on) if b.code == code)
    return found


def on_today(village, key, rule):
    return [line[1] for line in lines(village.actor(key), village.school, everyones=False) if line[0] == rule]


def test_an_order_that_ran_out_still_bars_until_somebody_has_looked_and_ended_it(at_ready, village):
    story, day = at_ready, timedelta(days=1)
    with village.inside():
        now = today(village.school)
        wall = actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
        story.case.refresh_from_db()
        assert story.case.stage == Stage.PREPARING
        actions.show_paper(story.case, by=story.coordinator, wall=wall, **PAPER, starts_on=now + 3 * day, until=now + 10 * day, words="RC-26-0417")
        before, within, after = now + 2 * day, now + 5 * day, now + 20 * day
        said = [barred(story.case, on, "no_contact") for on in (before, within, after)]
        assert [len(one) for one in said] == [0, 1, 1]
        assert ("ran out on" in said[1][0], "ran out on" in said[2][0]) == (False, True)
        assert [Case.objects.filter(lacking(on), pk=story.case.pk).exists() for on in (before, within, after)] == [False, True, True]
        assert on_today(village, "cora", "order_over") == []
        with pytest.raises(IntegrityError, match="override_never"), transaction.atomic():
            Override.objects.create(case=story.case, blocker="no_contact", reason="It is over.", by=story.coordinator.id)
    with time_machine.travel(timezone.now() + 12 * day), village.inside():
        assert (on_today(village, "cora", "order_over"), on_today(village, "fadi", "order_over")) == ([story.case.ref], [])
        assert len(barred(story.case, today(village.school), "no_contact")) == 1
        actions.allow_contact(story.case, by=story.coordinator, wall=wall)
        assert (barred(story.case, today(village.school), "no_contact"), on_today(village, "cora", "order_over")) == ([], [])


def shown(story, wall, **said):
    return actions.show_paper(story.case, by=story.coordinator, wall=wall, **PAPER | said)


def holds(story, on):
    """Whether a meeting, and whether a message, is barred on that day; asked by the board, and of all cases at once."""
    board = bool(barred(story.case, on, "no_contact"))
    assert Case.objects.filter(lacking(on), pk=story.case.pk).exists() == board
    wall = NoContact.objects.all()
    return [[standing(wall, what, on).exists() for what in ("meet", "message")], board]


def test_what_it_bars_is_what_is_barred_as_long_as_one_paper_says_so(at_ready, village):
    story = at_ready
    with village.inside():
        now, soon = today(village.school), today(village.school) + timedelta(days=9)
        wall = actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
        assert holds(story, now) == [[True, True], True]
        meet = shown(story, wall, bars=["meet"])
        assert (holds(story, now), barred_from(story.hana.person_id)) == ([[True, False], True], set())
        both = shown(story, wall, starts_on=soon)
        assert [holds(story, on) for on in (now, soon)] == [[[True, False], True], [[True, True], True]]
        shown(story, wall, bars=["message"], replaces=[meet, both])
        assert (holds(story, now), holds(story, soon)) == ([[False, True], False],) * 2
        assert (barred_from(story.hana.person_id), Order.objects.count()) == ({story.rami.person_id}, 3)
        for wrong in ({"bars": []}, {"starts_on": now, "until": now - timedelta(days=1)}, {"kind": "wish", "until": now}):
            with pytest.raises(CannotAdd):
                shown(story, wall, **wrong)
        other = actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.sol, by_order=False)
        with pytest.raises(CannotAdd, match="about the same two people"):
            shown(story, other, replaces=[both])
        with pytest.raises(IntegrityError, match="order_bars_something"), transaction.atomic():
            Order.objects.create(wall=wall, kind="court", seen="paper", bars=[], by=story.coordinator.id)


def test_a_renewed_order_opens_nothing_until_its_first_day(at_ready, village):
    story = at_ready
    with village.inside():
        now, first = today(village.school), today(village.school) + timedelta(days=9)
        wall = actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
        old = shown(story, wall)
        new = shown(story, wall, starts_on=first, bars=["meet"], replaces=[old])
        days = (now, first - timedelta(days=1), first, first + timedelta(days=90))
        assert [holds(story, on)[0] for on in days] == [[True, True], [True, True], [True, False], [True, False]]
        assert (barred_from(story.hana.person_id), [p["papers"] for p in walls(story)]) == ({story.rami.person_id}, [[old, new]])
        shown(story, wall, bars=["message"], replaces=[new])
        assert [holds(story, on)[0] for on in days] == [[True, True], [True, True], [False, True], [False, True]]


def walls(story):
    return queries.walls(story.case, queries.circle(story.case))


def test_one_paper_of_two_that_ran_out_is_told_and_opens_nothing(at_ready, village):
    story, day = at_ready, timedelta(days=1)
    with village.inside():
        now = today(village.school)
        wall = actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
        shown(story, wall, until=now + 3 * day)
        shown(story, wall, kind="wish", bars=["meet"])
    with time_machine.travel(timezone.now() + 5 * day), village.inside():
        on = today(village.school)
        assert ("ran out" in barred(story.case, on, "no_contact")[0], on_today(village, "cora", "order_over")) == (False, [story.case.ref])
        assert holds(story, on) == [[True, True], True]


def test_a_rule_somebody_lives_under_bars_its_days_and_hours(at_ready, village):
    story = at_ready
    with village.inside():
        now = today(village.school)
        actions.set_condition(story.rami, by=story.coordinator, kind="curfew", seen="register", not_before=time(7), not_after=time(19))
        story.case.refresh_from_db()
        assert (story.case.stage, barred(story.case, now, "condition")) == (Stage.PREPARING, [])
        at = {hour: clock.at(now + timedelta(days=2), hour, 0, village.school.zone) for hour in (6, 12, 18)}
        said = {hour: curfew(story.case, moment, 90) for hour, moment in at.items()}
        assert {hour: "may not be out" in words for hour, words in said.items()} == {6: True, 12: False, 18: True}
        rule = actions.set_condition(story.rami, by=story.coordinator, kind="bail", seen="paper", bars_meeting=True, until=now + timedelta(days=4))
        assert [len(barred(story.case, now + timedelta(days=n), "condition")) for n in (0, 4, 9)] == [1, 1, 1]
        assert Case.objects.filter(lacking(now), pk=story.case.pk).exists()
        actions.end_condition(story.rami, by=story.coordinator, condition=rule)
        assert barred(story.case, now, "condition") == []
        assert (Condition.objects.filter(ended_at=None).count(), NoContact.objects.count()) == (1, 0)


def test_only_whoever_runs_the_case_reads_and_writes_it(at_ready, village, browser_clients):
    story = at_ready
    cora = village.sign_in(browser_clients(), "cora")
    at = reverse("conditions", args=[story.rami.pk])
    sent = {"kind": "bail", "seen": "paper", "bars_meeting": "on", "words": "Stays away from the mill."}
    assert cora.post(at, sent).status_code == 302
    assert "Stays away from the mill." in cora.get(at).text
    ready = village.sign_in(browser_clients(), "fadi").get(reverse("ready", args=[story.case.ref])).text
    assert ("A rule that" in ready, "mill" in ready) == (True, False)
    others = [village.sign_in(browser_clients(), key) for key in ("fadi", "sven", "ada", "ines", "nour", "wren")]
    paper = reverse("order_paper", args=[story.case.ref])
    assert [(one.get(at).status_code, one.post(at, sent).status_code, one.get(paper).status_code) for one in others] == [(404, 404, 404)] * 6
    for key in ("hana", "rami"):
        home = village.enter(browser_clients(), story.people[key]).get(reverse("home")).text
        assert "mill" not in home
    with village.inside():
        actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
        wall = NoContact.objects.get()
    sent = {"wall": str(wall.pk), "kind": "court", "seen": "paper", "bars": ["meet"], "until": "2027-03-31", "words": "RC-26-0417"}
    assert cora.post(paper, sent).status_code == 302
    page = cora.get(reverse("case_people", args=[story.case.ref])).text
    assert [word for word in ("an order of a court", "until 31 Mar 2027", "RC-26-0417") if word not in page] == []
    assert cora.post(reverse("condition_over", args=[story.rami.pk]), {"condition": str(wall.pk)}).status_code == 302
    with village.inside():
        over = Condition.objects.get()
        assert over.ended_at is None
    assert cora.post(reverse("condition_over", args=[story.rami.pk]), {"condition": str(over.pk)}).status_code == 302
    with village.inside():
        assert Condition.objects.get().ended_by == village.users["cora"].pk
