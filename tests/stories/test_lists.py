"""A list comes in by the browser, from the file to taking it back, with scripts and without. The worker is played by the story."""

import re

import pytest
from django.urls import reverse

from setfair.imports.tasks import go_on
from setfair.letters.models import Letter
from setfair.referrals.models import Referral

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = (
    "\ufeffWho;Name;What happened;Call;Came in\r\n"
    "parent;Ada Dorn;A fight after the game, and they sit in one class.;+1 555 0100 200;05/01/2026\r\n"
    'a neighbour;Cleo Marsh;"Noise; and then a shove.";555 0100 203;12/01/2026\r\n'
    "member of staff;;تشاجر ولدان بعد المباراة;555 0100 201;31/02/2026\r\n"
    "parent;Bo Lind;=Words in a chat that everybody reads.;bo@home.example;\r\n"
    "parent;Bo Lind;Words in a chat that everybody reads.;555 0100 204;08/01/2026\r\n"
)


def choose(visitor, kind, text):
    visitor.press(re.compile(f"^Choose a file\\s*: {kind}$"))
    visitor.page.get_by_label("Your list").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()})
    return visitor.press("Go on")


def work(visitor):
    """What the worker does meanwhile, and a look at the page again."""
    go_on()
    return visitor.press("Look again now")


@pytest.mark.bad_case
@pytest.mark.mission("S0.1", "S2.1")
@pytest.mark.parametrize("js", [False, True])
def test_a_spreadsheet_comes_in_row_by_row_and_goes_again(world, visit, js):
    cora = visit(js=js).sign_in("cora@school.example").open(reverse("lists"))
    choose(cora, "Requests", ROWS)
    cora.pick("Who", "Who asks").pick("Call", "Phone").pick("Came in", "Day it came in").press("Look through the rows")
    assert cora.sees("We look through each row. Nothing comes in yet.")
    work(cora)
    with world.inside():
        assert not Referral.objects.exists(), "to look is not to bring in"
    told = cora.text()
    for said in ("Row 3", "Row 4", "Row 5", "We do not know “a neighbour”.", "There is no such day."):
        assert said in told, told
    assert "Row 2" not in told
    with cora.page.expect_download() as saved:
        cora.page.get_by_role("link", name="Save these rows as a file").click()
    assert (saved.value.suggested_filename, "'=Words in a chat" in saved.value.path().read_text()) == ("rows.csv", True)
    cora.press("Bring in 2 rows")
    assert cora.sees("The rows come in, one by one.")
    assert work(cora).sees("2 rows are in.")
    with world.inside():
        assert list(Referral.objects.order_by("ref").values_list("ref", flat=True)) == ["R-1001", "R-1002"]
        assert not Letter.objects.exists(), "nobody is written to because of a list"
    page = cora.page.url.removeprefix(cora.address)
    assert cora.press("Open the requests").sees("R-1001")
    cora.open(page).page.locator("summary", has_text="Take it back").click()
    cora.press("Yes, take it back")
    assert work(cora).sees("Everything that this list made is taken back.")
    with world.inside():
        assert not Referral.objects.exists()


@pytest.mark.bad_case
@pytest.mark.mission("S2.1")
def test_a_list_is_put_away_and_a_wrong_file_is_told_what_to_do(world, visit):
    cora = visit(phone=True).sign_in("cora@school.example").open(reverse("lists"))
    choose(cora, "Open cases", "%PDF-1.7")
    assert cora.sees("We can read lists in CSV and Excel (.xlsx).")
    choose(cora.open(reverse("lists")), "Open cases", "Case no,Matter,Victim\n24-017,A fight,Toni Example\n").press(re.compile("^Put this list away"))
    assert cora.sees("This list was put away. Nothing came in, and its words are destroyed.")
