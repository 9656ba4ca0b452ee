"""Whom they would like beside them is in their hands: they name them, the team seats them or says why not, and they see it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases import queries as circles
from setfair.cases.models import Role
from setfair.desk.asking import lines
from setfair.letters.models import Letter
from setfair.preparation.queries import blockers, circle
from setfair.preparation.queries.board import board
from setfair.preparation.refusal import CannotPrepare
from setfair.village.time import today
from setfair.voices import actions, companions
from setfair.voices.models import Companion, CompanionEnd

pytestmark = pytest.mark.django_db
AT = reverse("my_companions")
AUNT = {"name": "Aunt Mirela", "reach": "mirela@home.example", "may_write": "on"}


def on_today(village, key):
    return [line[0] for line in lines(village.actor(key), village.school, everyones=False)].count("companion")


def test_named_on_their_own_page_met_and_seated_beside_them(village, at_preparing):
    story = at_preparing
    hana = village.enter(Client(), story.hana)
    assert "Who is beside you" in hana.get(reverse("home")).text
    for _twice in range(2):
        assert hana.post(AT, AUNT)["Location"] == AT
    assert hana.post(AT, {"name": " "}).status_code == 422
    assert "We look at it, and talk with you." in hana.get(AT).text
    with village.inside():
        named = Companion.objects.get()
        assert [on_today(village, key) for key in ("cora", "fadi", "sven", "mina")] == [1, 1, 0, 0]
        assert [letter.address for letter in Letter.objects.all() if "mirela" in str(letter.address)] == []
    answer, people = reverse("companion_answer", args=[named.pk]), reverse("case_people", args=[story.case.ref])
    seen = {key: village.sign_in(Client(), key).get(answer).status_code for key in ("cora", "fadi", "sven", "ada", "ines", "nour", "edda")}
    assert seen == {"cora": 200, "fadi": 200, "sven": 404, "ada": 404, "ines": 404, "nour": 404, "edda": 404}
    cora, rami = village.sign_in(Client(), "cora"), village.enter(Client(), story.rami)
    assert "Aunt Mirela" in cora.get(reverse("person", args=[story.hana.pk])).text
    assert ("Aunt Mirela" in rami.get(AT).text, rami.post(reverse("companion_back", args=[named.pk])).status_code) == (False, 404)
    number = next(one.number for one in cora.get(people).context["named"] if one.name == "Aunt Mirela")
    begun = cora.get(f"{people}?told={number}").context["form"].initial
    assert begun == {"name": "Aunt Mirela", "role": "supporter", "stands_by": str(story.hana.pk), "email": "mirela@home.example"}
    with village.inside():
        place = cases.add_person(story.case, by=story.coordinator, name="Mirela Ost", role=Role.SUPPORTER, stands_by=story.hana)
        for wrong in (story.rami, story.hana):
            with pytest.raises(CannotPrepare):
                actions.seat(named, by=story.lead, place=wrong)
    assert village.sign_in(Client(), "fadi").post(answer, {"place": str(place.pk)}).status_code == 302
    assert "They have a place beside you. We meet them first." in hana.get(AT).text
    with village.inside():
        assert (on_today(village, "fadi"), companions.told(story.case)) == (0, [])
        cases.let_go(circles.here(story.case).get(pk=place.pk), by=story.coordinator)
    assert "They are not part of it any more." in hana.get(AT).text


def test_why_not_is_said_kindly_and_they_can_take_it_back(village, at_preparing):
    story = at_preparing
    hana, fadi = village.enter(Client(), story.hana), village.sign_in(Client(), "fadi")
    for name in ("Mirela", "Ion"):
        hana.post(AT, {"name": name})
    with village.inside():
        first, second = Companion.objects.order_by("at")
        assert [one.waits for one in companions.told(story.case)] == [True, True]
    answer = reverse("companion_answer", args=[first.pk])
    assert fadi.post(answer, {"place": "no", "words": " "}).status_code == 422
    assert fadi.post(answer, {"place": "no", "words": "She works with him. Who else could come?"}).status_code == 302
    assert fadi.post(answer, {"place": "no", "words": "Again."}).status_code == 422
    assert hana.post(reverse("companion_back", args=[second.pk])).status_code == 302
    page = hana.get(AT).text
    assert [
        words for words in ("She works with him. Who else could come?", "You took it back.", "You can name somebody else.") if words not in page
    ] == []
    with village.inside():
        assert (on_today(village, "fadi"), [end.how for end in CompanionEnd.objects.order_by("at")]) == (0, ["no", "back"])


def test_only_they_name_them_and_it_is_a_fact(village, at_preparing):
    story = at_preparing
    with village.inside():
        for whose, who in ((story.hana, story.me("rami")), (story.hana, story.lead), (story.gail, story.me("gail"))):
            with pytest.raises(CannotPrepare):
                actions.name_companion(whose, by=who, name="Ion")
        kept = actions.name_companion(story.hana, by=story.me("hana"), name="Ion")
        for act in (lambda rows: rows.update(may_write=True), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act(Companion.objects.filter(pk=kept.pk))
        with pytest.raises(DatabaseError), transaction.atomic():
            CompanionEnd.objects.create(participation=story.hana, companion=kept, how="seated", by_kind="staff")
        asked = {}
        for number in (1, 3):
            while Companion.objects.count() < number:
                actions.name_companion(story.hana, by=story.me("hana"), name=f"Ion {Companion.objects.count()}")
            with CaptureQueriesContext(connection) as captured:
                assert len(companions.chosen_by(story.hana)) == number
            asked[number] = len(captured)
        assert asked[1] == asked[3]


def test_whoever_was_asked_for_and_not_met_stands_on_the_board_until_it_is_answered(village, at_prepared, django_assert_num_queries):
    """It keeps nobody from being ready: nobody has to bring somebody."""
    story = at_prepared
    with village.inside():
        day = today(story.programme)
        title = "Support person"
        for name in ("Aunt Mirela", "Coach Bo"):
            actions.name_companion(story.hana, by=story.me("hana"), name=name)
        known = circle(story.case)
        with CaptureQueriesContext(connection) as with_two:
            shown = board(known, day)
        [cell] = [c for line in shown.lines if line.participation == story.hana for t, c in line.cells if str(t) == title]
        assert (cell.state, "not met yet: Aunt Mirela, Coach Bo" in str(cell.words), blockers(story.case)) == ("open", True, [])
        for named in list(Companion.objects.all()):
            actions.decline(named, by=story.lead, words="She has to work. You can name somebody else.")
        with django_assert_num_queries(len(with_two)):
            shown = board(known, day)
        [cell] = [c for line in shown.lines if line.participation == story.hana for t, c in line.cells if str(t) == title]
        assert "not met yet" not in str(cell.words)
