"""While a case is held, its files stay."""

from __future__ import annotations

import pytest
from django.urls import reverse

from setfair.files import actions as files
from setfair.files.examined import Examined
from setfair.files.models import Content
from setfair.files.scanner import Verdict
from setfair.keeping import actions

pytestmark = pytest.mark.django_db


def test_a_legal_hold_keeps_the_files_of_its_case(at_preparing, village, client):
    story, sven = at_preparing, village.actor("sven")
    with village.inside():
        file = files.add(story.case, by=story.lead, found=Examined("text", "", b"What the school wrote.", Verdict.CLEAN), audience="team")
        hold = actions.place_hold(story.case, by=sven, reason="The court asked for it.")
        with pytest.raises(files.HasToStay):
            files.take_away(file, by=story.coordinator)
    village.sign_in(client, "fadi")
    answer = client.post(reverse("file_away", args=[file.pk]), follow=True)
    assert "There is a legal hold on it." in answer.text
    with village.inside():
        assert Content.objects.filter(file=file).exists()
        actions.lift(hold, by=sven)
        files.take_away(file, by=story.coordinator)
        assert not Content.objects.filter(file=file).exists()
