"""A look at how safe it is: what worries us and what helps, who looks again, and who hears when it is out of date."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.desk.asking import lines
from setfair.preparation import actions
from setfair.preparation.actions import CannotPrepare
from setfair.preparation.models import SafetyCheck
from setfair.preparation.queries import blockers, who_looks
from setfair.programmes.models import Programme
from setfair.village.time import today

FOUND = {"level": "medium", "worries": ["online", "home"], "strengths": ["beside"], "plan": "She sits by the door."}


def told(village, key):
    """The lines about looks that have grown old, as (case, owner)."""
    return [line[1:3] for line in lines(village.actor(key), village.school, everyones=False) if line[0] == "looked_long_ago"]


def latest(person):
    return SafetyCheck.objects.filter(participation=person).order_by("at", "id").last()


def test_what_worries_what_helps_the_plan_and_who_looks_again(at_preparing, village):
    story = at_preparing
    with village.inside():
        check = actions.check_safety(story.hana, by=story.lead, looks_again=village.users["cora"], **FOUND)
        check.refresh_from_db()
        assert (check.worried, check.helped) == (["at home", "online, or what is spread about it"], ["somebody they trust is beside them"])
        assert (check.plan, check.owner) == ("She sits by the door.", village.users["cora"])
        assert actions.check_safety(story.rami, by=story.lead, level="low").owner == village.users["fadi"]
        assert {user.pk for user in who_looks(story.case)} == {village.users[key].pk for key in ("fadi", "cora")}
        for wrong in ({"worries": ["ghosts"]}, {"strengths": ["home"]}, {"level": "huge"}, {"looks_again": village.users["lena"]}):
            with pytest.raises(CannotPrepare):
                actions.check_safety(story.hana, by=story.lead, **FOUND | wrong)


def test_when_it_is_out_of_date_the_board_and_today_name_who_looks_again(at_prepared, village):
    story, day = at_prepared, timedelta(days=1)
    with village.inside():
        for key, person in story.people.items():
            actions.check_safety(person, by=story.lead, level="low", looks_again=village.users["cora" if key == "hana" else "fadi"])
        assert told(village, "cora") == told(village, "fadi") == []
    with time_machine.travel(timezone.now() + 15 * day), village.inside():
        said = [b.sentence for b in blockers(story.case, today(village.school)) if b.code == "safety" and b.participation == story.hana]
        assert said[0].endswith(f"{village.users['cora'].name} looks again.")
        assert len(told(village, "cora")) == len(told(village, "fadi")) == 1
        for key, person in story.people.items():
            if key != "hana":
                actions.check_safety(person, by=story.lead, level="low")
        assert (told(village, "cora"), told(village, "fadi")) == ([(story.case.ref, village.users["cora"].name)], [])
        actions.check_safety(story.hana, by=story.lead, level="low")
        assert told(village, "cora") == []


def test_once_they_have_met_it_holds_as_long_as_the_programme_says(at_following_up, village):
    story, day = at_following_up, timedelta(days=1)
    with village.inside():
        for person in story.people.values():
            actions.check_safety(person, by=story.lead, level="low")
    for days, expected in ((20, 0), (31, 1)):
        with time_machine.travel(timezone.now() + days * day), village.inside():
            assert len(told(village, "cora")) == expected
    with village.inside():
        Programme.objects.filter(pk=village.school.pk).update(safety_after_days=60)
        village.school.refresh_from_db()
    with time_machine.travel(timezone.now() + 31 * day), village.inside():
        assert told(village, "cora") == []


def test_a_tired_facilitator_fills_it_in_a_minute(at_prepared, village, browser_clients):
    story = at_prepared
    page, fadi = reverse("person", args=[story.hana.pk]), village.sign_in(browser_clients(), "fadi")
    sent = {"level": "medium", "worries": ["home"], "strengths": ["beside", "calm"], "plan": "By the door.", "looks_again": ""}
    assert fadi.post(reverse("safety_checks", args=[story.hana.pk]), sent).status_code == 302
    shown = fadi.get(page).text
    assert [w for w in ("at home", "they stay calm, or know what calms them", "By the door.", village.users["fadi"].name) if w not in shown] == []
    assert shown.split('id="safety"')[1].split("</form>")[0].count("checked") == 3
    folded = re.findall(r"<details.*?</details>", shown.split('id="safety"')[1].split("</form>")[0], re.DOTALL)
    assert [(rest.count('type="checkbox"'), "checked" in rest) for rest in folded] == [(9, False), (5, False)]
    wrong = fadi.post(reverse("safety_checks", args=[story.hana.pk]), sent | {"worries": ["ghosts"]})
    assert wrong.status_code == 422
    for key in ("hana", "rami"):
        assert "By the door." not in village.enter(browser_clients(), story.people[key]).get(reverse("home")).text
    neighbours = [
        village.sign_in(browser_clients(), key).post(reverse("safety_checks", args=[story.hana.pk]), sent).status_code for key in ("nour", "sven")
    ]
    assert neighbours == [404, 404]
    with village.inside():
        assert (latest(story.hana).worries, Case.objects.get(pk=story.case.pk).stage) == (["home"], Stage.PREPARING)
