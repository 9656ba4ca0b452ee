"""A person responsible says for themselves that they take some of it; whoever is affected says that they support it, before they are seated."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Role
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions, words
from setfair.preparation.models import Acknowledgement, CallWish
from setfair.preparation.queries import answer_of, blockers, progress

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.mark.mission("S0.10")
def test_who_is_responsible_says_it_on_their_own_page_and_nobody_says_it_for_them(client, village, at_scheduled):
    with village.inside():
        story = at_scheduled
    rami = village.enter(client, story.rami)
    page = text(rami.get(reverse("part")))
    assert [page.count(f'class="button button--choice" type="submit" name="part" value="{value}"') for value in ("yes", "no", "talk")] == [1, 1, 1]
    assert rami.post(reverse("part"), {}).status_code == 422
    rami.post(reverse("part"), {"part": "talk"})
    with village.inside():
        assert (Acknowledgement.objects.exclude(method="said").count(), CallWish.objects.get().participation) == (0, story.rami)
    assert rami.post(reverse("part"), {"part": "no"}).url == reverse("home")
    assert "You said no." in text(rami.get(reverse("home")))
    with village.inside():
        last = Acknowledgement.objects.order_by("at").last()
        assert (last.given, last.method, last.words, Case.objects.get(pk=story.case.pk).stage) == (False, "own", words.VERSION, Stage.PREPARING)
        assert set(Letter.objects.filter(key__startswith=f"look:{last.pk}").values_list("reader_id", flat=True)) == {
            village.users["cora"].pk, village.users["fadi"].pk,
        }  # fmt: skip
        assert "acknowledgement" in {b.code for b in blockers(story.case)}
        for who in (story.me("gail"), story.me("hana")):
            with pytest.raises(actions.CannotPrepare):
                actions.acknowledge(story.rami, by=who, given=True, method="own")
        with pytest.raises(actions.CannotPrepare, match="on their own page"):
            actions.acknowledge(story.rami, by=story.lead, given=True)
        actions.acknowledge(story.rami, by=story.lead, given=True, method="paper")
        assert "acknowledgement" not in {b.code for b in blockers(story.case)}
    rami.post(reverse("part"), {"part": "yes"})
    with village.inside():
        assert Acknowledgement.objects.order_by("at").last().method == "own"
    for who in ("hana", "sol", "gail"):
        assert village.enter(Client(), story.people[who]).get(reverse("part")).url == reverse("home")


@pytest.mark.mission("S0.10")
def test_who_is_affected_says_that_they_support_it_before_they_are_seated(client, village, at_preparing, browser_clients):
    with village.inside():
        story = at_preparing
        uma = cases.add_person(story.case, by=story.coordinator, name="Uma Reyes", role=Role.AFFECTED)
        actions.meet(uma, by=story.lead, held_on=timezone.localdate())
        actions.check_safety(uma, by=story.lead, level="low")
    page = village.enter(client, uma)
    assert (">I want this talk to go well. I do not take sides.<" in text(page.get(reverse("choice_agree")))) is True
    assert "I do not take sides." not in text(village.enter(browser_clients(), story.hana).get(reverse("choice_agree")))
    page.post(reverse("choice_said"), {"take_part": "on"})
    with village.inside():
        assert [(b.code, b.overridable) for b in blockers(story.case) if b.participation == uma] == [("support", False)]
        assert ([t.status for t in progress(uma).tasks if t.code == "supports"], progress(uma).is_ready) == (["doing"], False)
        with pytest.raises(actions.CannotPrepare):
            actions.set_aside(story.case, by=story.lead, blocker="support", reason="It is fine.", participation=uma)
    page.post(reverse("choice_said"), {"take_part": "on", "support": "on"})
    with village.inside():
        assert ([b.code for b in blockers(story.case) if b.participation == uma], answer_of(uma, scope="support").answer) == ([], "yes")
        assert progress(uma).is_ready is True
        assert Entry.objects.filter(verb="answered", subject_id=str(uma.pk)).exists() is True
