"""Nothing holds on the yes of a young person alone: whoever decides for them signs too, whether they came or not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Signature
from setfair.conferences.models import Attendance
from setfair.letters.models import Letter
from setfair.preparation.models import NoGuardian

pytestmark = pytest.mark.django_db
OWN = Signature.Method.OWN_DEVICE


@pytest.fixture
def without_gail(met):
    """Gail, who decides for Rami, was not in the room; the agreement lies there to be signed."""
    Attendance.objects.create(conference=met.conference, participation=met.gail, came=False)
    met.write_agreement()
    return met


def sign(story, *keys):
    for key in keys:
        actions.sign(story.agreement, by=story.me(key), participation=story.people[key], method=OWN, typed_name=key)


def asked(story):
    return sorted(p.person.spoken for p in queries.still_to_sign(story.agreement))


def test_the_guardian_who_did_not_come_signs_on_their_own_page_and_nothing_holds_before(village, without_gail):
    story = without_gail
    assert asked(story) == ["Gail", "Hana", "Rami", "Sol"]
    assert Letter.objects.filter(key=f"to_sign:{story.agreement.pk}:1:{story.gail.pk}").count() == 1
    sign(story, "hana", "rami", "sol")
    assert (story.agreement.stage, asked(story)) == (Stage.SIGNING, ["Gail"])
    page = village.enter(Client(), story.gail).get(reverse("my_agreement", args=[story.agreement.pk]))
    assert (page.status_code, page.context["may_sign"]) == (200, True)
    sign(story, "gail")
    assert story.agreement.stage == Stage.IN_FORCE


def test_the_database_itself_waits_for_the_guardian(without_gail):
    story = without_gail
    sign(story, "hana", "rami", "sol")
    with pytest.raises(IntegrityError, match="not everyone has signed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_agreement SET stage = 'in_force' WHERE id = %s", [story.agreement.pk])


def test_from_their_18th_birthday_nobody_decides_for_them(village, without_gail):
    story = without_gail
    sign(story, "hana", "sol")
    story.rami.person.of_age_at = timezone.now() - timedelta(hours=1)
    story.rami.person.save(update_fields=["of_age_at"])
    assert asked(story) == ["Rami"]
    assert village.enter(Client(), story.gail).get(reverse("my_agreement", args=[story.agreement.pk])).status_code == 404
    sign(story, "rami")
    assert story.agreement.stage == Stage.IN_FORCE


def test_nobody_signs_for_them_while_the_guardian_is_asked(without_gail):
    with pytest.raises(actions.CannotSign, match="own name"):
        actions.sign(without_gail.agreement, by=without_gail.me("gail"), participation=without_gail.gail, method=OWN, typed_name="12")
    assert queries.being_signed_by(without_gail.gail) == without_gail.agreement


def test_nothing_is_laid_out_for_a_young_person_who_has_nobody(met):
    met.gail.left_at = timezone.now()
    met.gail.save(update_fields=["left_at"])
    with pytest.raises(actions.CannotWrite, match="Rami needs a parent or guardian"):
        met.write_agreement()
    NoGuardian.objects.create(participation=met.rami, case=met.case, reason="decides")
    actions.present(met.agreement, by=met.lead)
    assert asked(met) == ["Hana", "Rami", "Sol"]
