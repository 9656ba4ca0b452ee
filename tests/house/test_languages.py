"""Everyone is spoken to in their own language, and every page can be read from right to left."""

import re

import pytest
from django.urls import reverse

from setfair.accounts.actions import issue_code
from setfair.accounts.models import Pass
from setfair.cases.actions import add_person, open_case
from setfair.cases.models import Role
from setfair.core.actor import system
from setfair.letters.models import Letter
from setfair.programmes.models import Programme
from setfair.programmes.speaking import spoken
from setfair.referrals.tests import walk

pytestmark = pytest.mark.django_db

LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def hana(village):
    """Somebody with a code, who reads Spanish."""
    with village.inside():
        case = open_case(by=village.actor("cora"), coordinator=village.users["cora"])
        return add_person(case, by=village.actor("cora"), name="Hana", role=Role.HARMED, language="es")


def opening(page):
    """The first tag of a page: its language and its direction."""
    return re.search(r"<html [^>]*>", page.content.decode())[0].split(" class")[0]


def speaks(page):
    return re.search(r'lang="(\w+)"', opening(page))[1]


def read(page):
    """What a reader sees of the main part, without names of people and without what stands in tags."""
    main = re.search(r"<main[^>]*>(.*)</main>", page.content.decode(), re.DOTALL)[1]
    return re.sub(r"<bdi[^>]*>.*?</bdi>|<[^>]+>", " ", main, flags=re.DOTALL)


def public(village, name, *more):
    return reverse(name, args=[village.school.slug, *more])


# Whose language


def test_the_programme_speaks_its_own_language_to_whoever_says_nothing(village, client):
    with village.inside():
        Programme.objects.filter(pk=village.school.pk).update(language="es")
    assert speaks(client.get(public(village, "start"))) == "es"
    assert speaks(client.get(public(village, "start"), headers={"accept-language": "fr"})) == "es"
    assert speaks(client.get(public(village, "start"), headers={"accept-language": "fr,en-GB;q=0.5"})) == "en"
    client.post(reverse("set_language"), {"language": "en"})
    assert speaks(client.get(public(village, "start"))) == "en"


def test_whoever_comes_in_is_spoken_to_in_their_language_until_they_choose_another(village, client, hana):
    client.post(reverse("set_language"), {"language": "ar"})
    assert client.post(reverse("code"), {"code": village.code_for(hana)}).url == reverse("home")
    assert speaks(client.get(reverse("home"), headers={"accept-language": "en"})) == "es"
    client.post(reverse("set_language"), {"language": "ar", "next": reverse("home")})
    assert opening(client.get(reverse("home"))) == '<html lang="ar" dir="rtl"'


def test_a_link_speaks_their_language_too(village, client, hana):
    assert speaks(village.enter(client, hana).get(reverse("home"))) == "es"


def test_whoever_sent_a_request_is_spoken_to_in_its_language(village, client):
    referral = sent(village, client, language="es")
    with village.inside():
        code = issue_code(bearer=Pass.Bearer.REFERRAL, bearer_id=referral.pk, by=system(village.school.pk))
    client.cookies.clear()
    assert client.post(reverse("code"), {"code": code}).url == reverse("status")
    assert speaks(client.get(reverse("status"))) == "es"


def test_leaving_forgets_the_language(village, client, hana):
    client.post(reverse("code"), {"code": village.code_for(hana)})
    client.get(reverse("exit"))
    assert speaks(client.get(reverse("code"))) == "en"


