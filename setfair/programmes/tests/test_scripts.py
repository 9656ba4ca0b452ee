import pytest

from setfair.cases.models import SPEAKERS, Role
from setfair.journal.models import Entry
from setfair.programmes import actions
from setfair.programmes.models import Phase, Script, ScriptPage
from setfair.programmes.scripts import LANGUAGES, WAYS, give_default_scripts, lacks_ours, running_script, shipped

pytestmark = pytest.mark.django_db
PAGE = {"title": "Welcome", "words": "Thank you for coming."}


def pages(script):
    return list(ScriptPage.objects.filter(script=script))


def prompts(page):
    return page.if_quiet, page.if_upset, page.if_blame, page.helps


@pytest.mark.mission("S0.3")
@pytest.mark.parametrize("place", ["school", "county"])
def test_it_goes_through_the_hour_in_its_phases_and_helps_each_voice_in_three_ways(village, place):
    programme = getattr(village, place)
    with village.inside(programme):
        found = pages(give_default_scripts(programme)[0])
    assert list(dict.fromkeys(p.phase for p in found)) == list(Phase)
    spoken = [p for p in found if p.phase in (Phase.VOICES, Phase.NEEDS, Phase.DRAFT, Phase.READ_BACK, Phase.SIGN)]
    assert len(spoken) == 13
    assert [p.title for p in spoken if not all(prompts(p)[:3])] == []


@pytest.mark.mission("S0.5")
@pytest.mark.mission("S1.5")
@pytest.mark.parametrize(("language", "who_else"), [("en", "Who else has this touched, and how?"), ("es", "¿A quién más le ha tocado esto, y cómo?")])
def test_each_voice_is_asked_who_else_was_affected_and_what_is_understood_closes_the_sharing(village, language, who_else):
    with village.inside():
        found = pages(next(s for s in give_default_scripts(village.school) if s.language == language))
    first = [p for p in found if p.phase == Phase.VOICES and p.key != "heard"]
    assert [p.asks for p in first if who_else not in p.words] == []
    assert {p.asks for p in first} == {*SPEAKERS} - {Role.INTERPRETER}
    sharing = [p for p in found if p.phase in (Phase.VOICES, Phase.NEEDS)]
    assert (sharing[-1].key, sharing[-1].asks) == ("shared", "everyone")


@pytest.mark.mission("S0.4")
def test_there_is_a_place_for_an_apology_and_nobody_is_made_to_give_one(village):
    with village.inside():
        english = pages(give_default_scripts(village.school)[0])
    place = next(p for p in english if p.key == "heard")
    assert (place.asks, "Nobody is made to say sorry." in place.helps) == ("responsible", True)
    assert [p.title for p in english if "sorry" in p.words.lower() or "apolog" in p.words.lower()] == []


WHO_ELSE = {"en": "Who else has this touched, and how?", "es": "¿A quién más le ha tocado esto, y cómo?"}


@pytest.mark.mission("S0.4")
@pytest.mark.mission("S0.5")
@pytest.mark.mission("S1.5")
@pytest.mark.mission("S1.9")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["school", "county"])
def test_every_script_of_ours_hears_the_community_asks_who_else_leaves_room_for_an_apology_and_closes_the_sharing(village, place, language, way):
    _name, found = shipped(getattr(village, place), way, language)
    voices = [page for page in found if page["phase"] == Phase.VOICES]
    assert [page["key"] for page in voices if page["key"] != "heard" and WHO_ELSE[language] not in page["words"]] == []
    assert [page["asks"] for page in voices if page["asks"] == Role.COMMUNITY] == [Role.COMMUNITY]
    assert (voices[-1]["key"], voices[-1]["asks"]) == ("heard", Role.RESPONSIBLE)
    assert {"en": "Nobody is made to say sorry.", "es": "No se obliga a nadie a pedir perdón."}[language] in voices[-1]["helps"]
    sharing = [page for page in found if page["phase"] in (Phase.VOICES, Phase.NEEDS)]
    assert (sharing[-1]["key"], sharing[-1]["asks"]) == ("shared", "everyone")


@pytest.mark.mission("S0.3")
@pytest.mark.parametrize("place", ["school", "county"])
def test_a_programme_has_its_kinds_script_in_each_language_once(village, place):
    programme = getattr(village, place)
    with village.inside(programme):
        given = give_default_scripts(programme)
        again = give_default_scripts(programme)
        assert [(s.way, s.language) for s in given] == [(way, language) for way in WAYS for language in LANGUAGES]
        assert [s.pk for s in given] == [s.pk for s in again]
        assert Script.objects.count() == 8
        for english, spanish in zip([pages(s) for s in given[::2]], [pages(s) for s in given[1::2]], strict=True):
            same = [[(p.order, p.key, p.phase, p.asks, p.shared_before, *map(bool, prompts(p))) for p in pages] for pages in (english, spanish)]
            assert same[0] == same[1]


