"""Whoever lost their second step is helped back in: by an administrator, and the only administrator by two people."""

from datetime import timedelta
from io import StringIO

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from config.back_in import WORD
from setfair.core.text import neutral
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.models import Membership, Role, StepReset, Vouch
from setfair.village.time import at

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


RUNS_THE_SERVER = pytest.mark.django_db(transaction=True)


@pytest.fixture
def back_in(village, connected_as):
    """As `make back-in` says it: a word as the owner of the tables, then the command as the application."""

    def say(slug):
        connected_as("setfair_owner").execute(WORD, [slug])
        said = StringIO()
        call_command("back_in", slug, stdout=said)
        return said.getvalue()

    return say


def has_step(user):
    return Authenticator.objects.filter(user=user).exists()


def takes_away(village, who, whom):
    with village.inside(village.place_of(whom)):
        membership = Membership.objects.filter(user=village.users[whom]).first()
    return village.sign_in(Client(), who).post(reverse("settings_people_step", args=[membership.pk]), follow=True)


def says_so(village, who):
    return village.sign_in(Client(), who).post(reverse("back_in"), follow=True)


def lines(village, verb):
    with village.inside():
        return Entry.objects.filter(verb=verb).count()


def letters_to(village, user):
    with village.inside():
        return [letter.subject for letter in Letter.objects.filter(reader_id=user.pk)]


def test_an_administrator_takes_it_away_and_the_person_is_told_and_signed_out(village):
    TOTP.activate(village.cora, SECRET)
    stay = village.sign_in(Client(), "cora")
    assert stay.get(reverse("today")).status_code == 200
    for neighbour in ("nour", "sven", "fadi"):
        assert takes_away(village, neighbour, "cora").status_code == 404
        assert has_step(village.cora)
    assert "Their second step is taken away" in takes_away(village, "ada", "cora").content.decode()
    assert not has_step(village.cora)
    assert stay.get(reverse("today")).status_code == 302
    (subject,) = letters_to(village, village.cora)
    assert neutral(subject) == subject
    with village.inside():
        assert [(row.account_id, row.by) for row in StepReset.objects.all()] == [(village.cora.pk, village.ada.pk)]
        assert Entry.objects.get(verb="reset_second_step").detail == {}


def test_nobody_takes_away_their_own_nor_that_of_somebody_from_next_door_as_well(village):
    TOTP.activate(village.ada, SECRET)
    TOTP.activate(village.fadi, SECRET)
    assert "Your own second step you change under your name" in takes_away(village, "ada", "ada").content.decode()
    with village.inside(village.county):
        Membership.objects.create(user=village.fadi, role=Role.FACILITATOR)
    assert "Please ask whoever runs this server" in takes_away(village, "ada", "fadi").content.decode()
    assert has_step(village.ada)
    assert has_step(village.fadi)


def test_two_people_within_a_day_help_the_only_administrator(village):
    TOTP.activate(village.ada, SECRET)
    for outside in ("fadi", "ines", "ada"):
        assert says_so(village, outside).status_code == 404
    says_so(village, "nour")
    assert "One more of you has to say so today" in says_so(village, "cora").content.decode()
    says_so(village, "cora")
    assert has_step(village.ada), "the same voice twice is one"
    assert letters_to(village, village.fadi) == ["A change in your team"] * 2
    with at(timezone.now() + timedelta(hours=25)):
        assert "One more of you has to say so today" in says_so(village, "sven").content.decode()
        assert has_step(village.ada), "what was said yesterday does not count"
    assert has_step(village.ada)
    with at(timezone.now() + timedelta(hours=26)):
        assert "They can sign in and set up a new second step." in says_so(village, "cora").content.decode()
        assert not has_step(village.ada)
        TOTP.activate(village.ada, SECRET)
        says_so(village, "cora")
        assert has_step(village.ada), "a word is used up"
    assert (lines(village, "vouched"), lines(village, "reset_second_step")) == (5, 1)


def test_nobody_vouches_where_another_administrator_could_help(village):
    with village.inside():
        Membership.objects.create(user=village.sven, role=Role.ADMINISTRATOR)
    assert "There is nobody to help here" in village.sign_in(Client(), "cora").get(reverse("back_in")).content.decode()
    says_so(village, "cora")
    with village.inside():
        assert Vouch.objects.count() == 0


@RUNS_THE_SERVER
def test_the_team_opens_no_account_that_works_next_door_as_well(village, back_in):
    TOTP.activate(village.ada, SECRET)
    with village.inside(village.county):
        Membership.objects.create(user=village.ada, role=Role.FACILITATOR)
    for who in ("cora", "sven"):
        assert "Please ask whoever runs this server" in says_so(village, who).content.decode()
    assert has_step(village.ada)
    assert lines(village, "vouched") == 0
    back_in("northgate-high")
    assert not has_step(village.ada)


def test_the_word_of_somebody_who_has_left_since_does_not_count(village):
    TOTP.activate(village.ada, SECRET)
    with village.inside():
        Membership.objects.create(user=village.mina, role=Role.SUPERVISOR)
    says_so(village, "cora")
    with village.inside():
        Membership.objects.filter(user=village.cora).update(ended_at=timezone.now())
    assert "One more of you has to say so today" in says_so(village, "sven").content.decode()
    assert has_step(village.ada)
    says_so(village, "mina")
    assert not has_step(village.ada)


@RUNS_THE_SERVER
def test_whoever_runs_the_server_is_one_of_two(village, back_in):
    TOTP.activate(village.ada, SECRET)
    assert "One more" in back_in("northgate-high")
    back_in("northgate-high")
    assert has_step(village.ada)
    says_so(village, "sven")
    assert not has_step(village.ada)
    with pytest.raises(CommandError, match="no programme"):
        call_command("back_in", "nowhere-at-all")


