"""Small talks are counted without a word about anybody, and no figure tells of one of them."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from setfair.practice import actions, queries
from setfair.practice.models import Talk
from setfair.village.time import today

SAID = {"kind": "spot", "outcome": "enough", "people": "2", "minutes": "10"}


def count(village, kind, month, times):
    for n in range(times):
        Talk.objects.create(kind=kind, people=2, minutes=5 + n, outcome="enough", held_on=month, by=village.users["ines"].pk)


def figures(programme):
    return {row.month: [figure for _label, figure in row.figures] for row in queries.table(programme).rows}


def test_five_presses_and_it_is_counted(village):
    with village.inside():
        day = today(village.school)
    ines, page = village.sign_in(Client(), "ines"), reverse("practice")
    assert ines.post(page, SAID | {"held_on": day.isoformat()})["Location"] == page
    assert ines.post(page, SAID | {"held_on": day.isoformat()})["Location"] == page
    assert ines.post(page, SAID | {"held_on": day.isoformat(), "outcome": "case"})["Location"] == reverse("request_new")
    assert ines.post(page, SAID | {"held_on": (day + timedelta(days=1)).isoformat()}).status_code == 422
    assert ines.post(page, SAID | {"held_on": day.isoformat(), "people": "41"}).status_code == 422
    with village.inside():
        talk = Talk.objects.get(outcome="enough")
        assert Talk.objects.count() == 2
        with pytest.raises(DatabaseError), transaction.atomic():
            Talk.objects.filter(pk=talk.pk).update(people=3)
        with pytest.raises(actions.CannotLog):
            actions.strike(talk, by=village.actor("fadi"))
    strike = reverse("practice_strike", args=[talk.pk])
    assert [village.sign_in(Client(), who).post(strike).status_code for who in ("fadi", "nour")] == [404, 404]
    assert ines.post(strike).status_code == 302
    with village.inside():
        assert [one.outcome for one in queries.mine(village.users["ines"].pk)] == ["case"]


def test_small_figures_are_left_out_and_cannot_be_worked_out(village):
    with village.inside():
        first = today(village.school).replace(day=1)
        last = (first - timedelta(days=1)).replace(day=1)
        before = (last - timedelta(days=1)).replace(day=1)
        count(village, "spot", last, 9)
        count(village, "circle", last, 7)
        count(village, "words", last, 2)
        count(village, "spot", before, 6)
        count(village, "circle", before, 5)
        count(village, "spot", first, 3)
        shown = list(figures(village.school).values())
        assert shown[-2] == ["<5", "9", "0", "–", "0", "0", "18"]
        assert shown[-1][0] == "<5"
        rows = queries.table(village.school).rows
    for line in (*shown, *zip(*shown, strict=True)):
        assert sum(figure in ("<5", "–") for figure in line) != 1
    assert len(rows) == 13
    assert sum(figure == "3" for line in shown for figure in line) == 0


def test_who_reads_them(village):
    pages = (reverse("practice"), reverse("practice_figures"), reverse("practice_file"))
    seen = {who: [village.sign_in(Client(), who).get(page).status_code for page in pages] for who in ("cora", "ada", "sven", "fadi", "ines")}
    assert seen == {"cora": [200] * 3, "ada": [200] * 3, **dict.fromkeys(("sven", "fadi", "ines"), [200, 404, 404])}
    with village.inside():
        count(village, "staff", date(2026, 1, 5), 8)
    nour = village.sign_in(Client(), "nour").get(reverse("practice_file"))
    assert "8" not in [cell for line in nour.content.decode().splitlines() for cell in line.split(",")[1:]]
    assert nour["Content-Disposition"] == 'attachment; filename="figures.csv"'
