import pytest

from setfair.cases.models import SPEAKERS, Role
from setfair.programmes.models import Phase, Script, ScriptPage
from setfair.programmes.scripts import LANGUAGES, SHIPPED, give_default_scripts, running_script

pytestmark = pytest.mark.django_db
FILES = sorted(SHIPPED.glob("*.txt"))


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


@pytest.mark.mission("S0.3")
@pytest.mark.parametrize("place", ["school", "county"])
def test_a_programme_has_its_kinds_script_in_each_language_once(village, place):
    programme = getattr(village, place)
    with village.inside(programme):
        given = give_default_scripts(programme)
        again = give_default_scripts(programme)
        assert [s.language for s in given] == list(LANGUAGES)
        assert [s.pk for s in given] == [s.pk for s in again]
        assert Script.objects.count() == 2
        english, spanish = (pages(s) for s in given)
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
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_it_says_early_that_coming_is_a_choice_and_never_uses_words_that_fix_a_person(path):
    text = path.read_text(encoding="utf-8").lower()
    assert [word for word in ("victim", "víctima", "offender", "ofensor", "guilt", "culpable", "perpetrator") if word in text] == []
    third = text.split("\n== ")[4]
    assert ("you can stop at any time" in third) or ("pueden parar en cualquier momento" in third)


def test_which_script_is_in_use(village):
    with village.inside():
        english, spanish = give_default_scripts(village.school)
        assert running_script(village.school).pk == english.pk
        assert running_script(village.school, "es").pk == spanish.pk
        assert running_script(village.school, "ar").pk == english.pk
        newer = Script.objects.create(name=english.name, language="en", version=2)
        assert running_script(village.school).pk == newer.pk
        Script.objects.exclude(language="es").update(retired_at="2026-11-01T00:00Z")
        assert running_script(village.school).pk == spanish.pk
        Script.objects.update(retired_at="2026-11-01T00:00Z")
        assert running_script(village.school) is None
