"""The mark of the journal stands on what leaves, and on the page about the journal, with what is known to be lost."""

import io
import zipfile

import pytest
from django.urls import reverse

from setfair.agreements import paper
from setfair.agreements.models import Agreement
from setfair.core import clock
from setfair.journal import anchors, excuses, marks
from setfair.journal.chain import Linker
from setfair.keeping import actions as keeping
from setfair.keeping import bundle
from setfair.keeping.queries import made_for
from setfair.outcomes import report
from setfair.preparation import actions as preparation

pytestmark = pytest.mark.django_db
WHY = "The disk broke on Sunday."


def test_a_copy_to_take_away_has_the_mark_of_when_it_was_made_whenever_it_is_fetched(village, at_following_up, settings, tmp_path):
    settings.ANCHORS = tmp_path / "journal.log"
    story = at_following_up
    Linker().link(village.school.pk)
    anchors.anchor(village.school.pk)
    with village.inside():
        first = marks.newest()
        asking = keeping.ask(story.hana, by=story.me("hana"), wants="copy")
        keeping.answer(asking, by=story.coordinator, how="granted", why="all", spoken=True, seen=made_for(story.hana).mark)
        fetched = bundle.bundled(asking.copies.get(), story.hana)
    Linker().link(village.school.pk)
    assert anchors.anchor(village.school.pk)
    with village.inside():
        assert marks.newest() != first
        assert fetched == bundle.bundled(asking.copies.get(), story.hana)
        page = zipfile.ZipFile(io.BytesIO(fetched)).read("copy.html").decode()
        assert first in page


def test_papers_and_the_page_say_how_far_the_journal_had_come_and_what_is_known_to_be_lost(village, at_following_up, client, settings, tmp_path):
    settings.ANCHORS = tmp_path / "journal.log"
    school, story, page = village.school.pk, at_following_up, reverse("journal")
    with village.inside():
        office = preparation.name_office(by=story.coordinator, name="The court", purpose="share")
        agreement, told = Agreement.objects.get(), report.report_of(story.case, further=False)
        before = paper.copy(agreement)
        assert (marks.newest(), paper._data(agreement)["mark"], report._data(story.case, office, told)["mark"]) == ("", "", "")
    Linker().link(school)
    assert anchors.anchor(school)
    excuses.excuse(school, since=clock.now(), number=4, reason=WHY)
    with village.inside():
        mark = marks.newest()
        assert (paper._data(agreement)["mark"], report._data(story.case, office, told)["mark"]) == (mark, mark)
        assert len(paper.copy(agreement)) != len(before)
        assert report.sheet(story.case, office, told).startswith(b"%PDF-1.7")
    shown = village.sign_in(client, "ada").get(page).content.decode()
    assert (shown.count(mark), shown.count(WHY), "does not count" in shown) == (1, 1, False)
    anchors.place().unlink()
    assert "does not count" in village.sign_in(client, "ada").get(page).content.decode()
