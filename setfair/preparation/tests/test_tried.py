"""Tries and meetings that did not happen are written down as they were, and none of them counts as a meeting."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.people.queries import ways
from setfair.preparation import actions
from setfair.preparation.models import Attempt, Meeting
from setfair.preparation.queries import blockers, is_silent, next_way, spent_on
from setfair.preparation.queries.trying import Spent
from setfair.village.time import at, today


def test_tries_and_missed_meetings_are_kept_apart_from_meetings(client, village, at_preparing, browser_clients):
    story, day = at_preparing, today(village.school)
    page, add, missed = (reverse(name, args=[story.rami.pk]) for name in ("tries", "try_add", "missed_add"))
    fadi, nour = village.sign_in(client, "fadi"), village.sign_in(browser_clients(), "nour")
    sent = {"on": day.isoformat(), "way": "sms", "result": "no_answer", "minutes": 2, "note": "Rang out."}
    assert [nour.get(page).status_code, nour.post(add, sent).status_code, nour.post(missed, {}).status_code] == [404, 404, 404]
    assert village.enter(browser_clients(), story.rami).get(page).status_code == 302
    assert fadi.post(add, sent).url == page
    assert fadi.post(add, sent | {"way": "email"}).status_code == 422
    assert fadi.post(add, sent | {"on": (day + timedelta(days=1)).isoformat()}).status_code == 422
    assert fadi.post(add, sent | {"result": "not_safe", "note": ""}).url == reverse("contact", args=[story.rami.pk])
    gone = {"on": day.isoformat(), "attended": "late", "why_not": "unsafe", "note": ""}
    assert fadi.post(missed, gone | {"why_not": "no_show"}).status_code == 422
    assert fadi.post(missed, gone).url == page
    shown = fadi.get(page).content.decode()
    assert ("Rang out." in shown, "It would not have been safe" in shown or "it would not have been safe" in shown) == (True, True)
    with village.inside():
        kept = list(Attempt.objects.order_by("at").values_list("way", "result", "attended", "why_not", "by"))
        assert kept == [
            ("sms", "no_answer", "", "", village.fadi.pk),
            ("sms", "not_safe", "", "", village.fadi.pk),
            ("", "", "late", "unsafe", village.fadi.pk),
        ]
        assert (Meeting.objects.count(), "meeting" in [b.code for b in blockers(story.case) if b.participation == story.rami]) == (0, True)
        assert next_way(story.rami, list(ways(story.rami.person))) == "Text message"
        both = {"participation": story.rami, "on": day, "by_kind": "staff", "way": "sms", "result": "spoke"}
        for wrong in ({"attended": "no"}, {"way": "", "result": "", "attended": "yes", "why_not": "no_show"}):
            with pytest.raises(IntegrityError, match="attempt_"), transaction.atomic():
                Attempt.objects.create(**both | wrong)


def test_each_person_nobody_was_in_touch_with_is_named(client, village, at_preparing):
    story = at_preparing
    with at(timezone.now() + timedelta(days=8)):
        with village.inside():
            actions.note_try(story.hana, by=story.lead, on=today(village.school), way="person", result="spoke")
            assert [is_silent(story.people[key]) for key in ("hana", "rami", "sol", "gail")] == [False, True, True, True]
        fadi = village.sign_in(client, "fadi")
        pages = [fadi.get(reverse("person", args=[story.people[key].pk])).content.decode() for key in ("hana", "sol")]
        assert ["Nobody has been in touch with them since" in page for page in pages] == [False, True]


def test_that_it_happened_and_how_they_came_are_two_things_and_all_minutes_count(client, village, at_preparing):
    story = at_preparing
    with village.inside():
        day = today(story.programme)
        held = actions.meet(story.rami, by=story.lead, held_on=day, minutes=40, attended="late")
        actions.note_missed(story.rami, by=story.lead, on=day, attended="yes", why_not="ill", minutes=10)
        actions.note_try(story.rami, by=story.lead, on=day, way="person", result="spoke", minutes=5)
        assert (held.attended, spent_on(story.rami)) == ("late", Spent(held=1, missed=1, tries=1, minutes=55))
        assert spent_on(story.hana) == Spent(held=0, missed=0, tries=0, minutes=0)
        with pytest.raises(actions.CannotPrepare, match="among the tries"):
            actions.meet(story.rami, by=story.lead, held_on=day, attended="no")
    fadi = village.sign_in(client, "fadi")
    assert "they came late" in fadi.get(reverse("person", args=[story.rami.pk])).content.decode()
    assert "Minutes in all: 55" in fadi.get(reverse("tries", args=[story.rami.pk])).content.decode()
    assert fadi.post(reverse("meetings", args=[story.rami.pk]), {"held_on": day.isoformat(), "support": "none"}).status_code == 302