@RUNS_THE_SERVER
def test_where_nobody_else_could_say_it_whoever_runs_the_server_is_enough(village, back_in):
    TOTP.activate(village.nour, SECRET)
    with village.inside(village.county):
        Membership.objects.filter(user=village.edda).update(ended_at=timezone.now())
    back_in("river-county")
    assert not has_step(village.nour)


@RUNS_THE_SERVER
def test_the_role_of_the_web_cannot_speak_for_whoever_runs_the_server(village, connected_as, superuser_connection):
    """Straight in SQL: not the word, not a second use of it, not one of an hour ago, not one of next door."""
    web, here, there, ada = connected_as("setfair_app"), village.school.pk, village.county.pk, village.ada.pk
    said = "INSERT INTO programmes_vouch (id, programme_id, account_id, by, at) VALUES (gen_random_uuid(), %s, %s, NULL, now())"

    def speaks():
        with web.transaction():
            web.execute(sql.SQL("SET LOCAL app.programme = {}").format(sql.Literal(str(here))))
            web.execute(said, [here, ada])

    for statement in (
        "INSERT INTO programmes_serverword (id, about) VALUES (gen_random_uuid(), %s)",
        "SELECT FROM programmes_serverword WHERE about = %s",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(statement, [here])
    for statement in ("UPDATE programmes_serverword SET said_at = now()", "DELETE FROM programmes_serverword", "SELECT programmes_server_said()"):
        with pytest.raises(psycopg.Error) as told:
            web.execute(statement)
        assert told.type in (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)
    earlier = "INSERT INTO programmes_serverword (id, about, said_at) VALUES (gen_random_uuid(), %s, now() - interval '1 hour')"
    for word, about in ((None, None), (earlier, here), (WORD, village.county.slug)):
        if word:
            superuser_connection.execute(word, [about])
        with pytest.raises(psycopg.errors.CheckViolation) as told:
            speaks()
        assert told.value.diag.constraint_name == "vouch_by_the_server"
    with pytest.raises(CommandError, match="Say `make back-in PROGRAMME=northgate-high`: whoever runs the server says so from there"):
        call_command("back_in", "northgate-high")
    superuser_connection.execute(WORD, [village.school.slug])
    speaks()
    with pytest.raises(psycopg.errors.CheckViolation):
        speaks()
    assert superuser_connection.execute("SELECT count(*), count(*) FILTER (WHERE about = %s) FROM programmes_serverword", [there]).fetchone() == (
        2,
        1,
    )
    with village.inside():
        assert [(said.account_id, said.by) for said in Vouch.objects.all()] == [(ada, None)]


def test_it_is_asked_once_more_who_says_it(village):
    client = Client()
    client.force_login(village.cora)
    assert client.post(reverse("back_in")).url == "/sure/?next=%2Fback-in%2F"
    with village.inside():
        assert Vouch.objects.count() == 0


def test_the_database_itself_asks_for_two_others_who_may(village):
    """Rows written past Python: each is refused for the reason that it breaks, and the two words that are right are enough."""
    ada, cora, sven, fadi = (village.users[name].pk for name in ("ada", "cora", "sven", "fadi"))
    now = timezone.now()

    def says(table, rule, who, by, moment=now):
        with pytest.raises(IntegrityError) as told, transaction.atomic(), village.inside():
            write(table, who, by, moment)
        assert told.value.__cause__.diag.constraint_name == rule

    def write(table, who, by, moment=now):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO programmes_{table} (id, programme_id, account_id, by, at) VALUES (gen_random_uuid(), %s, %s, %s, %s)",
                [village.school.pk, who, by, moment],
            )

    for nobody in (ada, fadi, village.nour.pk, village.ines.pk):
        says("vouch", "vouch_by_another", ada, nobody)
    says("vouch", "vouch_for_the_last", fadi, cora)
    for by in (ada, cora, village.nour.pk):
        says("stepreset", "step_reset_by_another", ada, by)
    says("stepreset", "step_reset_by_two", ada, None)
    with village.inside():
        for moment in (now - timedelta(minutes=2), now - timedelta(minutes=1)):
            write("vouch", ada, cora, moment)
    says("stepreset", "step_reset_by_two", ada, None)
    with village.inside():
        write("vouch", ada, sven)
    says("stepreset", "step_reset_by_two", ada, None, now + timedelta(hours=25))
    with village.inside():
        write("stepreset", ada, None, now + timedelta(seconds=1))
        write("stepreset", fadi, ada)
    says("stepreset", "step_reset_by_two", ada, None, now + timedelta(seconds=2))


@RUNS_THE_SERVER
def test_the_database_lets_no_team_open_an_account_that_works_next_door_as_well(village, superuser_connection):
    ada, cora, fadi = (village.users[name].pk for name in ("ada", "cora", "fadi"))
    with village.inside(village.county):
        for user in (village.ada, village.fadi):
            Membership.objects.create(user=user, role=Role.FACILITATOR)
    with village.inside():
        Vouch.objects.create(account_id=ada, by=cora)
    for who, by in ((ada, None), (fadi, ada)):
        with pytest.raises(IntegrityError) as told, transaction.atomic(), village.inside():
            StepReset.objects.create(account_id=who, by=by)
        assert told.value.__cause__.diag.constraint_name == "step_reset_elsewhere"
    superuser_connection.execute(WORD, [village.school.slug])
    with village.inside():
        Vouch.objects.create(account_id=ada, by=None)
        StepReset.objects.create(account_id=ada, by=None)
