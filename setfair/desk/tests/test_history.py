from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from setfair.accounts.models import User
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.core.actor import anyone
from setfair.desk.history import PAGE, history
from setfair.journal.actions import record
from setfair.journal.models import Entry
from setfair.people.models import Person
from setfair.preparation import actions as preparation
from setfair.referrals import actions as referrals
from setfair.village.cast import OTHER
from setfair.village.story import case_at, opened
from setfair.village.time import at

from .counting import count

pytestmark = pytest.mark.django_db


def told(case, **kwargs):
    return [(m.sentence, m.who) for m in history(case, **{"before": "", "readings": False, **kwargs}).moments]


def test_it_begins_with_the_opening_and_names_who_did_what(village, at_preparing):
    with village.inside():
        story = at_preparing
        preparation.invite(story.hana, by=story.lead)
        preparation.withdraw(story.hana, by=story.me("hana"))
        lines = told(Case.objects.get(pk=story.case.pk))
    assert lines[-1] == ("The case was opened.", "Cora Ellery")
    assert ("Hana was invited.", "Fadi Brandt") in lines
    assert ("Ines Okafor was asked to facilitate.", "Cora Ellery") in lines
    assert ("Hana stopped for now.", "Hana") in lines


@pytest.mark.parametrize("stage", list(Stage))
def test_at_every_stage_every_line_has_its_sentence(village, stage, at_stage):
    with village.inside():
        case = at_stage.case
        page = history(case, before="", readings=True)
        assert len(page.moments) == min(PAGE, Entry.objects.filter(case_id=case.pk).count())
        assert all(m.sentence and "%(" not in m.sentence for m in page.moments)
        assert not [m.sentence for m in page.moments if m.sentence.startswith("Someone")]


def test_who_came_in_and_how_they_could_stands_in_the_history_of_their_case_alone(village, browser_clients, at_preparing):
    with village.inside():
        story, other = at_preparing, case_at(village, Stage.PREPARING, circle=OTHER)
        person = story.hana.person
        code = preparation.invite(story.hana, by=story.lead)
        cases.correct_person(
            story.hana, by=story.coordinator, name=person.name, called=person.called, language=person.language,
            birth_year=person.birth_year, interpreter=False, needs="", contacts={"email": "", "sms": "555-0188"},
        )  # fmt: skip
    village.enter(browser_clients(), story.hana)
    assert code
    ways = [
        ("Hana was written down.", "Cora Ellery"),
        ("A safe way to reach Hana was named.", "Cora Ellery"),
        ("A code was made for Hana.", "Fadi Brandt"),
        ("A link was made for Hana.", "Fadi Brandt"),
        ("A way to reach Hana is safe no more.", "Cora Ellery"),
        ("The ways in of Hana were taken back.", "Cora Ellery"),
        ("A safe way to reach Hana was named.", "Cora Ellery"),
        ("A code was made for Hana.", "Setfair"),
        ("Hana came in with their code.", "Hana"),
    ]
    with village.inside():
        mine, theirs = told(story.case)[::-1], told(other.case)
        assert [line for line in mine if line in ways] == ways
        assert [line for line in theirs if "Hana" in line[0]] == []
    with village.inside(village.county):
        assert told(story.case) == []


def test_how_whoever_asked_can_come_in_and_did_stands_in_the_history_without_the_code(village, browser_clients):
    with village.inside():
        story, other = case_at(village, Stage.PREPARING), case_at(village, Stage.PREPARING, circle=OTHER)
        first = ("Whoever asked has had a code since they asked.", "Cora Ellery")
        assert [line for line in told(story.case) if "hoever asked" in line[0]] == [first]
    browser_clients().post(reverse("code"), {"code": story.referral_code})
    with village.inside():
        asked = {"source": story.referral.source, "story": "It was on Monday.", "form_key": story.referral.form_key}
        _same, again = referrals.ask(by=anyone(village.school.pk), **asked)
        lines = [line for line in told(story.case) if "hoever asked" in line[0]]
        assert lines == [("A code was made for whoever asked.", ""), ("Whoever asked came in with their code.", "whoever asked"), first]
        assert [line[0] for line in told(other.case) if "hoever asked" in line[0]] == [first[0]]
        details = "".join(str(e.detail) for e in Entry.objects.all())
        assert [code in details for code in (story.referral_code, again)] == [False, False]


