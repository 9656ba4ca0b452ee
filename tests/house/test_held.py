"""What must hold is a constraint in the database: whoever goes around Python in the application's own role is refused."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from django.utils import timezone
from psycopg import sql

from setfair.agreements import actions as agreements
from setfair.agreements.models import Agreement, Concern, Evidence, Item, Signature, Signer
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role
from setfair.conferences.models import Attendance
from setfair.core.records import Record
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.outcomes.models import Closure, News
from setfair.preparation.models import Consent, Meeting, Override
from setfair.referrals.models import Referral
from setfair.scheduling.models import Booking
from setfair.village.cast import OTHER
from setfair.village.story import asked, case_at
from tests.scenes import scene

RECORDS = sorted((m for m in apps.get_models() if issubclass(m, Record) and not m._meta.proxy), key=lambda m: m._meta.label)
TRAVELLERS = {m for m in RECORDS if hasattr(m, "JOURNEY")}
BEGIN = {
    "letters_letter": {"held", "due"},
    "facilitators_facilitator": {"nominated", "training", "certified"},
    "enclosures_enclosure": {"unchecked", "kept"},
    "files_file": {"shown", "unchecked", "kept"},
}
pytestmark = pytest.mark.django_db


def refused(statement, values=(), *, by="", kind=IntegrityError):
    """The statement alone, in the application's role and the present tenant, up to its commit."""
    with pytest.raises(kind, match=by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("setfair_app",)
        cursor.execute(statement, values)
        assert cursor.rowcount > 0, "it met no row, which proves nothing"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@scene
def two_at_signing(village):
    """Two cases of one school whose agreements lie there to be signed."""
    with village.inside():
        mine, other = case_at(village, Stage.CONVENED), case_at(village, Stage.CONVENED, circle=OTHER)
        mine.write_agreement()
        other.write_agreement()
        return mine, other


@pytest.fixture
def both(village, two_at_signing):
    """The same two; the test runs inside the school."""
    with village.inside():
        yield two_at_signing


# Codes


def columns():
    return [(m, f) for m in RECORDS for f in m._meta.local_fields if isinstance(f, models.CharField) and f.choices]


def test_every_column_of_codes_holds_its_codes_and_no_others(superuser_connection):
    found = dict(superuser_connection.execute("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'").fetchall())
    assert len(columns()) > 25
    for model, field in columns():
        held = set(re.findall(r"'([^']*)'::character varying", found.get(f"{model._meta.db_table}_{field.column}_known", "")))
        assert held == {str(code) for code, _label in field.flatchoices} | ({""} if field.blank else set()), f"{model._meta.label}.{field.name}"


@pytest.mark.parametrize("column", ["scope", "answer", "method"])
def test_a_yes_to_nothing_known_is_refused(both, column):
    mine, _other = both
    yes = Consent.objects.filter(participation=mine.hana).latest("at")
    copy = {f.attname: getattr(yes, f.attname) for f in Consent._meta.local_fields if f.name != "id"}
    refused(*inserted(Consent, **copy | {column: "zzz"}), by=f"consent_({column}_known|to_whom)")
    Consent.objects.create(**copy)


def blockers_in_the_code():
    """Each `Blocker(code, person, sentence, may_be_set_aside, ...)` that a floor makes."""
    files = [path for path in Path(__file__).resolve().parents[2].glob("setfair/**/*.py") if not {"tests", "migrations"} & {*path.parts}]
    calls = (node for path in files for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Blocker"]


def test_what_the_board_lets_nobody_set_aside_the_database_does_not_either(superuser_connection):
    made = [(call.args[0], call.args[3]) for call in blockers_in_the_code()]
    never = {ast.literal_eval(code) for code, may in made if not ast.literal_eval(may)}
    rule = superuser_connection.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'override_never'").fetchone()[0]
    assert (never, {*re.findall("'([a-z_]+)'", rule)}) == ({*Override.NEVER}, {*Override.NEVER})


# Moments


def test_nothing_has_happened_that_lies_ahead(both):
    mine, _other = both
    yes = Consent.objects.filter(participation=mine.hana).latest("at")
    held = Meeting.objects.filter(participation=mine.hana).latest("at")
    far = timezone.now() + timedelta(days=367)
    for fact, column, day in ((yes, "at", far), (held, "at", far), (held, "held_on", held.held_on + timedelta(days=3))):
        copy = {f.attname: getattr(fact, f.attname) for f in type(fact)._meta.local_fields if f.name != "id"}
        refused(*inserted(type(fact), **copy | {column: day}), by="at_has_come|meeting_was_held")
        type(fact).objects.create(**copy)


def inserted(model, **values):
    """An INSERT as somebody would type it."""
    row = model(**values)
    fields = model._meta.local_concrete_fields
    quoted = [f'"{f.column}"' for f in fields]
    made = [f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields]
    return f"INSERT INTO {model._meta.db_table} ({', '.join(quoted)}) VALUES ({', '.join(['%s'] * len(made))})", made


# Journeys


def test_the_database_knows_each_journey_as_python_does(superuser_connection):
    rows = superuser_connection.execute(
        "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgdeferrable, t.tginitdeferred FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE 'journey_%' ORDER BY 1, 2"
    ).fetchall()
    said = {(table, name): set(re.findall(r"'([^']*)'", text.split("EXECUTE")[1])) for table, name, text, *_deferred in rows}
    expected = {}
    for model in TRAVELLERS:
        table = model._meta.db_table
        expected[table, "journey_step"] = {f"{was}>{to}" for was, steps in model.JOURNEY.items() for to in steps}
        expected[table, "journey_start"] = BEGIN.get(table) or {model._meta.get_field("stage").default.value}
        expected[table, "journey_told"] = {model._meta.label_lower}
    assert said == expected
    assert {(name, *deferred) for _table, name, _text, *deferred in rows} == {
        ("journey_step", False, False),
        ("journey_start", False, False),
        ("journey_told", True, True),
    }


@pytest.mark.parametrize(("to", "by"), [("nonsense", "journey|known"), ("scheduled", "no step"), ("convened", "no step")])
def test_a_case_takes_no_step_that_its_journey_has_not(village, to, by):
    with village.inside():
        case_at(village, Stage.PREPARING)
        refused("UPDATE cases_case SET stage = %s", [to], by=by)


@pytest.mark.parametrize("to", [Stage.READY, Stage.CLOSED])
def test_a_step_without_its_line_is_not_committed(village, to):
    with village.inside():
        story = case_at(village, Stage.PREPARING)
        refused("UPDATE cases_case SET stage = %s", [to], by="the journal does not say so")
        with pytest.raises(IntegrityError, match="does not say so"), transaction.atomic():
            record("moved", story.case, by=story.coordinator, was="ready", to=to)
            Case.objects.filter(pk=story.case.pk).update(stage=to)
            connection.check_constraints()
        if to == Stage.CLOSED:
            News.objects.create(case=story.case, participation=story.hana, way="voice", told_on=timezone.localdate(), by=story.lead.id)
            Closure.objects.create(case=story.case, reason="transferred", by=story.coordinator.id)
        move(story.case, to, by=story.coordinator)
        connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_an_old_line_does_not_speak_for_a_new_step(village, connected_as):
    with village.inside():
        story = case_at(village, Stage.READY)
        move(story.case, Stage.PREPARING, by=story.coordinator)
    raw = connected_as("setfair_app")
    with pytest.raises(psycopg.errors.CheckViolation, match="does not say so"), raw.transaction():
        raw.execute(sql.SQL("SET LOCAL app.programme = {}").format(sql.Literal(str(village.school.pk))))
        assert raw.execute("UPDATE cases_case SET stage = 'ready' WHERE id = %s", [story.case.pk]).rowcount == 1
    with village.inside():
        assert Case.objects.get(pk=story.case.pk).stage == Stage.PREPARING


def test_a_step_is_told_whatever_programme_the_transaction_ends_in(village):
    with village.inside(village.county):
        with village.inside():
            story = case_at(village, Stage.PREPARING)
            move(story.case, Stage.READY, by=story.coordinator)
        connection.check_constraints()


def test_nothing_begins_halfway(village):
    with village.inside():
        story, (referral, _code) = case_at(village, Stage.PREPARING), asked(village)
        ready = {f.attname: getattr(story.case, f.attname) for f in Case._meta.local_fields if f.name != "id"} | {"ref": "C-9", "referral_id": None}
        refused(*inserted(Case, **ready | {"stage": Stage.CLOSED}), by="does not begin")
        Case.objects.create(**ready)
        asks = {f.attname: getattr(referral, f.attname) for f in Referral._meta.local_fields if f.name != "id"} | {"ref": "R-9"}
        refused(*inserted(Referral, **asks | {"stage": "accepted"}), by="does not begin")


# Agreements


def test_what_lies_to_be_signed_keeps_its_words_and_holds_only_when_all_have_signed(both):
    mine, _other = both
    agreement, people = mine.agreement, mine.people
    in_force = "UPDATE agreements_agreement SET stage = 'in_force' WHERE id = %s"
    for change in ("words = NULL", "version = 9", "words = words || 'x'::bytea"):
        refused(f"UPDATE agreements_agreement SET {change} WHERE id = %s", [agreement.pk], by="lie there to be signed")
    refused(in_force, [agreement.pk], by="not everyone has signed")
    last = people.popitem()
    mine.sign_all()
    refused(in_force, [agreement.pk], by="not everyone has signed")
    people.update([last])
    agreements.sign(agreement, by=mine.me(last[0]), participation=last[1], method="own", typed_name=last[1].person.shown)
    connection.check_constraints()
    assert mine.agreement.stage == "in_force"
    refused("UPDATE agreements_agreement SET words = NULL WHERE id = %s", [agreement.pk], by="lie there to be signed")


def test_a_draft_may_be_written_and_written_again(both):
    mine, _other = both
    draft = agreements.reopen(mine.agreement, by=mine.lead)
    assert Agreement.objects.filter(pk=draft.pk).update(version=7) == 1


# One case


def test_nobody_signs_answers_or_hears_in_a_case_they_are_not_in(both):
    mine, other = both
    mine.sign_all()
    hers, yes, came = (
        mine.agreement,
        Consent.objects.filter(participation=mine.hana).latest("at"),
        Attendance.objects.filter(conference=mine.conference).first(),
    )
    stranger = other.people[next(iter(other.people))]
    rows = [
        (Signature.objects.filter(agreement=hers).first(), ("participation_id", "agreement_id")),
        (Signer.objects.filter(agreement=hers).first(), ("participation_id", "agreement_id")),
        (yes, ("participation_id", "giver_id")),
        (Meeting.objects.filter(participation=mine.hana).first(), ("participation_id",)),
        (came, ("participation_id", "conference_id")),
        (Concern(agreement=hers, participation=mine.hana, case=mine.case, kind="wrong", words="x"), ("participation_id", "agreement_id")),
        (Evidence(item=mine.items()[0], case=mine.case, words="x", by_kind="staff"), ("item_id",)),
        (News(participation=mine.hana, case=mine.case, way="voice", told_on=came.at.date(), by=stranger.pk), ("participation_id",)),
        (mine.items()[0], ("owner_id", "owed_to_id", "agreement_id")),
        (mine.conference, ("booking_id",)),
    ]
    theirs = {f.attname: getattr(other.booking, f.attname) for f in Booking._meta.local_fields if f.name != "id"}
    unused = Booking.objects.create(**theirs | {"released_at": timezone.now()})
    elsewhere = {
        "participation_id": stranger.pk, "giver_id": stranger.pk, "owner_id": stranger.pk, "owed_to_id": stranger.pk,
        "agreement_id": other.agreement.pk,
        "conference_id": other.conference.pk, "item_id": other.items()[0].pk, "booking_id": unused.pk,
    }  # fmt: skip
    fresh = {Item: {"order": 90, "stage": "promised"}, type(mine.conference): {"stage": "planned"}}
    for row, ends in rows:
        model = type(row)
        copy = {f.attname: getattr(row, f.attname) for f in model._meta.local_fields if f.name != "id"} | fresh.get(model, {})
        for end in ends:
            refused(*inserted(model, **copy | {end: elsewhere[end]}), by="_within|another case")
    draft = agreements.reopen(other.agreement, by=other.lead)
    refused("UPDATE agreements_agreement SET conference_id = %s WHERE id = %s", [mine.conference.pk, draft.pk], by="_within")
    Consent.objects.create(**{f.attname: getattr(yes, f.attname) for f in Consent._meta.local_fields if f.name != "id"})


def test_a_place_in_one_case_cannot_be_carried_to_another(both):
    mine, other = both
    refused("UPDATE cases_participation SET case_id = %s WHERE id = %s", [other.case.pk, mine.hana.pk], by="_within")
    supporter = Participation.objects.filter(case=mine.case, role=Role.SUPPORTER).first()
    stranger = other.people[next(iter(other.people))]
    refused("UPDATE cases_participation SET stands_by_id = %s WHERE id = %s", [stranger.pk, supporter.pk], by="_within")


# Keys


@pytest.mark.parametrize("statement", ["DELETE FROM vault_datakey", "UPDATE vault_datakey SET wrapped = ''"])
def test_the_keys_of_all_words_are_never_changed_or_removed(both, statement):
    refused(statement, kind=ProgrammingError, by="permission denied")
