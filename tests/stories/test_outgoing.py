"""Whole cases of a school and of a county, with planted names and words of what happened: nothing that leaves tells of them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.accounts.models import Pass
from setfair.agreements import actions as agreements
from setfair.cases.journey import Stage
from setfair.cases.models import Role as Seat
from setfair.letters import outbox
from setfair.letters.models import Letter
from setfair.letters.tasks import send_due_letters
from setfair.notes import actions as notes
from setfair.people.card import Card
from setfair.preparation import reaching
from setfair.preparation.way_back import send_new_links
from setfair.programmes.models import Programme
from setfair.referrals import actions as referrals
from setfair.village import story as stories
from setfair.village.cast import Someone
from setfair.village.story import asked, case_at

from .outgoing import Piece, of_file, of_pdf, told

NAMES = "Zephyrine Quillfeather Thaddeus Brambleworth Ottoline Marchbanks Peregrine Thistlewood".split()
HAPPENED = ("the zorbing shed", "He set fire to the zorbing shed, and my marmoset was in it. I cannot sleep.")
PLANTED = [*NAMES, "zorbing", "marmoset", "set fire", "cannot sleep"]
CIRCLE = (
    Someone("a1", "Zephyrine Quillfeather", Seat.HARMED, birth_year=2003),
    Someone("b2", "Thaddeus Brambleworth", Seat.RESPONSIBLE, birth_year=2011, guardian_needed=True, way="sms"),
    Someone("c3", "Ottoline Marchbanks", Seat.SUPPORTER, stands_by="a1", language="es"),
    Someone("d4", "Peregrine Thistlewood", Seat.GUARDIAN, stands_by="b2", has_authority=True, way="post"),
)
STAGES = (Stage.READY, Stage.SCHEDULED, Stage.FOLLOWING_UP, Stage.CLOSED)


@pytest.fixture
def outgoing(settings, tmp_path, monkeypatch):
    settings.OUTBOX_DIR, settings.EMAIL_BACKEND = tmp_path / "letters", "setfair.letters.outbox.EmailBackend"
    monkeypatch.setattr(stories, "MATTERS", (HAPPENED,))
    return tmp_path / "letters"


def play(village, programme):
    """Letters leave after each stage, before the next act can stop them; then what a day to come and a lost link set off."""
    with village.inside(programme):
        Programme.objects.filter(pk=programme.pk).update(glance=[])
        played = []
        for stage in STAGES:
            played.append(
                case_at(village, stage, programme, circle=CIRCLE, before_meeting=lambda story: (story.invite_everyone(), send_due_letters()))
            )
            send_due_letters()
        referral, _code = asked(village, programme, circle=CIRCLE)
        referrals.decline(referral, by=played[0].coordinator, reason="not_suitable")
        story = played[STAGES.index(Stage.FOLLOWING_UP)]
        for item in story.items():
            with time_machine.travel(timezone.now() + timedelta(days=(item.due_on - timezone.localdate()).days + 1), tick=False):
                agreements.remind_past(item, by=stories.anyone(programme.pk))
        send_due_letters()
        _shared_and_changed(played[0])
        send_new_links("a1@home.example")
        send_due_letters()
    return played


def _shared_and_changed(story):
    """A note for one of them, and another one who changes their own way: word of both leaves, and a code."""
    notes.write(story.case, by=story.lead, words=HAPPENED[1], audience="shared", about=story.people["b2"])
    me = story.people["c3"]
    reaching.change_own_way(me, by=story.me("c3"), way="email", value="c3@new.example", card=Card(), old_is_safe=True)
    send_due_letters()
    left = Letter.objects.filter(case_id=story.case.pk, sent_at__isnull=False).values_list("key", flat=True)
    assert {key.partition(":")[0] for key in left} >= {"note", "way_code", "way_told"}


def files_kept(village, played):
    """What people save from their own pages, with the name it is saved under."""
    for story in played:
        client = village.enter(Client(), story.people["a1"]) if story.case.stage != Stage.CLOSED else None
        if client is None:
            continue
        with village.inside(story.programme):
            pages = [reverse("meeting_file")] if story.case.stage == Stage.SCHEDULED else []
            pages += [reverse("my_paper", args=[story.agreement.pk])] if story.case.stage == Stage.FOLLOWING_UP else []
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200
            yield Piece(page, "file name", answer["Content-Disposition"])
            if answer["Content-Type"] == "application/pdf":  # its words are theirs to keep; what it says of itself is read by whoever finds the file
                yield from (piece for piece in of_pdf("agreement", answer.content) if piece.kind in ("property", "title") and piece.kind != "words")
            else:
                yield Piece(page, "calendar", answer.content.decode())


@pytest.mark.parametrize("place", ["school", "county"])
def test_nothing_that_leaves_tells_of_the_case(village, outgoing, record_property, place):
    played = play(village, getattr(village, place))
    files = sorted(path for kind in outbox.KINDS for path in outbox.folder(kind).iterdir())
    pieces = [piece for path in files for piece in of_file(path)] + list(files_kept(village, played))
    kinds = {path.suffix: sum(1 for other in files if other.suffix == path.suffix) for path in files}
    drawn = " ".join(piece.text for piece in pieces if piece.message == "pdf" and piece.kind == "words")
    found = told(pieces, PLANTED)
    record_property("messages", len(files))
    record_property("told", len(found))
    record_property("places", "; ".join(found))
    print("\n".join(found))
    assert (sorted(kinds), len(files) > 25, Pass.Bearer.PARTICIPATION.value) == ([".eml", ".pdf", ".txt"], True, "participation")
    assert "message" in drawn.casefold(), "the words of a PDF are read"
    assert found == []
