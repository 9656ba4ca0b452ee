import pytest

from setfair.programmes.actions import CannotChange, add_script, revise_script
from setfair.programmes.models import Script
from setfair.programmes.scripts import ours, running_script

pytestmark = pytest.mark.django_db
PAGE = {"title": "Welcome", "asks": "", "words": "Thank you for coming.", "helps": "", "shared_before": False}


@pytest.fixture
def script(village):
    with village.inside():
        yield running_script(village.school, "en")


@pytest.mark.mission("S0.3")
def test_a_change_is_a_new_version_and_a_planned_conference_keeps_its_own(village, script, at_scheduled):
    story = at_scheduled
    kept = [page.words for page in script.pages.all()]
    new = revise_script(
        script, by=village.actor("ada"), pages=[PAGE, PAGE | {"title": "First question", "asks": "responsible", "shared_before": True}]
    )
    assert (new.version, [p.order for p in new.pages.all()]) == (2, [1, 2])
    assert running_script(village.school, "en") == new
    assert story.conference.script == script
    assert [page.words for page in Script.objects.get(pk=script.pk).pages.all()] == kept
    assert Script.objects.get(pk=script.pk).retired_at is not None


def test_of_two_who_rewrite_the_same_version_the_second_is_told(village, script):
    revise_script(script, by=village.actor("ada"), pages=[PAGE])
    with pytest.raises(CannotChange, match="Somebody else"):
        revise_script(script, by=village.actor("ada"), pages=[PAGE])


def test_a_page_keeps_its_key_so_that_it_stands_beside_its_other_language(village, script):
    kept = [page.key for page in script.pages.all()][:2]
    new = revise_script(script, by=village.actor("ada"), pages=[PAGE | {"key": kept[1]}, PAGE, PAGE | {"key": kept[0]}])
    keys = [page.key for page in new.pages.all()]
    assert (keys[0], keys[2], keys[1] in kept, len(keys[1])) == (kept[1], kept[0], False, 8)


def test_ours_written_anew_is_offered_and_taken_over_by_nobody_else(village, script):
    assert ours(script) == []
    new = revise_script(script, by=village.actor("ada"), pages=[PAGE])
    assert [page["title"] for page in ours(new)] == [page.title for page in script.pages.all()]
    taken = revise_script(new, by=village.actor("ada"), pages=ours(new))
    assert (ours(taken), taken.version) == ([], 3)
    own = add_script(by=village.actor("ada"), copy_of=script, name="Short circle", language="en")
    assert ours(revise_script(own, by=village.actor("ada"), pages=[PAGE])) == []


def test_a_script_without_a_page_is_refused(village, script):
    with pytest.raises(CannotChange, match="at least one page"):
        revise_script(script, by=village.actor("ada"), pages=[])


def test_a_new_script_begins_as_a_copy_and_a_name_is_taken_once(village, script):
    new = add_script(by=village.actor("ada"), copy_of=script, name="Short circle", language="en")
    assert [p.title for p in new.pages.all()] == [p.title for p in script.pages.all()]
    assert add_script(by=village.actor("ada"), copy_of=script, name="Short circle", language="en") == new
    revise_script(new, by=village.actor("ada"), pages=[PAGE])
    for taken in ("Short circle", script.name):
        with pytest.raises(CannotChange, match="this name"):
            add_script(by=village.actor("ada"), copy_of=script, name=taken, language="en")
