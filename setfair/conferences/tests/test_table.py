import json

import pytest
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.conferences import actions, queries
from setfair.conferences.live.gathering import gathered
from setfair.conferences.live.state import SHOWS, Kind, told
from setfair.conferences.models import BreakWish
from setfair.journal.models import Entry
from setfair.programmes.models import ScriptPage
from setfair.village.cast import OTHER
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db
CIRCLE, LIVE, BREAK = reverse("my_circle"), reverse("my_circle_live"), reverse("my_break")


@pytest.fixture
def sitting(on_the_day):
    """It is under way; all have come but Sol."""
    conference = on_the_day.begin()
    for key in ("hana", "rami", "gail"):
        actions.mark_attendance(conference, on_the_day.people[key], by=on_the_day.lead, came=True)
    return on_the_day


def open_at(story, asks):
    page = next(page for page in ScriptPage.objects.filter(script=story.conference.script) if page.asks == asks)
    actions.turn_page(story.conference, by=story.lead, page=page.order)
    return page


@pytest.mark.mission("S0.3")
def test_whose_turn_it_is_and_what_is_asked_on_their_own_phone(client, village, sitting):
    village.enter(client, sitting.hana)
    page = open_at(sitting, "responsible")
    shown = client.get(CIRCLE).content.decode()
    heard = client.get(LIVE).content.decode()
    for words in ("Rami", page.words.splitlines()[0].replace("'", "&#x27;")):
        assert words in shown
    assert (page.words.splitlines()[0] in heard, "You may pass." in shown, "I need a break" in shown) == (True, True, True)
    assert client.get(reverse("home")).content.decode().count(CIRCLE) == 1


@pytest.mark.mission("S0.2")
def test_nothing_of_the_teams_lies_on_the_table(village, sitting):
    """Of all its pages: no prompt, no id, nobody's whole name, and not what the team has among itself."""
    state, secrets = gathered(sitting.conference.pk), {sitting.case.ref, sitting.case.alias, "O'Hara", str(sitting.hana.pk), str(sitting.lead.id)}
    for page in ScriptPage.objects.filter(script=sitting.conference.script):
        actions.turn_page(sitting.conference, by=sitting.lead, page=page.order)
        state = gathered(sitting.conference.pk)
        said = told(state, Kind.TABLE, "en").decode()
        prompts = {line for words in (page.helps, page.if_quiet, page.if_upset, page.if_blame) for line in words.splitlines()}
        assert [word for word in secrets | prompts if word in said] == []
        if state.page.phase == "debrief":
            assert json.loads(said)["turn"] == {"names": [], "lines": [], "may_pass": False}
    assert tuple(json.loads(told(state, Kind.TABLE, "en"))) == SHOWS[Kind.TABLE]
    assert state.page.phase == "debrief"


def test_the_question_is_in_the_readers_language(village, sitting):
    sitting.hana.person.language = "es"
    sitting.hana.person.save(update_fields=["language"])
    page = open_at(sitting, "responsible")
    spanish = ScriptPage.objects.filter(key=page.key, script__language="es").first()
    state = gathered(sitting.conference.pk)
    said = {language: json.loads(told(state, Kind.TABLE, language))["turn"]["lines"] for language in ("en", "es")}
    assert said == {"en": page.words.splitlines(), "es": spanish.words.splitlines()}


def test_only_whoever_sits_in_it_and_only_while_it_lasts(client, village, sitting):
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    for person, status in ((sitting.hana, 200), (sitting.sol, 302), (other.people["otto"], 302)):
        village.enter(client, person)
        assert (client.get(CIRCLE).status_code, client.get(LIVE).status_code) == (status, 200 if status == 200 else 204)
        assert client.post(BREAK)["Location"] == (CIRCLE if status == 200 else reverse("home"))
    village.enter(client, sitting.hana)
    actions.adjourn(sitting.conference, by=sitting.lead, reason="asked")
    assert (client.get(CIRCLE)["Location"], client.get(LIVE).status_code) == (reverse("home"), 204)
    assert village.sign_in(client, "fadi").get(CIRCLE)["Location"] == reverse("code")


@pytest.mark.mission("S0.9")
def test_a_break_is_wished_for_and_nobody_learns_by_whom(client, village, sitting):
    village.enter(client, sitting.hana)
    for _time in (1, 2):
        assert client.post(BREAK).status_code == 302
    (wish,) = BreakWish.objects.all()
    (line,) = Entry.objects.filter(verb="wished_break")
    assert {field.name for field in BreakWish._meta.fields} == {"id", "programme", "conference", "number", "at"}
    assert (line.actor_kind, line.actor_id, line.route, line.network) == ("system", None, "", "")
    page = client.get(CIRCLE).content.decode()
    assert "Nobody is told who." in page
    for who in ("fadi", "ines"):
        shown = village.sign_in(client, who).get(reverse("conference", args=[sitting.conference.pk])).content.decode()
        assert '<div data-shows="wish">' in shown
    assert "wish" not in json.loads(told(gathered(sitting.conference.pk), Kind.TABLE, "en"))


def test_it_waits_until_somebody_of_the_team_has_read_it(client, village, sitting):
    conference = sitting.conference
    actions.wish_a_break(conference, by=sitting.me("hana"))
    assert queries.has_wish(conference)
    heard = reverse("wish_heard", args=[conference.pk])
    for who in ("mina", "nour"):
        assert village.sign_in(client, who).post(heard).status_code == 404
    assert village.sign_in(client, "ines").post(heard).status_code == 302
    assert not queries.has_wish(conference)
    actions.wish_a_break(conference, by=sitting.me("rami"))
    assert queries.has_wish(conference)


def test_a_phone_that_is_not_touched_follows_on_and_opens_nothing_else(client, village, sitting):
    village.enter(client, sitting.hana)
    client.get(CIRCLE)
    session = client.session
    session["seen"] = session["started"] = session["seen"] - 40 * 60
    session.save()
    assert [client.get(page).status_code for page in (LIVE, CIRCLE)] == [200, 200]
    assert client.get(reverse("home")).status_code == 302
    assert client.get(CIRCLE).status_code == 200
