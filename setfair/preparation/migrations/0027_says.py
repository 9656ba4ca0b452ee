import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
import setfair.vault.fields
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import KeyOfCase, SameCase

ANOTHER = """
CREATE FUNCTION preparation_say_answered() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $answered$
BEGIN
    IF NOT EXISTS (
        SELECT FROM preparation_saydoubted d
        WHERE d.programme_id = NEW.programme_id AND d.id = NEW.doubt_id AND d.participation_id = NEW.participation_id AND d."by" <> NEW."by"
    ) THEN
        RAISE EXCEPTION 'whoever doubted it does not answer it'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'say_answered_by_another';
    END IF;
    RETURN NEW;
END $answered$
"""
ANSWERED = """
CREATE TRIGGER say_answered_by_another BEFORE INSERT ON preparation_sayanswered
FOR EACH ROW WHEN (NEW.doubt_id IS NOT NULL) EXECUTE FUNCTION preparation_say_answered()
"""
STANDS = """
CREATE FUNCTION preparation_no_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $stands$
BEGIN
    IF (
        SELECT c.answer FROM preparation_consent c
        WHERE c.programme_id = OLD.programme_id AND c.participation_id = OLD.stands_by_id AND c.giver_id = OLD.id AND c.scope = 'take_part'
        ORDER BY c.at DESC, c.id DESC LIMIT 1
    ) <> 'yes' AND EXISTS (
        SELECT FROM cases_participation child JOIN people_person p ON p.programme_id = child.programme_id AND p.id = child.person_id
        WHERE child.programme_id = OLD.programme_id AND child.id = OLD.stands_by_id AND child.left_at IS NULL
          AND (p.of_age_at IS NULL OR p.of_age_at > coalesce(NEW.left_at, now()))
    ) AND NOT EXISTS (
        SELECT FROM preparation_sayanswered s WHERE s.programme_id = OLD.programme_id AND s.participation_id = OLD.id AND s.taken
    ) THEN
        RAISE EXCEPTION 'a no stands until a second person has looked, or they gave up their say themselves'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'no_stands';
    END IF;
    RETURN NEW;
END $stands$
"""
HELD = """
CREATE TRIGGER no_stands BEFORE UPDATE ON cases_participation FOR EACH ROW
WHEN (OLD.has_authority AND OLD.left_at IS NULL
      AND (NOT NEW.has_authority OR NEW.left_at IS NOT NULL OR NEW.stands_by_id IS DISTINCT FROM OLD.stands_by_id))
EXECUTE FUNCTION preparation_no_stands()
"""
GONE = """
DROP TRIGGER no_stands ON cases_participation;
DROP FUNCTION preparation_no_stands();
DROP FUNCTION preparation_say_answered() CASCADE
"""


class Migration(migrations.Migration):
    """A parent's or guardian's no stands until somebody else than who doubts it has looked, or they give up their say themselves."""

    dependencies = [
        ("cases", "0019_agree_apart"),
        ("preparation", "0026_meeting_attended"),
        ("programmes", "0026_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="SayDoubted",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by_kind", models.CharField(max_length=12)),
                ("by", models.UUIDField(null=True)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("paper", "a paper of a court or an office shows that they do not decide"),
                            ("told", "an office told us so"),
                            ("mistake", "we wrote it down wrongly"),
                        ],
                        max_length=7,
                        verbose_name="why",
                    ),
                ),
                ("words", setfair.vault.fields.SealedText(of="case_id", verbose_name="what shows it")),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                (
                    "participation",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SayAnswered",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by_kind", models.CharField(max_length=12)),
                ("by", models.UUIDField(null=True)),
                ("taken", models.BooleanField()),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                (
                    "participation",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                (
                    "doubt",
                    setfair.core.records.Within(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="preparation.saydoubted"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="saydoubted",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("why__in", ["mistake", "paper", "told"])), name="preparation_saydoubted_why_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="saydoubted",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="preparation_saydoubted_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="sayanswered",
            constraint=models.UniqueConstraint(fields=("programme", "doubt"), name="say_answered_once"),
        ),
        migrations.AddConstraint(
            model_name="sayanswered",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", models.F("participation")), ("by_kind", "participant"), ("doubt__isnull", True), ("taken", True)),
                    models.Q(("by_kind", "staff"), ("doubt__isnull", False)),
                    _connector="OR",
                ),
                name="say_whose_word",
            ),
        ),
        migrations.AddConstraint(
            model_name="sayanswered",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="preparation_sayanswered_at_has_come",
            ),
        ),
        BuildWalls(append_only=("saydoubted", "sayanswered")),
        KeyOfCase("saydoubted"),
        SameCase("saydoubted", "participation"),
        SameCase("sayanswered", "participation", "doubt"),
        migrations.RunSQL([ANOTHER, ANSWERED, STANDS, HELD], GONE),
    ]
