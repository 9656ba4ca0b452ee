import pytest

from setfair.cases.models import Role
from setfair.programmes.models import Script, ScriptPage
from setfair.programmes.scripts import LANGUAGES, SHIPPED, give_default_scripts, running_script

pytestmark = pytest.mark.django_db
FILES = sorted(SHIPPED.glob("*.txt"))


def pages(script):
    return list(ScriptPage.objects.filter(script=script))


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
        assert [(p.order, p.asks, p.shared_before) for p in english] == [(p.order, p.asks, p.shared_before) for p in spanish]


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
    assert order[6:] == ["responsible", "harmed", "everyone", "everyone"]


@pytest.mark.mission("S0.9")
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_it_says_early_that_coming_is_a_choice_and_never_uses_words_that_fix_a_person(path):
    text = path.read_text(encoding="utf-8").lower()
    assert [word for word in ("victim", "víctima", "offender", "ofensor", "guilt", "culpable", "perpetrator") if word in text] == []
    third = text.split("\n== ")[3]
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
