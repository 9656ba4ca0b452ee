"""What becomes of a file when its request becomes a case, and when the request goes."""

import pytest
from django.urls import reverse

from setfair.cases.audience import Audience
from setfair.core.actor import Actor, Kind
from setfair.desk.tests.todays import rules
from setfair.enclosures import actions
from setfair.enclosures.journey import Stage
from setfair.enclosures.models import Content, Enclosure
from setfair.files import queries as files
from setfair.files.journey import Stage as FileStage
from setfair.files.models import File
from setfair.files.scanner import Verdict
from setfair.keeping import actions as keeping
from setfair.referrals import actions as referrals
from setfair.referrals.tests.asks import ask
from setfair.village.story import CHECKS

from .test_enclosing import WORDS, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(village):
    """A case whose request came with a file."""
    with village.inside():
        referral, _code = ask(village.school)
        one = actions.enclose(referral, by=village.actor("cora"), found=found(), words="The slip")
        with pytest.raises(actions.CannotEnclose):
            actions.lay(one, by=village.actor("cora"), audience=Audience.TEAM)
        referrals.accept(referral, by=village.actor("cora"), checks=CHECKS)
        return referral.cases.get(), one


def test_until_somebody_says_for_whom_it_is_the_case_holds_no_file(village, accepted, browser_clients):
    case, one = accepted
    cora = village.sign_in(browser_clients(), "cora")
    assert "1 of them lies with the request still." in cora.get(reverse("case_files", args=[case.ref])).text
    assert "lies with the request" not in village.sign_in(browser_clients(), "sven").get(reverse("case_files", args=[case.ref])).text
    with village.inside():
        assert File.objects.count() == 0
    assert cora.post(reverse("enclosure_lay", args=[one.pk])).status_code == 422
    for too_wide in ("shared", "working", "everybody"):
        assert cora.post(reverse("enclosure_lay", args=[one.pk]), {"audience": too_wide}).status_code == 422
    assert cora.post(reverse("enclosure_lay", args=[one.pk]), {"audience": "safety"}).status_code == 302
    with village.inside():
        file = File.objects.get()
        assert (file.case_id, file.audience, file.words, file.stage, files.bytes_of(file)) == (case.pk, "safety", "The slip", FileStage.KEPT, WORDS)
        assert (Enclosure.objects.get().stage, Content.objects.count()) == (Stage.LAID, 0)
    assert cora.get(reverse("enclosure", args=[one.pk])).status_code == 404
    assert cora.post(reverse("enclosure_lay", args=[one.pk]), {"audience": "team"}).status_code == 404
    assert "lies with the request" not in cora.get(reverse("case_files", args=[case.ref])).text


def test_what_is_not_checked_for_harm_stays_unchecked_in_the_case(village, accepted):
    case, _one = accepted
    with village.inside():
        other = actions.enclose(case.referral, by=village.actor("cora"), found=found(b"Another.", Verdict.UNKNOWN), words="Another")
        assert actions.lay(other, by=village.actor("cora"), audience=Audience.TEAM).stage == FileStage.UNCHECKED


def test_the_coordinator_alone_says_for_whom_it_is(village, accepted, browser_clients):
    _case, one = accepted
    said = {key: village.sign_in(browser_clients(), key) for key in ("sven", "fadi", "ada", "nour")}
    assert [client.post(reverse("enclosure_lay", args=[one.pk]), {"audience": "team"}).status_code for client in said.values()] == [404] * 4


def test_a_legal_hold_keeps_it(village, accepted, client):
    case, one = accepted
    with village.inside():
        keeping.place_hold(case, by=village.actor("sven"), reason="The court asked for it.")
        with pytest.raises(actions.HasToStay):
            actions.take_away(one, by=village.actor("cora"))
        referral, _code = ask(village.school)
        other = actions.enclose(referral, by=village.actor("cora"), found=found(), words="The slip")
        referrals.decline(referral, by=village.actor("cora"), reason="not_suitable")
        keeping.place_hold(referral, by=village.actor("sven"), reason="The court asked for it.")
    answer = village.sign_in(client, "cora").post(reverse("enclosure_away", args=[other.pk]), follow=True)
    assert "There is a legal hold on it." in answer.text
    with village.inside():
        assert Content.objects.count() == 2


def test_it_goes_with_its_request(village):
    with village.inside():
        referral, _code = ask(village.school, reach={"none": True})
        me = Actor(Kind.REFERRER, referral.programme_id, referral.pk)
        actions.enclose(referral, by=village.actor("cora"), found=found(), words="The slip")
        referrals.withdraw(referral, by=me)
        asking = keeping.ask(referral, by=me, wants="forget")
        keeping.answer(asking, by=village.actor("cora"), how="granted", why="all", spoken=True)
        keeping.forget(referral, by=village.actor("cora"))
        assert (Enclosure.objects.count(), Content.objects.count()) == (0, 0)


def test_a_file_that_waits_to_be_laid_is_a_line_on_today_for_whoever_answers_requests(village, accepted):
    case, one = accepted
    assert [rules(village, who).count("to_lay") for who in ("cora", "fadi", "sven", "ada", "nour")] == [1, 0, 0, 0, 0]
    with village.inside():
        actions.lay(one, by=village.actor("cora"), audience=Audience.TEAM)
    assert "to_lay" not in rules(village)
