"""What bars an agreement from being laid out to be signed: two who must have no contact, and a yes that does not stand."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.models import Agreement, Item
from setfair.agreements.tests.reading import draft_of, told
from setfair.cases import actions as cases
from setfair.desk.tests.todays import rules
from setfair.preparation.models import Consent

pytestmark = pytest.mark.django_db


def order(story, *bars):
    wall = cases.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
    if bars:
        cases.show_paper(story.case, by=story.coordinator, wall=wall, kind="court", seen="paper", bars=list(bars))
    return wall


def codes(agreement):
    return [bar.code for one in queries.weighed(agreement)[0] for bar in one.bars]


def laid_out_around_python(agreement):
    with transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(stage="signing")


def carried_by(item, who):
    return actions.reword(item, by=who.lead, owner=item.owner, owed_to=item.owed_to, what=item.what, due_on=item.due_on, through=who.lead.id)


@pytest.mark.parametrize(("bars", "code"), [((), "nothing_passes"), (("message",), "nothing_passes"), (("meet",), "no_contact")])
def test_two_who_are_kept_apart_are_not_bound_to_each_other(met, bars, code):
    agreement = draft_of(met, 1)
    order(met, *bars)
    assert codes(agreement) == [code]
    with pytest.raises(actions.CannotWrite):
        actions.present(agreement, by=met.lead)
    with pytest.raises(IntegrityError, match="must have no contact"):
        laid_out_around_python(agreement)
    agreement.refresh_from_db()
    assert agreement.stage == "drafting"


def test_somebody_of_the_team_carries_it_between_two_who_must_not_meet_and_everybody_reads_who(met, village, client):
    agreement = draft_of(met, 1)
    order(met, "meet")
    carried_by(met.items()[0], met)
    assert codes(agreement) == []
    assert "Passed on by <bdi>Fadi Brandt</bdi>" in told(village.sign_in(client, "fadi").get(reverse("agreement", args=[met.case.ref])))
    actions.present(agreement, by=met.lead)
    assert [line.through for line in queries.lines(agreement)] == ["Fadi"]
    assert "Passed on by <bdi>Fadi</bdi>" in told(village.enter(client, met.hana).get(reverse("my_agreement", args=[agreement.pk])))


def test_nobody_carries_what_may_not_even_pass_through_us(met):
    agreement = draft_of(met, 1)
    order(met)
    carried_by(met.items()[0], met)
    assert codes(agreement) == ["nothing_passes"]
    with pytest.raises(IntegrityError):
        laid_out_around_python(agreement)


def test_only_somebody_who_works_on_the_case_carries(met, village):
    """Also who coordinates it: what is handed on within the team is handed to them as well (decision 172)."""
    agreement = draft_of(met, 1)
    item = met.items()[0]
    with pytest.raises(actions.CannotWrite):
        actions.reword(item, by=met.lead, owner=met.rami, what="X.", due_on=item.due_on, through=village.sven.pk)
    assert agreement.items.get().through is None
    actions.reword(item, by=met.lead, owner=met.rami, what="X.", due_on=item.due_on, through=met.coordinator.id)
    assert agreement.items.get().through == met.coordinator.id


def test_a_wall_that_is_gone_and_a_promise_to_everyone_bar_nothing(met):
    agreement = draft_of(met, 1)
    cases.allow_contact(met.case, by=met.coordinator, wall=order(met))
    assert codes(agreement) == []
    order(met)
    actions.reword(met.items()[0], by=met.lead, owner=met.rami, what="Mend it.", due_on=timezone.localdate())
    assert codes(agreement) == []
    assert actions.present(agreement, by=met.lead).stage == "signing"


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_whoever_has_no_standing_yes_is_not_bound(met, answer):
    """A no takes the case back by itself, so these are ones that came another way: from before, or from a slip of the hand."""
    agreement = draft_of(met, 1)
    Consent.objects.create(participation=met.rami, giver=met.rami, case=met.case, scope="take_part", answer=answer, method="own", words="1",
                           language="en", by_kind="participant", by=met.rami.pk)  # fmt: skip
    assert codes(agreement) == ["no_yes"]
    with pytest.raises(actions.CannotWrite, match="has not said yes"):
        actions.present(agreement, by=met.lead)
    with pytest.raises(IntegrityError, match="whose yes does not stand"):
        laid_out_around_python(agreement)


def test_a_guardians_no_stands_for_the_young_person(met):
    agreement = draft_of(met, 1)
    Consent.objects.create(participation=met.rami, giver=met.gail, case=met.case, scope="take_part", answer="no", method="own", words="1",
                           language="en", by_kind="participant", by=met.gail.pk)  # fmt: skip
    assert codes(agreement) == ["no_yes"]


def test_the_page_says_what_bars_it_and_offers_no_signing(met, village, client):
    draft_of(met, 1)
    order(met, "meet")
    page = told(village.sign_in(client, "fadi").get(reverse("agreement", args=[met.case.ref])))
    assert "must not be in contact. Say who of the team passes it on." in page
    assert ("This cannot be signed as it stands." in page, "Let everyone sign" in page, "Who of the team passes it on" in page) == (True, False, True)
    refused = client.post(reverse("agreement_present", args=[met.agreement.pk]))
    assert (refused.status_code, met.agreement.stage) == (422, "drafting")


def test_where_nobody_is_kept_apart_nobody_is_asked_who_carries(met, village, client):
    draft_of(met, 1)
    page = told(village.sign_in(client, "fadi").get(reverse("agreement", args=[met.case.ref])))
    assert ("Who of the team passes it on" in page, "Let everyone sign" in page) == (False, True)


@pytest.mark.parametrize("stage", ["signing", "holding"])
def test_an_order_that_comes_later_ends_nothing_and_says_so_to_the_team(request, stage, village, client):
    story = request.getfixturevalue(stage)
    before = story.agreement.stage
    assert "barred_since" not in rules(village, "fadi")
    order(story, "meet")
    assert story.agreement.stage == before
    assert "barred_since" in rules(village, "fadi")
    page = told(village.sign_in(client, "fadi").get(reverse("agreement", args=[story.case.ref])))
    assert "a promise lies between them" in page
    assert "a promise lies between them" not in told(village.enter(client, story.hana).get(reverse("my_agreement", args=[story.agreement.pk])))


def test_what_bars_is_found_in_as_many_questions_for_sixty_promises_as_for_one(met, django_assert_max_num_queries):
    agreement = draft_of(met, 1)
    order(met, "meet")
    with django_assert_max_num_queries(30) as one:
        queries.weighed(agreement)
    for n in range(59):
        actions.promise(agreement, by=met.lead, owner=met.rami, owed_to=met.hana, what=f"Thing {n}.", due_on=timezone.localdate())
    with django_assert_max_num_queries(len(one)):
        assert len(queries.weighed(agreement)[0]) == 60
    assert Item.objects.count() == 60
