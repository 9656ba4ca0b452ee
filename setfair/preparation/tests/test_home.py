"""How a later floor opens its card on a person's home, and what stands there until it does."""

import pytest
import segno

from setfair.cases import actions as cases
from setfair.cases.models import Role
from setfair.preparation import actions, home
from setfair.preparation.home import AGREEMENT, MORE, WHEN, Card, cards, register_card
from setfair.preparation.paper import QUIET, square


@pytest.fixture
def story(village, at_preparing, monkeypatch):
    """A circle, on a house without later floors."""
    monkeypatch.setattr(home, "_makers", {})
    with village.inside():
        yield at_preparing


def titles(me):
    return [(card.title, bool(card.href)) for card in cards(me)]


def test_five_cards_and_only_the_open_ones_are_links(story):
    assert titles(story.hana) == [
        ("Your choice", True),
        ("The questions", True),
        ("When and where", False),
        ("Who comes with you", False),
        ("Your agreement", False),
    ]
    assert titles(story.gail)[1] == ("Your choice for Rami", True)


def test_a_later_floor_opens_its_card_for_whom_it_likes(story):
    register_card(WHEN, lambda me: None)
    register_card(WHEN, lambda me: Card("When and where", "Tue 8:10", "/g/times/") if me == story.hana else None)
    register_card(AGREEMENT, lambda me: None)
    register_card(MORE, lambda me: Card("How was it?", href="/g/x/"))
    assert titles(story.hana)[2:] == [("When and where", True), ("Who comes with you", False), ("Your agreement", False), ("How was it?", True)]
    assert titles(story.sol)[2] == ("When and where", False)


def test_registered_twice_it_stands_there_once(story):
    def maker(me):
        return Card("How was it?")

    register_card(MORE, maker)
    register_card(MORE, maker)
    assert titles(story.hana)[5:] == [("How was it?", False)]


@pytest.mark.parametrize(
    ("answer", "words", "done"),
    [
        ("yes", "You said yes.", True),
        ("no", "You said no. You can still change your mind.", False),
        ("unsure", "You are not sure yet. We will call you.", False),
        ("withdrawn", "You have stopped for now. You can come back.", False),
    ],
)
def test_ones_own_answer_is_read_back(story, answer, words, done):
    actions.consent(story.hana, by=story.lead, answer=answer)
    card = cards(story.hana)[0]
    assert (card.words, card.is_done) == (words, done)
    assert cards(story.sol)[0].words == "We would like to ask you."


def test_who_comes_with_whom_is_named_by_the_first_name(story):
    assert [cards(story.people[who])[-2].words for who in ("hana", "rami")] == ["Sol", "Gail"]
    assert [(cards(story.people[who])[-2].title, cards(story.people[who])[-2].words) for who in ("sol", "gail")] == [
        ("Who you come with", "Hana"),
        ("Who you come with", "Rami"),
    ]
    uma = cases.add_person(story.case, by=story.coordinator, name="Uma", role=Role.AFFECTED)
    assert cards(uma)[-2].words == "You can bring someone you trust. Just tell us."


def test_the_square_is_drawn_as_it_was_made():
    """Read the path back cell by cell and compare it with the code itself."""
    drawn = square("http://localhost:8000/c/7F3K22QM/")
    cells = set()
    for run in drawn.path.split("M")[1:]:
        place, width = run.split("h")[0].split(), int(run.split("h")[1].split("v")[0])
        cells |= {(int(place[0]) + n, int(place[1])) for n in range(width)}
    made = [list(row) for row in segno.make_qr("http://localhost:8000/c/7F3K22QM/", error="m").matrix]
    dark = {(x + QUIET, y + QUIET) for y, row in enumerate(made) for x, cell in enumerate(row) if cell}
    assert (drawn.side, cells) == (len(made) + 2 * QUIET, dark)