def test_what_we_do_not_speak_is_said_in_the_programmes_own_language(village, settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    with village.inside():
        Programme.objects.filter(pk=village.school.pk).update(language="es")
        assert [spoken(language) for language in ("en", "es", "ar", "")] == ["en", "es", "es", "es"]
    assert spoken("ar") == "en"


# Letters


def sent(village, client, language="", speak=""):
    """A request with its pages read in `speak`, and the language question answered with `language`."""
    if speak:
        client.post(reverse("set_language"), {"language": speak})
    walk.send(client, access={"language": language})
    return walk.the_only(village)


@pytest.mark.parametrize(("language", "speak", "written"), [("", "", "en"), ("", "es", "es"), ("en", "es", "en"), ("es", "", "es")])
def test_whoever_asks_gets_the_answer_in_the_language_they_named_or_read(village, client, language, speak, written):
    referral = sent(village, client, language, speak)
    with village.inside():
        letter = Letter.objects.get(reader_id=referral.pk)
    assert (referral.language, letter.language) == (written, written)
    assert letter.subject == {"en": "A message for you", "es": "Un mensaje para ti"}[written]


# The switch


def test_the_switch_keeps_what_was_typed_and_needs_no_script(village, client):
    client.post(public(village, "ask_step", "now"), {"answer": "no"})
    here = public(village, "ask_step", "what")
    page = client.get(here).content.decode()
    assert re.findall(r'<button class="menu-item" form="question" name="speak" value="(\w+)"', page) == ["en", "es", "ar"]
    assert page.index('form="question" tabindex="-1"') < page.index('name="speak"')
    turned = client.post(here, {"story": "They threw my bag.", "speak": "es"})
    assert (turned.status_code, speaks(turned)) == (200, "es")
    assert "They threw my bag.</textarea>" in turned.content.decode()
    assert "¿Qué pasó?" in turned.content.decode()
    assert speaks(client.get(here)) == "es"
    assert "They threw my bag." not in client.get(here).content.decode()


def test_the_switch_keeps_a_half_named_person_and_calls_nothing_wrong(village, client):
    client.post(public(village, "ask_step", "now"), {"answer": "no"})
    turned = client.post(public(village, "ask_step", "people"), {"name": "a boy from my class", "speak": "es"})
    assert (turned.status_code, speaks(turned)) == (200, "es")
    assert 'value="a boy from my class"' in turned.content.decode()
    assert "error" not in read(turned).lower()


def test_the_switch_of_a_page_that_can_only_be_sent_to_leads_back_to_the_one_before(village, client, hana):
    before = f"http://testserver{reverse('choice_agree')}"
    page = village.enter(client, hana).post(reverse("choice_said"), {"outcome": "on"}, headers={"referer": before})
    assert page.status_code == 422
    (there,) = re.findall(r'name="next" value="([^"]*)"', page.content.decode())
    assert client.post(reverse("set_language"), {"language": "es", "next": there}).url == before
    assert speaks(client.get(before)) == "es"


def test_nothing_but_a_language_of_ours_can_be_chosen(village, client):
    client.post(public(village, "ask_step", "now"), {"answer": "no"})
    turned = client.post(public(village, "ask_step", "what"), {"story": "", "speak": "xx\r\nSet-Cookie: a=b"})
    assert (speaks(turned), turned.cookies.get("django_language")) == ("en", None)


# From right to left


def in_arabic(client):
    client.post(reverse("set_language"), {"language": "ar"})
    return client


@pytest.mark.parametrize("step", ["", *walk.ORDER])
def test_the_questions_run_from_right_to_left(village, client, settings, step):
    in_arabic(client).post(public(village, "ask_step", "now"), {"answer": "no"})
    page = client.get(public(village, "ask_step", step) if step else public(village, "ask"))
    assert (page.status_code, opening(page)) == (200, '<html lang="ar" dir="rtl"')
    own_names = LATIN.findall(" ".join(dict(settings.LANGUAGES).values())) if step == "access" else []
    assert LATIN.findall(read(page)) == own_names


def test_the_first_page_runs_from_right_to_left(village, client):
    page = in_arabic(client).get(public(village, "start"))
    assert opening(page) == '<html lang="ar" dir="rtl"'
    with village.inside():
        names = {name for name, _role in page.context["team"]} | {village.school.room}
    told = read(page)
    for name in names:
        told = told.replace(name, "")
    assert LATIN.findall(told) == []


@pytest.mark.parametrize("page", ["home", "choice", "choice_agree", "stop", "questions", "times"])
def test_peoples_own_pages_run_from_right_to_left(village, client, hana, page):
    inside = village.enter(client, hana)
    in_arabic(inside)
    answer = inside.get(reverse(page))
    assert (answer.status_code, opening(answer)) == (200, '<html lang="ar" dir="rtl"')
    if page != "questions":  # what a facilitator reads aloud is the programme's own, in its own languages
        assert set(LATIN.findall(read(answer))) <= {"Hana"}
