"""The same rows come back in more ways than one: they are known again, and what was put right is read as it was meant."""

import pytest

from setfair.imports.models import Meaning
from setfair.referrals.models import Referral

from .files import brought, guessed, let_in, worked

pytestmark = pytest.mark.django_db
CALLS = "Source,Story,Phone,Remark\nparent,A word in the yard,555 0100 200,first\nparent,A broken window,555 0100 201,second\n"


@pytest.fixture
def cora(village, client):
    return village.sign_in(client, "cora")


def columns(page, **said):
    names = dict(enumerate(column.guess for column in page.context["form"].columns))
    return {f"column_{place}": name for place, name in names.items()} | said


def test_with_one_more_column_named_a_row_is_still_the_same(village, cora):
    page = brought(cora, "requests", CALLS)
    guessed(cora, page)
    assert let_in(cora, page).context["count"].made == 2
    again = brought(cora, "requests", CALLS)
    looked = guessed(cora, again, **columns(cora.get(again), column_3="needs"))
    assert (looked.context["count"].good, looked.context["count"].here) == (0, 2)
    assert let_in(cora, again).context["count"].made == 0
    with village.inside():
        assert Referral.objects.count() == 2


def test_a_row_that_was_saved_and_put_right_keeps_the_plus_of_its_number(village, cora):
    page = brought(cora, "requests", "Source,Story,Phone\nnobody here,A word in the yard,+1 555 0100 200\n")
    guessed(cora, page)
    saved = cora.get(page + "rows/").content.decode()
    assert "'+1 555 0100 200" in saved
    mended = brought(cora, "requests", saved.replace("nobody here", "parent"))
    guessed(cora, mended)
    assert let_in(cora, mended).context["count"].made == 1
    with village.inside():
        assert Referral.objects.get().reach == {"call": "+1 555 0100 200"}


def test_a_deadline_that_was_missed_comes_in_as_it_is(village, cora):
    page = brought(cora, "requests", "Source,Story,Phone,Deadline\nparent,A word in the yard,555 0100 200,2026-01-31\n")
    guessed(cora, page)
    assert let_in(cora, page).context["count"].made == 1
    with village.inside():
        assert Referral.objects.get().deadline.isoformat() == "2026-01-31"


def test_a_word_that_is_not_known_is_told_and_what_may_stand_there_once(village, cora):
    page = brought(cora, "requests", "Source,Story,Phone\na neighbour,A word in the yard,555 0100 200\nan uncle,A shove,555 0100 201\n")
    looked = guessed(cora, page)
    assert [one.faults for one in looked.context["stopped"]] == [
        [("Who asks", f"We do not know “{word}”. What can stand here is said below.")] for word in ("a neighbour", "an uncle")
    ]
    ((label, known),) = looked.context["words"]
    assert (label, "a parent or guardian" in known, "police" in known) == ("Who asks", True, False)


def test_a_list_in_arabic(village, cora):
    page = brought(cora, "requests", "Source,Story,Phone\nparent,تشاجر ولدان بعد المباراة,555 0100 200\n".encode("utf-8-sig"))
    guessed(cora, page)
    assert let_in(cora, page).context["count"].made == 1
    with village.inside():
        kept = Referral.objects.get()
        assert (kept.story, kept.written) == ("تشاجر ولدان بعد المباراة", "ar")


TWO_WORDS = "Source,Story,Phone\na neighbour,A word in the yard,555 0100 200\nA Neighbour,A shove,555 0100 201\nan uncle,A push,555 0100 202\n"


def meanings(page):
    form = page.context["meanings"]
    return {str(form[name].label): name for name in form.fields} if form is not None else {}


def test_a_word_that_is_not_known_is_given_its_meaning_once_and_the_next_list_knows_it(village, cora, browser_clients):
    page = brought(cora, "requests", TWO_WORDS)
    looked = guessed(cora, page)
    assert (looked.context["count"].wrong, list(meanings(looked))) == (3, ["“a neighbour”, under: Who asks", "“an uncle”, under: Who asks"])
    neighbour, uncle = meanings(looked).values()
    said = {neighbour: "affected", uncle: "?"}
    for who, status in (("fadi", 404), ("nour", 404), ("ada", 404)):
        assert village.sign_in(browser_clients(), who).post(page + "words/", said).status_code == status
    assert cora.post(page + "words/", {neighbour: "police"}).url == page  # no school is asked by the police
    assert cora.get(page).context["count"].wrong == 3
    cora.post(page + "words/", said)
    looked = worked(cora, page)
    assert (looked.context["count"].good, looked.context["count"].wrong) == (2, 1)
    assert {name: looked.context["meanings"][name].initial for name in (neighbour, uncle)} == {neighbour: "affected", uncle: "?"}
    with village.inside():
        assert not Referral.objects.exists()
        assert [(row.kind, row.field, row.code) for row in Meaning.objects.all()] == [("requests", "source", "affected")]
    assert let_in(cora, page).context["count"].made == 2
    with village.inside():
        assert set(Referral.objects.values_list("source", flat=True)) == {"affected"}
    other = brought(cora, "requests", "Source,Story,Phone\na neighbour,A third thing,555 0100 209\n")
    assert guessed(cora, other).context["count"].good == 1


def test_a_meaning_is_changed_or_left_empty_and_belongs_to_this_programme(village, cora, browser_clients):
    page = brought(cora, "requests", "Source,Story,Phone,Language\nparent,A word in the yard,555 0100 200,Klingon\n")
    (key,) = meanings(guessed(cora, page)).values()
    cora.post(page + "words/", {key: ""})
    looked = worked(cora, page)
    assert (looked.context["count"].good, looked.context["meanings"][key].initial) == (1, "")
    cora.post(page + "words/", {key: "es"})
    worked(cora, page)
    assert let_in(cora, page).context["count"].made == 1
    assert cora.post(page + "words/", {key: "en"}).url == page
    with village.inside():
        assert (Referral.objects.get().language, [row.code for row in Meaning.objects.all()]) == ("es", ["es"])
    nour = village.sign_in(browser_clients(), "nour")
    there = brought(nour, "requests", "Source,Story,Phone,Language\nparent,A fence,555 0100 300,Klingon\n")
    assert guessed(nour, there).context["count"].wrong == 1
