"""What a programme does not take, and what only with a specialist: asked of each request, and held by the database too."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.programmes.models import Programme
from setfair.referrals import actions
from setfair.referrals.actions import CannotScreen, NeedsClearance
from setfair.referrals.journey import Stage
from setfair.referrals.models import Halt, Referral, Screening
from setfair.village.story import CHECKS, asked


@pytest.fixture
def waiting(village):
    """A request in a school that takes no sexual harm, and what concerns its staff only with a specialist."""
    with village.inside():
        Programme.objects.filter(pk=village.school.pk).update(matters_blocked=["sexual"], matters_specialist=["staff"])
        referral, _code = asked(village)
        yield Referral.objects.get(pk=referral.pk)


def accept(village, referral, *matters):
    return actions.accept(referral, by=village.actor("cora"), checks=CHECKS, matters=matters)


def test_each_kind_that_is_on_is_asked_about(village, waiting):
    for wrong in ((), ("none", "staff"), ("hate",), ("ghosts",)):
        with pytest.raises(CannotScreen, match="which of these matters it is"):
            accept(village, waiting, *wrong)
    accept(village, waiting, "none")
    assert (waiting.stage, Screening.objects.get(referral=waiting).matters) == (Stage.ACCEPTED, ["none"])


def test_what_is_not_taken_cannot_be_accepted(village, waiting):
    actions.clear(waiting, by=village.actor("sven"), reason="We could.")
    with pytest.raises(CannotScreen, match="^This is not taken here: sexual harm."):
        accept(village, waiting, "sexual", "staff")
    row = {"referral": waiting, "accepted": True, "by": village.cora.pk}
    for matters, rule in ((["sexual"], "not taken"), ([], "was not asked")):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            Screening.objects.create(**row, matters=matters)
    actions.decline(waiting, by=village.actor("cora"), reason="not_eligible")
    assert waiting.stage == Stage.DECLINED


def test_what_needs_a_specialist_waits_for_the_word_of_a_supervisor(village, waiting):
    with pytest.raises(NeedsClearance, match="^This needs a specialist: somebody of the staff"):
        accept(village, waiting, "staff")
    with pytest.raises(IntegrityError, match="no supervisor"), transaction.atomic():
        Screening.objects.create(referral=waiting, accepted=True, by=village.cora.pk, matters=["staff"])
    actions.clear(waiting, by=village.actor("sven"), reason="Nela of the county leads it.")
    assert accept(village, waiting, "staff").stage == Stage.ACCEPTED


def test_from_the_settings_to_the_screening_on_their_pages(village, browser_clients):
    ada, cora = (village.sign_in(browser_clients(), key) for key in ("ada", "cora"))
    there = reverse("settings_matters")
    seen = ada.get(there).context["form"]["seen"].value()
    both = ada.post(there, {"seen": seen, "matters_blocked": ["sexual"], "matters_specialist": ["sexual"]})
    assert (both.status_code, "Please choose one of the two for: sexual harm." in both.text) == (422, True)
    assert ada.post(there, {"seen": seen, "matters_blocked": ["sexual"], "matters_specialist": ["staff"]}).status_code == 302
    assert cora.get(there).status_code == 404
    with village.inside():
        referral, _code = asked(village)
    page, sent = reverse("request", args=[referral.ref]), CHECKS | {"note": ""}
    assert [words in cora.get(page).text for words in ("Sexual harm", "sexual harm", "none of these", "stalking")] == [False, True, True, False]
    to = reverse("request_accept", args=[referral.ref])
    assert [cora.post(to, sent | {"matters": found}).status_code for found in ([], ["hate"], ["sexual"], ["staff"])] == [422] * 4
    with village.inside():
        assert Halt.objects.filter(referral=referral).count() == 1
        actions.clear(Referral.objects.get(pk=referral.pk), by=village.actor("sven"), reason="Somebody from outside leads it.")
    assert cora.post(to, sent | {"matters": ["staff"]}).status_code == 302
    assert "Somebody of the staff is said to have done it: Yes" in cora.get(page).text
