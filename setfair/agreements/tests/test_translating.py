"""The team puts a promise into the language of whoever reads it (decision 166)."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Translation
from setfair.agreements.tests.in_spanish import (
    OTHERWISE,
    SPANISH,
    WRITTEN,
    page_of,
    put,
    read,
    read_of,
)
from setfair.agreements.tests.reading import seen, told
from setfair.agreements.tests.renewing import asked, gone_on, renewed, say_anew
from setfair.cases.models import Participation, Role
from setfair.keeping.queries.theirs import of_person
from setfair.people.models import Person

pytestmark = pytest.mark.django_db


def test_put_in_other_words_it_falls_away_and_goes_on_where_only_the_day_is_another(reads_spanish):
    put(reads_spanish)
    later = reads_spanish.items()[0].due_on + timedelta(days=3)
    say_anew(reads_spanish, reads_spanish.items()[0], due_on=later)
    assert queries.translation_of(reads_spanish.items()[0], "es").what == SPANISH["what"]
    say_anew(reads_spanish, reads_spanish.items()[0], what="Write a letter of two pages.")
    assert queries.translation_of(reads_spanish.items()[0], "es") is None
    assert Translation.objects.count() == 2


def test_a_spelling_put_right_leaves_it_and_asks_the_team_to_look(in_spanish, village):
    actions.put_right(in_spanish.items()[0], by=in_spanish.lead, words={"what": "Write a leter of one page."})
    assert read(in_spanish) == (SPANISH["what"], ["Write a leter of one page.", *WRITTEN[1:]])
    page = told(village.sign_in(Client(), "fadi").get(reverse("agreement", args=[in_spanish.case.ref])))
    assert "A spelling was put right since: look at it again" in page
    put(in_spanish, OTHERWISE)
    page = told(village.sign_in(Client(), "fadi").get(reverse("agreement", args=[in_spanish.case.ref])))
    assert "A spelling was put right since: look at it again" not in page


def test_the_next_version_has_it_and_it_is_no_difference(kept_in_spanish):
    say_anew_in = renewed(kept_in_spanish)
    assert queries.translation_of(kept_in_spanish.items()[0], "es").what == SPANISH["what"]
    say_anew(kept_in_spanish, kept_in_spanish.items()[1], what="Bring two balls back.")
    actions.present(say_anew_in, by=kept_in_spanish.lead)
    assert (asked(kept_in_spanish), gone_on(kept_in_spanish)) == ({"sol", "gail"}, {"hana", "rami"})


def test_put_into_it_while_the_next_version_is_in_hand_it_stands_there_too(kept_in_spanish):
    old = kept_in_spanish.items()[0]
    renewed(kept_in_spanish)
    actions.put_into(old, by=kept_in_spanish.lead, language="es", words=OTHERWISE)
    assert queries.translation_of(kept_in_spanish.items()[0], "es").what == OTHERWISE["what"]


def test_all_of_it_or_nothing_and_never_into_its_own_language(reads_spanish):
    for words in ({"what": SPANISH["what"]}, {**SPANISH, "what": ""}, {}):
        with pytest.raises(actions.CannotWrite):
            put(reads_spanish, words)
    with pytest.raises(actions.CannotWrite, match="nothing that does not stand there"):
        put(reads_spanish, SPANISH, number=1)
    for language in ("en", "xx", ""):
        with pytest.raises(actions.CannotWrite):
            put(reads_spanish, language=language)
    assert Translation.objects.count() == 0


def test_taken_away_it_is_read_as_it_was_written_and_the_same_twice_is_once(in_spanish):
    assert (put(in_spanish), Translation.objects.count()) == (Translation.objects.get(), 1)
    put(in_spanish, {})
    assert read(in_spanish) == (WRITTEN[0], None)
    with pytest.raises(actions.CannotWrite):
        put(in_spanish, {})


def test_two_who_do_it_at_once_both_read_the_other(reads_spanish):
    item = reads_spanish.items()[0]
    old = queries.put_digest(item, None)
    put(reads_spanish, seen=old)
    with pytest.raises(actions.ChangedMeanwhile):
        put(reads_spanish, OTHERWISE, seen=old)
    assert read_of(item) == SPANISH["what"]


def test_the_database_takes_none_of_other_words_or_of_what_is_over_and_changes_none(kept_in_spanish):
    item = kept_in_spanish.items()[0]
    facts = {"item": item, "case_id": kept_in_spanish.case.pk, "language": "es", "edition": item.edition, "by": kept_in_spanish.lead.id, **SPANISH}
    for wrong in ({"edition": item.edition + 1}, {"language": "en"}, {"language": ""}, {"interpreter": kept_in_spanish.sol}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Translation.objects.create(**facts | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Translation.objects.update(at=timezone.now())
    actions.end(kept_in_spanish.agreement, by=kept_in_spanish.lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Translation.objects.create(**facts)
    with pytest.raises(actions.CannotWrite):
        put(kept_in_spanish, OTHERWISE)


def test_nobody_takes_them_from_what_lay_there_to_be_signed(in_spanish):
    for _signed in (False, True):
        with pytest.raises(IntegrityError, match="stay with what lay there"), transaction.atomic():
            Translation.objects.all().delete()
        in_spanish.sign_all()
    assert (in_spanish.agreement.stage, Translation.objects.count()) == (Stage.IN_FORCE, 1)


def test_with_a_promise_that_is_struck_while_it_is_written_they_go(reads_spanish):
    put(reads_spanish)
    actions.strike(reads_spanish.items()[0], by=reads_spanish.lead)
    assert Translation.objects.count() == 0


def test_one_that_says_nothing_of_its_language_is_put_into_any_but_the_programmes(reads_spanish):
    item = reads_spanish.items()[0]
    type(item).objects.filter(pk=item.pk).update(language="")
    facts = {"item": item, "case_id": item.case_id, "edition": item.edition, "by": reads_spanish.lead.id, **SPANISH}
    with pytest.raises(IntegrityError, match="as it stands"), transaction.atomic():
        Translation.objects.create(**facts, language="en")
    put(reads_spanish)
    type(reads_spanish.programme).objects.filter(pk=reads_spanish.programme.pk).update(language="es")
    say_anew(reads_spanish, reads_spanish.items()[0], due_on=item.due_on + timedelta(days=3))
    assert (Translation.objects.count(), queries.translation_of(reads_spanish.items()[0], "es")) == (1, None)


def test_whoever_interprets_gave_the_words_and_nobody_else_is_said_to(reads_spanish, village):
    person = Person.objects.create(name="Ilse Brandvold")
    helper = Participation.objects.create(case=reads_spanish.case, person=person, role=Role.INTERPRETER)
    with pytest.raises(actions.CannotWrite, match="interprets"):
        put(reads_spanish, interpreter=reads_spanish.sol)
    put(reads_spanish, interpreter=helper)
    actions.present(reads_spanish.agreement, by=reads_spanish.lead)
    assert "con un intérprete" in page_of(reads_spanish, village, "hana")
    with translation.override("en"):
        assert "you helped to put a promise into another language" in json.dumps(of_person(helper, []), default=str)


def test_laying_it_out_warns_who_could_not_read_it_and_holds_nothing_up(reads_spanish, village, client):
    village.sign_in(client, "fadi")
    page = client.get(reverse("agreement", args=[reads_spanish.case.ref]))
    assert "Hana reads Spanish. 2 promises are not in that language yet." in told(page)
    first = f"{reverse('promise_translation', args=[reads_spanish.items()[0].pk])}?language=es"
    assert first in told(page)
    assert client.post(reverse("agreement_present", args=[reads_spanish.agreement.pk])).status_code == 302
    assert reads_spanish.agreement.stage == Stage.SIGNING
    assert "Hana reads Spanish. 2 promises are not in that language yet." in told(client.get(reverse("agreement", args=[reads_spanish.case.ref])))


def test_where_all_read_what_is_written_nothing_is_said(signing, village, client):
    page = told(village.sign_in(client, "fadi").get(reverse("agreement", args=[signing.case.ref])))
    assert ("not in that language" in page, "promise_translation" in page, "/translation/" in page) == (False, False, False)


def test_the_team_writes_it_beside_the_words_and_goes_on_to_the_next(reads_spanish, village, client):
    village.sign_in(client, "fadi")
    one, other = (reverse("promise_translation", args=[item.pk]) for item in reads_spanish.items())
    page = client.get(one)
    assert [words in told(page) for words in (*WRITTEN, "In Spanish")] == [True] * 4
    form = {"language": "es", "seen": page.context["form"]["seen"].initial, **SPANISH}
    assert client.post(one, form | {"if_hard": ""}).status_code == 422
    assert client.post(one, form).url == f"{other}?language=es"
    form = {"language": "es", "seen": client.get(other).context["form"]["seen"].initial, "what": "Traer la pelota."}
    assert client.post(other, form).url == reverse("agreement", args=[reads_spanish.case.ref])
    assert queries.in_tongues(reads_spanish.agreement, reads_spanish.items())[1] == []


def test_what_somebody_else_saved_meanwhile_is_shown_and_a_second_press_keeps_ones_own(reads_spanish, village, client):
    village.sign_in(client, "fadi")
    one = reverse("promise_translation", args=[reads_spanish.items()[0].pk])
    form = {"language": "es", "seen": client.get(one).context["form"]["seen"].initial, **OTHERWISE}
    put(reads_spanish)
    answer = client.post(one, form)
    assert (answer.status_code, SPANISH["what"] in told(answer), OTHERWISE["what"] in told(answer)) == (422, True, True)
    assert client.post(one, form | {"seen": seen(answer)}).status_code == 302
    assert read_of(reads_spanish.items()[0]) == OTHERWISE["what"]


@pytest.mark.parametrize(("who", "status"), [("fadi", 200), ("cora", 200), ("mina", 404), ("nour", 404), ("ines", 404)])
def test_who_of_the_team_writes_it(reads_spanish, village, client, who, status):
    page = reverse("promise_translation", args=[reads_spanish.items()[0].pk])
    assert village.sign_in(client, who).get(page).status_code == status


@pytest.mark.parametrize("key", ["hana", "rami", "sol", "gail"])
def test_nobody_of_the_circle_writes_it(reads_spanish, village, client, key):
    page = reverse("promise_translation", args=[reads_spanish.items()[0].pk])
    assert village.enter(client, reads_spanish.people[key]).post(page, {"language": "es", **SPANISH}).status_code == 401
    assert Translation.objects.count() == 0