def test_rewritten_pages_are_not_written_over(village):
    with village.inside():
        script = give_default_scripts(village.school)[0]
        ScriptPage.objects.filter(script=script, order=1).update(words="Our own welcome")
        give_default_scripts(village.school)
        assert ScriptPage.objects.get(script=script, order=1).words == "Our own welcome"


@pytest.mark.mission("S2.6")
def test_every_question_is_shared_before_and_every_role_that_speaks_has_one(village):
    with village.inside():
        found = pages(give_default_scripts(village.school)[0])
    asked = {p.asks for p in found if p.shared_before}
    assert asked == {Role.RESPONSIBLE, Role.HARMED, Role.AFFECTED, Role.SUPPORTER, Role.GUARDIAN, Role.COMMUNITY, "everyone"}
    order = [p.asks for p in found if p.shared_before]
    assert order.index("harmed") == order.index("responsible") + 1
    assert order[6:] == ["responsible", "harmed", "everyone", "everyone", "everyone", "everyone"]


@pytest.mark.mission("S0.9")
@pytest.mark.parametrize("place", ["school", "county"])
def test_each_says_early_that_coming_is_a_choice_and_never_uses_words_that_fix_a_person(village, place):
    programme = getattr(village, place)
    with village.inside(programme):
        for script in give_default_scripts(programme):
            found = pages(script)
            said = " ".join(" ".join([p.title, p.words, *prompts(p)]) for p in found).lower()
            assert [word for word in ("victim", "víctima", "offender", "ofensor", "guilt", "culpable", "perpetrator") if word in said] == []
            welcome = " ".join(p.words for p in found if p.phase == Phase.WELCOME)
            assert ("You can stop at any time" in welcome) or ("Pueden parar en cualquier momento" in welcome)


@pytest.mark.mission("S1.3")
@pytest.mark.parametrize("way", WAYS)
def test_each_way_has_a_script_of_its_own_that_goes_through_the_hour(village, way):
    with village.inside():
        script = running_script(village.school, "en", way=way)
        found = [p.phase for p in pages(script)]
    assert (script.way, script.language) == (way, "en")
    assert list(dict.fromkeys(found)) == [phase for phase in Phase if phase != Phase.REFRESHMENTS or way != "call"]


def test_which_script_is_in_use(village):
    ada = village.actor("ada")
    with village.inside():
        english, spanish = give_default_scripts(village.school)[:2]
        assert running_script(village.school).pk == english.pk
        assert running_script(village.school, "es").pk == spanish.pk
        assert running_script(village.school, "ar").pk == english.pk
        newer = actions.revise_script(english, by=ada, pages=[PAGE])
        assert running_script(village.school).pk == newer.pk
        Script.objects.exclude(language="es").update(retired_at="2026-11-01T00:00Z")
        assert running_script(village.school).pk == spanish.pk
        Script.objects.update(retired_at="2026-11-01T00:00Z")
        assert running_script(village.school) is None


def test_a_copy_is_used_once_it_is_chosen_however_often_it_was_revised(village):
    ada = village.actor("ada")
    with village.inside():
        english = running_script(village.school, "en")
        copy = actions.add_script(by=ada, copy_of=english, name="Short circle", language="en")
        other = actions.add_script(by=ada, copy_of=english, name="To come back, short", language="en", way="reentry")
        for _time in range(2):
            copy, other = (actions.revise_script(script, by=ada, pages=[PAGE]) for script in (copy, other))
        assert running_script(village.school, "en").pk == english.pk
        assert running_script(village.school, "en", way="reentry").name == "A circle to come back"
        assert actions.use_script(copy, by=ada) == copy
        assert running_script(village.school, "en").pk == copy.pk
        assert running_script(village.school, "en", way="reentry").name == "A circle to come back"
        actions.use_script(other, by=ada)
        assert running_script(village.school, "en", way="reentry").pk == other.pk
        assert running_script(village.school, "en").pk == copy.pk
        actions.use_script(other, by=ada)
        assert Entry.objects.filter(verb="used_script").count() == 2


def test_a_way_without_a_script_has_that_of_a_meeting_and_ours_can_be_brought_in(village):
    ada = village.actor("ada")
    with village.inside():
        Script.objects.filter(way="call").update(retired_at="2026-11-01T00:00Z", name="Gone")
        assert running_script(village.school, "es", way="call").name == "Nuestro guion"
        assert lacks_ours(village.school)
        assert [(s.way, s.language) for s in actions.bring_ours(village.school, by=ada)] == [("call", "en"), ("call", "es")]
        assert (running_script(village.school, "es", way="call").name, lacks_ours(village.school)) == ("En una llamada", False)
        assert actions.bring_ours(village.school, by=ada) == []
