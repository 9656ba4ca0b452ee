"""What somebody needs on the day: needed, arranged for a day, needed anew when the day moves; and no relative interprets."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.models import Role
from setfair.core import clock
from setfair.journal.models import Entry
from setfair.preparation import actions
from setfair.preparation.models import Arrangement
from setfair.preparation.queries import blockers, board, circle, progress
from setfair.programmes.models import Room
from setfair.scheduling import actions as scheduling
from setfair.scheduling.open_days import open_between
from setfair.village.time import today


def said(case, on=None):
    return [b.sentence for b in blockers(case, on)]


def book(who, by, kind, interpreter, **more):
    return actions.arrange(who, by=by, kind=kind, state="booked", interpreter=interpreter, **({"no_kin": True} | more))


def test_a_mother_does_not_interpret_and_a_language_is_not_another(village, at_prepared):
    story = at_prepared
    with village.inside():
        case, by = story.case, story.coordinator
        actions.arrange(story.rami, by=by, kind="interpreter", state="needed", language="es")
        actions.arrange(story.rami, by=by, kind="sign", state="needed", language="ase")
        assert said(case) == [
            "Rami needs an interpreter, and none is in the circle.",
            "Rami needs a sign language interpreter, and none is in the circle.",
        ]
        bo = cases.add_person(case, by=by, name="Bo Lind", role=Role.INTERPRETER)
        mother = cases.add_person(case, by=by, name="G. Delacourt", role=Role.INTERPRETER, contacts={"email": "gail@home.example"})
        child = cases.add_person(case, by=by, name="Kit", role=Role.INTERPRETER, birth_year=today(case.programme).year - 15)
        for who, tick, words in (
            (story.gail, True, "Please choose who interprets"),
            (mother, True, "look like family"),
            (child, True, "must be an adult"),
            (bo, False, "No relative and no friend"),
        ):
            with pytest.raises(actions.CannotPrepare, match=words):
                book(story.rami, by, "interpreter", who, no_kin=tick, language="es")
        with pytest.raises(actions.CannotPrepare, match="They need Spanish"):
            book(story.rami, by, "interpreter", bo, language="ase")
        assert not Arrangement.objects.filter(state="booked").exists()
        assert book(story.rami, by, "interpreter", bo, language="es") == book(story.rami, by, "interpreter", bo, language="es")
        assert said(case) == ["Rami needs a sign language interpreter, and none is booked."]
        for at in (mother, child):
            cases.let_go(at, by=by)
        book(story.rami, by, "sign", bo)
        assert said(case) == []
        assert Entry.objects.filter(verb="arranged").order_by("id").last().detail == {"kind": "sign", "state": "booked"}
        cases.let_go(bo, by=by)
        assert said(case) == ["Whoever was to interpret for Rami is not in the circle any more."] * 2
        for wrong in ({"interpreter": bo, "no_kin": False}, {"interpreter": None}):
            with pytest.raises(IntegrityError, match="arrangement_"), transaction.atomic():
                Arrangement.objects.create(participation=story.rami, kind="relay", state="booked", by_kind="staff", **wrong)


def test_a_day_that_moves_is_arranged_anew(client, village, at_ready, browser_clients):
    story, programme = at_ready, village.school
    with village.inside():
        first = today(programme) + timedelta(days=1)
        moments = {clock.local(s.starts, programme.zone).date(): s.starts for s in open_between(programme, first, first + timedelta(days=12))}
        (day, moment), (other, later) = sorted(moments.items())[:2]
        room = Room.objects.order_by("name").first()
        story.sol.person.needs = "a seat by the door"
        story.sol.person.save()
        assert said(story.case) == ["Sol needs something on the day, and nobody has said whether it is arranged."]
    page = reverse("arrangements", args=[story.sol.pk])
    fadi, nour = village.sign_in(client, "fadi"), village.sign_in(browser_clients(), "nour")
    assert (nour.get(page).status_code, nour.post(page, {}).status_code, fadi.post(page, {"kind": "access"}).status_code) == (404, 404, 422)
    sent = {"kind": "access", "state": "booked", "for_day": day.isoformat(), "words": "Chair beside the door."}
    assert fadi.post(page, sent | {"for_day": "2020-01-01"}).status_code == 422
    assert fadi.post(page, sent).status_code == 302
    assert "Chair beside the door." in fadi.get(page).content.decode()
    with village.inside():
        assert (said(story.case), said(story.case, day)) == ([], [])
        assert said(story.case, other) == ["Not arranged yet for Sol: a way in, a seat, light or sound."]
        with pytest.raises(scheduling.CannotBook, match="Not arranged yet for Sol"):
            scheduling.book(story.case, by=story.coordinator, room=room, starts_at=later, minutes=60)
        booked = scheduling.book(story.case, by=story.coordinator, room=room, starts_at=moment, minutes=60)
        scheduling.release(booked, by=story.coordinator)
        with pytest.raises(scheduling.CannotBook, match="Not arranged yet for Sol"):
            scheduling.book(story.case, by=story.coordinator, room=room, starts_at=later, minutes=60)
        actions.set_aside(story.case, by=story.coordinator, blocker="access", participation=story.sol, reason="We carry a chair.", on=other)
        assert scheduling.book(story.case, by=story.coordinator, room=room, starts_at=later, minutes=60).starts_at == later
        cells = {
            str(title): cell.state for line in board(circle(story.case), other).lines if line.participation == story.sol for title, cell in line.cells
        }
        assert (cells["Needs"], progress(story.sol).is_ready) == ("aside", True)
    home = village.enter(browser_clients(), story.sol).get(reverse("home")).content.decode()
    assert ("What we have arranged for you" in home, "A way in, a seat, light or sound" in home) == (True, True)
    rami = village.enter(browser_clients(), story.rami)
    assert ("What we have arranged for you" in rami.get(reverse("home")).content.decode(), rami.get(page).status_code) == (False, 302)
