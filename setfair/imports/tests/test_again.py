"""The same rows come back in more ways than one: they are known again, and what was put right is read as it was meant."""

import pytest

from setfair.referrals.models import Referral

from .files import brought, guessed, let_in

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