def test_each_page_of_a_case_is_written_down_once_an_hour(village, client, at_preparing):
    with village.inside():
        story = at_preparing
    cora = village.sign_in(client, "cora")
    ref = story.case.ref
    pages = [reverse(name, args=[ref]) for name in ("case", "case_people", "case_history")]
    pages += [reverse("person", args=[story.people[key].pk]) for key in ("hana", "rami")]
    for url in pages + pages[::-1]:
        assert cora.get(url).status_code == 200
    with village.inside():
        read = Entry.objects.filter(case_id=story.case.pk, verb="read").order_by("id").values_list("route", "subject_id")
        case, hana, rami = (str(row.pk) for row in (story.case, story.hana, story.rami))
        assert list(read) == [("case", case), ("case_people", case), ("case_history", case), ("person", hana), ("person", rami)]
    with at(timezone.now() + timedelta(minutes=61)):
        assert village.sign_in(client, "cora").get(pages[0]).status_code == 200
    with village.inside():
        assert Entry.objects.filter(case_id=story.case.pk, verb="read").count() == 6


def test_a_closing_says_its_reason(village, at_closed):
    with village.inside():
        story = at_closed
        assert ("The case was closed. Reason: the agreement was kept.", "Cora Ellery") in told(story.case)


def test_who_looked_is_shown_only_when_asked_for(village, client):
    with village.inside():
        case = opened(village).case
    village.sign_in(client, "sven").get(reverse("case", args=[case.ref]))
    with village.inside():
        assert "The page was opened." not in [s for s, _who in told(case)]
        assert ("The page was opened.", "Sven Aldous") in told(case, readings=True)
    shown = client.get(reverse("case_history", args=[case.ref])).content.decode()
    assert "Also show who looked" in shown
    assert "The page was opened." in client.get(reverse("case_history", args=[case.ref]) + "?readings=1").content.decode()


@pytest.mark.django_db(transaction=True)
def test_names_are_looked_up_and_not_kept(village, lose_key, at_preparing):
    with village.inside():
        story = at_preparing
        person = Person.objects.get(pk=story.hana.person_id)
        person.called = "Nila"
        person.save()
        User.objects.filter(pk=village.cora.pk).update(name="Cora Newname")
        assert ("Nila was given a place in the circle.", "Cora Newname") in told(story.case)
    lose_key(story.hana.person_id)
    with village.inside():
        assert ("Someone was given a place in the circle.", "Cora Newname") in told(story.case)


def test_pages_of_fifty_hold_each_line_once(village, client):
    with village.inside():
        case = opened(village).case
        for _number in range(PAGE * 2):
            record("lifted", case, by=village.actor("cora"))
        everything = Entry.objects.filter(case_id=case.pk).count()
    village.sign_in(client, "cora")
    shown, url = 0, reverse("case_history", args=[case.ref])
    pages = 0
    while url:
        page = client.get(url)
        shown += len(page.context["page"].moments)
        pages += 1
        older = page.context["page"].older
        url = reverse("case_history", args=[case.ref]) + f"?older={older}" if older else ""
    assert (shown, pages) == (everything, 3)


@pytest.mark.parametrize("place", ["x", "-1", "9" * 40, "1.5", ""])
def test_a_place_that_makes_no_sense_does_no_harm(village, client, place):
    with village.inside():
        case = opened(village).case
    assert village.sign_in(client, "cora").get(reverse("case_history", args=[case.ref]), {"older": place}).status_code == 200


def test_times_stand_on_the_programmes_own_clock(village, client):
    with village.inside():
        case = opened(village).case
        at = Entry.objects.filter(case_id=case.pk).earliest("id").at
    shown = village.sign_in(client, "cora").get(reverse("case_history", args=[case.ref])).content.decode()
    local = at.astimezone(__import__("zoneinfo").ZoneInfo(village.school.zone))
    assert f">{date_format(local, 'DATETIME_FORMAT')}</time>" in shown


def test_one_line_or_many_it_takes_the_same_number_of_queries(village, client, at_preparing):
    with village.inside():
        story = at_preparing
        preparation.invite(story.hana, by=story.lead)
    url = reverse("case_history", args=[story.case.ref])
    village.sign_in(client, "cora").get(url)
    one = count(client, url)
    with village.inside():
        for key in ("rami", "sol", "gail"):
            preparation.invite(story.people[key], by=story.lead)
    assert count(client, url) == one
