"""What fits nobody: read by one programme's administrators, on Today, and gone after as many days as the rule says."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.keeping import actions as keeping
from setfair.keeping.endings import Group
from setfair.keeping.tasks import keep_the_promise
from setfair.letters import incoming
from setfair.letters.models import CameBack, CameBackRead
from setfair.letters.tasks import read_incoming
from setfair.letters.tests.test_mail_read import bounce
from setfair.letters.tests.test_mail_read import mail as came
from setfair.vault.models import DataKey
from setfair.village.time import at

from .test_came_back import SECRET, lay, sentences, sms

NOBODY = {"From": "who@other.example"}
BROKEN = b"\x00\xff this is no mail\x1b[31m, zinnia <script>alert(1)</script> https://setfair.example/c/abcdef-123456/ \xf0"


@pytest.fixture
def place(village, settings, tmp_path):
    settings.OUTBOX_DIR, settings.SMS_HOOK_SECRET, settings.INCOMING_PROGRAMME = tmp_path / "letters", SECRET, "northgate-high"
    return incoming.folder() / "aside"


def kinds(village):
    with village.inside():
        return sorted(CameBack.objects.values_list("kind", flat=True))


def test_what_cannot_be_read_and_what_was_given_back_for_no_letter_stand_there_as_plain_words(village, client, place):
    lay(BROKEN, bounce("5.1.1"), came("Do you know a zinnia?", **NOBODY), b"")
    assert (kinds(village), place.exists()) == (["answer", "bounce", "unread", "unread"], False)
    assert (sentences(village, "ada"), sentences(village, "cora")) == (["Messages came in that fit nobody (4)"], [])
    page = village.sign_in(client, "ada").get(reverse("strays")).content.decode()
    assert "this is no mail[31m, zinnia &lt;script&gt;alert(1)&lt;/script&gt; [link]" in page
    assert ("hana@home.example" in page, "A post office gave a message back" in page, "It holds no words." in page) == (True, True, True)
    with village.inside():
        for stray in CameBack.objects.all():
            assert client.post(reverse("stray_read", args=[stray.pk])).status_code == 302
    assert (sentences(village, "ada"), "zinnia" in client.get(reverse("strays")).content.decode()) == ([], False)


def test_what_was_set_aside_is_told_of_without_a_word_and_comes_in_once_a_programme_is_named(village, client, place, settings, caplog):
    settings.INCOMING_PROGRAMME = ""
    lay(BROKEN)
    assert sms(client, **{"from": "+1 555 0199", "text": "Do you know a zinnia?", "id": "m9"}).status_code == 204
    (place / "torn.sealed").write_bytes(b"opens no more")
    told = "Messages came in, and no programme is named for them"
    assert [told in sentences(village, who) for who in ("ada", "nour", "cora", "fadi")] == [True, True, False, False]
    page = village.sign_in(client, "nour").get(reverse("strays")).content.decode()
    assert ("Messages lie sealed on the server" in page, "zinnia" in page, kinds(village)) == (True, False, [])
    today = client.get(reverse("today")).content.decode().split("<main")[1]
    assert ([word for word in (" 3 ", "(3)", ">3<", "just now", " ago") if word in page or word in today], told in today) == ([], True)
    settings.INCOMING_PROGRAMME = "northgate-high"
    read_incoming()
    read_incoming()
    assert (kinds(village), [path.name for path in place.iterdir()], "zinnia" in caplog.text) == (["answer", "unread"], ["torn.sealed"], False)
    with village.inside():
        assert {row.channel: "zinnia" in str(row.words) for row in CameBack.objects.all()} == {"sms": True, "email": True}
    incoming.seal_anew()
    with at(timezone.now() + timedelta(days=31)):
        keep_the_promise()
    assert list(place.iterdir()) == []


def test_it_goes_with_its_key_after_as_many_days_as_the_rule_says_read_or_not(village, client, place):
    with at(timezone.now() - timedelta(days=11)):
        lay(came("Do you know a zinnia?", **NOBODY))
    lay(came("And this?", Message_ID="<2@other.example>", **NOBODY))
    with village.inside():
        first, second = CameBack.objects.order_by("at")
        with pytest.raises(IntegrityError), transaction.atomic():
            keeping.forget_stray(first, by=village.actor("ada"))
    village.sign_in(client, "ada").post(reverse("stray_read", args=[first.pk]))
    keep_the_promise()
    assert kinds(village) == ["answer", "answer"]
    with village.inside():
        keeping.set_rules(village.school, by=village.actor("ada"), days={Group.STRAY: 10})
    keep_the_promise()
    with village.inside():
        assert list(CameBack.objects.values_list("pk", flat=True)) == [second.pk]
        assert (CameBackRead.objects.count(), set(DataKey.objects.filter(pk__in=[first.pk, second.pk]).values_list("pk", flat=True))) == (
            0,
            {second.pk},
        )
