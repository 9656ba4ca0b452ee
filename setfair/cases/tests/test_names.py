"""Names as their owners use them: which word is their own, and how they are spoken of and to."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.cases import actions
from setfair.cases.actions import CannotChange
from setfair.cases.models import Case, Participation, Role
from setfair.desk.rows import rows_of, with_facts
from setfair.village.story import opened

NAMES = [
    ("Hana O'Hara-Núñez", "", False, "Hana"),
    ("Nguyễn Thị Minh", "", True, "Minh"),
    ("Kovács János", "Jani", True, "Jani"),
    ("Kovács János", "", False, "Kovács"),
    ("李", "", True, "李"),
]


@pytest.mark.parametrize(("name", "called", "family_first", "own"), NAMES)
def test_where_one_name_is_enough_it_is_their_own_and_not_the_familys(village, name, called, family_first, own):
    """Also in the list of cases, where the row of the person is not read."""
    with village.inside():
        case = opened(village).case
        added = actions.add_person(case, by=village.actor("cora"), name=name, called=called, family_first=family_first, role=Role.HARMED)
        person = Participation.objects.get(pk=added.pk).person
        listed = [row["names"] for row in rows_of(with_facts(Case.objects.filter(pk=case.pk)), village.school)]
        assert (person.first, listed) == (own, [own])


def test_how_they_are_spoken_to_is_of_this_case_and_what_the_team_reads(client, village, browser_clients, at_preparing):
    story, said = at_preparing, {"name": "Hana O'Hara-Núñez", "called": "Hana", "pronouns": "they", "address": "Coach Hana", "language": "en"}
    page = reverse("person_details", args=[story.hana.pk])
    answer = village.sign_in(client, "cora").post(page, said)
    assert (answer.status_code, answer["Location"]) == (302, reverse("person", args=[story.hana.pk]))
    with village.inside():
        hana = Participation.objects.get(pk=story.hana.pk)
        assert (hana.address, hana.greeted, hana.person.pronouns, hana.person.first) == ("Coach Hana", "Coach Hana", "they", "Hana")
        other = actions.add_person(opened(village).case, by=village.actor("cora"), name="x", known=hana.person, role=Role.HARMED)
        assert (other.address, other.greeted) == ("", "Hana")
    theirs = client.get(reverse("person", args=[story.hana.pk])).content.decode()
    assert ("<bdi>Coach Hana</bdi>" in theirs, "<bdi>they</bdi>" in theirs) == (True, True)
    own = village.enter(browser_clients(), hana).get(reverse("home")).content.decode()
    assert ("Hi Coach Hana" in own, "they" in own.split("<h1")[1].split("</h1>")[0]) == (True, False)
    assert village.sign_in(browser_clients(), "nour").get(page).status_code == 404
    assert village.enter(browser_clients(), story.rami).get(page).status_code == 302


def test_somebody_speaks_for_a_class_that_was_hurt_and_their_place_says_so(client, village, browser_clients):
    with village.inside():
        case = opened(village).case
    said = {"name": "Vera Lind", "role": "harmed", "speaks_for": " Class  8B ", "language": "en"}
    assert village.sign_in(client, "cora").post(reverse("people_add", args=[case.ref]), said).status_code == 302
    with village.inside():
        vera = Participation.objects.get(case=case)
        assert (vera.speaks_for, vera.get_role_display()) == ("Class 8B", "person harmed, for Class 8B")
        place = {"role": "supporter", "stands_by": None, "guardian_needed": False, "has_authority": False}
        with pytest.raises(CannotChange, match="can speak for a class"):
            actions.correct_place(vera, by=village.actor("cora"), speaks_for="Class 8B", **place)
        with pytest.raises(IntegrityError, match="participation_speaks_for"), transaction.atomic():
            Participation.objects.filter(pk=vera.pk).update(role="supporter")
        now = actions.correct_place(vera, by=village.actor("cora"), speaks_for="", **place | {"role": "harmed"})
        assert (now.pk, now.get_role_display()) == (vera.pk, "person harmed")
