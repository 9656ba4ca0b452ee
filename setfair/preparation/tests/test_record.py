"""Consent as a record: the very words, kept for years; for one purpose and one office each; with conditions, a last day and a way back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from setfair.preparation import actions, queries
from setfair.preparation.actions import CannotPrepare
from setfair.preparation.asked import asked_of, mark
from setfair.preparation.models import Consent, ConsentText
from setfair.preparation.queries import blockers
from setfair.programmes.actions import CannotChange
from setfair.village.time import today

pytestmark = pytest.mark.django_db
NEW = "I would like to come to the talk."


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        yield at_preparing


def reword(village, words=NEW, scope="take_part", language="en", seen=""):
    key = f"consent.{scope}.me"
    given = {"scope": scope, "about": "me", "language": language, "seen": {key: seen}, "words": {key: words}}
    actions.reword(village.school, by=village.actor("ada"), **given)


def test_years_later_the_words_they_read_stand_beside_the_answer(village, story):
    said = actions.consent(story.hana, by=story.me("hana"), answer="yes", method="own", language="es")
    reword(village, "Quiero venir a la charla.", language="es")
    again = actions.consent(story.sol, by=story.me("sol"), answer="yes", method="own", language="es")
    there = Consent.objects.get(pk=said.pk).text
    assert (there.sentence, there.language, there.version) == ("Quiero participar.", "es", 1)
    assert [heading for heading, _words in there.parts][:2] == ["Tú eliges con libertad", "Quién estará"]
    assert (again.text.sentence, again.text.version) == ("Quiero venir a la charla.", 2)
    reword(village, "", language="es", seen="Quiero venir a la charla.")
    assert actions.consent(story.rami, by=story.me("rami"), answer="yes", method="own", language="es").text == there


def test_the_kept_words_and_answers_are_never_changed(village, story):
    actions.consent(story.hana, by=story.lead, answer="yes")
    for statement in ("UPDATE preparation_consenttext SET sentence = 'x'", "DELETE FROM preparation_consenttext"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError, match="consent_yes_to_words"), transaction.atomic():
        Consent.objects.create(participation=story.hana, giver=story.hana, scope="notes", answer="yes", method="said", words="1", language="en")


def test_nobody_says_yes_to_words_that_changed_while_the_page_lay_open(client, village, story):
    hana = village.enter(client, story.hana)
    with village.inside():
        seen = mark(asked_of(story.hana), "en")
        reword(village)
    answer = hana.post(reverse("choice_said"), {"take_part": "on", "seen": seen})
    assert (answer.status_code, "The words on this page have changed" in answer.content.decode(), NEW in answer.content.decode()) == (422, True, True)
    with village.inside():
        assert not Consent.objects.exists()
    page = hana.get(reverse("choice_agree")).content.decode()
    fresh = page.split('name="seen" value="')[1].split('"')[0]
    assert hana.post(reverse("choice_said"), {"take_part": "on", "seen": fresh}).status_code == 302
    with village.inside():
        assert Consent.objects.get(scope="take_part").text.sentence == NEW


def test_who_said_yes_to_older_words_is_listed_and_not_moved(client, village, story, browser_clients):
    actions.consent(story.hana, by=story.lead, answer="yes")
    actions.consent(story.sol, by=story.lead, answer="no")
    assert queries.to_ask_again(village.actor("cora")) == []
    reword(village)
    assert [c.giver for c in queries.to_ask_again(village.actor("cora"))] == [story.hana]
    assert queries.to_ask_again(village.actor("nour")) == queries.to_ask_again(village.actor("mina")) == []
    assert queries.answer_of(story.hana).text.version == 1
    page = village.sign_in(client, "cora").get(reverse("ask_again")).content.decode()
    assert ("Hana" in page, "Sol" in page) == (True, False)
    assert village.sign_in(browser_clients(), "fadi").get(reverse("ask_again")).status_code == 404


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("I acknowledge my participation in accordance with the aforementioned organizational conditions.", "hard to read"),
        ("I take part in the talk about the assault.", "says what it is about"),
    ],
)
def test_hard_and_telling_words_are_refused(village, story, words, why):
    with pytest.raises(CannotChange, match=why):
        reword(village, words)


def test_an_administrator_changes_the_words_on_screen_and_nobody_else(client, village, story, browser_clients):
    address = reverse("settings_consent", args=["take_part", "me"])
    ada = village.sign_in(client, "ada")
    assert ada.get(reverse("settings_consents")).content.decode().count("Change the words") == 9
    answer = ada.post(f"{address}?language=en", {"sentence": NEW, "seen-sentence": ""})
    assert answer.status_code == 302
    page = ada.get(f"{address}?language=en").content.decode()
    assert (NEW in page, "Version 1, " in page, "Version 2, " in page) == (True, True, True)
    assert [village.sign_in(browser_clients(), who).get(address).status_code for who in ("cora", "fadi", "nour")] == [404, 404, 200]
    county = village.sign_in(browser_clients(), "nour").get(address).content.decode()
    assert NEW not in county


def test_staff_read_the_whole_record_and_the_person_the_same_in_plain_words(client, village, story, browser_clients):
    given = {"method": "paper", "interpreted": True, "conditions": "only if my uncle is there", "until": timezone.localdate() + timedelta(days=9)}
    actions.consent(story.hana, by=story.coordinator, answer="yes", language="es", **given)
    actions.consent(story.hana, by=story.coordinator, answer="no", scope="notes")
    address = reverse("consent_record", args=[story.hana.pk])
    pages = {who: village.sign_in(browser_clients(), who).get(address) for who in ("cora", "fadi", "mina", "nour", "ada")}
    assert {who: page.status_code for who, page in pages.items()} == {"cora": 200, "fadi": 200, "mina": 404, "nour": 404, "ada": 404}
    text = " ".join(pages["fadi"].content.decode().split())
    for part in ("for themselves", "on paper, written down by Cora", "an interpreter helped", "only if my uncle is there", "Quiero participar."):
        assert part in text
    own = village.enter(client, story.hana).get(reverse("my_yes")).content.decode()
    assert ("Quiero participar." in own, "Only if: only if my uncle is there" in own, "This yes counts until" in own) == (True, True, True)
    others = village.enter(browser_clients(), story.rami).get(reverse("my_yes")).content.decode()
    assert ("uncle" in others, "You have not answered yet." in others) == (False, True)
    person = village.sign_in(browser_clients(), "fadi").get(reverse("person", args=[story.hana.pk])).content.decode()
    ready = village.sign_in(browser_clients(), "fadi").get(reverse("ready", args=[story.case.ref])).content.decode()
    assert (person.count("A yes with a condition"), ready.count("A yes with a condition")) == (1, 1)


def test_the_condition_is_sealed(story, superuser_connection):
    actions.consent(story.hana, by=story.lead, answer="yes", conditions="only if my uncle is there")
    row = Consent.objects.filter(scope="take_part").values_list("conditions", flat=True).get()
    assert b"uncle" not in bytes(row)


def test_a_yes_counts_until_its_last_day_and_no_longer(story):
    last = today(story.programme) + timedelta(days=5)
    story.meet_everyone()
    story.hear_every_yes()
    actions.consent(story.hana, by=story.lead, answer="yes", until=last, method="paper")
    assert [b.code for b in blockers(story.case, last)] == []
    late = blockers(story.case, last + timedelta(days=1))
    assert [(b.code, b.participation.person.shown, b.sentence) for b in late] == [
        ("consent", "Hana", f"The yes of Hana ends on {date_format(last, 'MONTH_DAY_FORMAT')}. Take a day before, or ask again.")
    ]
    with pytest.raises(CannotPrepare, match="This day is over"):
        actions.consent(story.sol, by=story.lead, answer="yes", until=last - timedelta(days=6))


# For one purpose, and for one office


@pytest.fixture
def court(village, story):
    office = actions.name_office(by=village.actor("ada"), name="Fern Hill court office", purpose="share")
    actions.ask_about(story.case, by=story.coordinator, recipient=office)
    return office


def test_an_office_is_asked_about_only_in_the_case_that_names_it(client, village, story, court, browser_clients):
    page = village.enter(client, story.hana).get(reverse("choice_agree")).content.decode()
    assert ("You may tell Fern Hill court office three things" in page, page.count('type="checkbox"')) == (True, 4)
    guardian = village.enter(browser_clients(), story.gail).get(reverse("choice_child_agree")).content.decode()
    assert guardian.count('type="checkbox"') == 2
    with village.inside():
        actions.ask_no_more(story.case, by=story.coordinator, recipient=court.pk)
    page = village.enter(client, story.hana).get(reverse("choice_agree")).content.decode()
    assert page.count('type="checkbox"') == 3


def test_each_office_has_its_own_answer(village, story, court):
    school = actions.name_office(by=village.actor("ada"), name="School office", purpose="share")
    actions.consent(story.hana, by=story.lead, answer="yes", scope="share", recipient=court)
    actions.consent(story.hana, by=story.lead, answer="no", scope="share", recipient=school)
    assert queries.live_yes(story.hana, scope="share", recipient=court).text.sentence.startswith("You may tell Fern Hill court office")
    assert queries.live_yes(story.hana, scope="share", recipient=school) is None
    with pytest.raises(CannotPrepare, match="which office"):
        actions.consent(story.hana, by=story.lead, answer="yes", scope="share")
    with pytest.raises(CannotPrepare, match="which office"):
        actions.consent(story.hana, by=story.lead, answer="yes", recipient=court)


def test_one_tap_takes_one_yes_back_and_no_other(client, village, story, court):
    for scope, office in (("take_part", None), ("notes", None), ("share", court)):
        actions.consent(story.hana, by=story.me("hana"), answer="yes", scope=scope, recipient=office, method="own")
    said = Consent.objects.get(scope="share")
    assert village.enter(client, story.sol).post(reverse("yes_back", args=[said.pk])).status_code == 404
    hana = village.enter(client, story.hana)
    assert hana.post(reverse("yes_back", args=[said.pk])).status_code == 302
    with village.inside():
        assert queries.live_yes(story.hana, scope="share", recipient=court) is None
        assert [queries.live_yes(story.hana, scope=scope) is not None for scope in ("take_part", "notes")] == [True, True]
        assert ConsentText.objects.count() == 3


def test_offices_are_named_by_the_administrator_and_chosen_by_who_runs_the_case(client, village, story, browser_clients):
    ada = village.sign_in(client, "ada")
    assert ada.post(reverse("settings_offices"), {"name": "Court office", "purpose": "share"}).status_code == 302
    assert "Court office" in ada.get(reverse("settings_offices")).content.decode()
    address = reverse("offices", args=[story.case.ref])
    cora = village.sign_in(browser_clients(), "cora")
    with village.inside():
        office = queries.offices_to_name(story.case).get()
    assert [village.sign_in(browser_clients(), who).get(address).status_code for who in ("fadi", "sven", "nour", "ada")] == [404, 404, 404, 404]
    assert cora.post(address, {"recipient": office.pk}).status_code == 302
    assert cora.get(address).content.decode().count("Not asked yet") == 4
    assert cora.post(reverse("office_over", args=[story.case.ref, office.pk])).status_code == 302
    assert "No office is named in this case." in cora.get(address).content.decode()
