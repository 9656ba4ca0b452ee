from datetime import time
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.records
import setfair.vault.fields
from setfair.core import tenant

LAST_MINUTE = time(23, 59)

IN_HOURS = """
CREATE OR REPLACE FUNCTION people_visit_in_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $visit$
BEGIN
    IF NOT EXISTS (
        SELECT FROM people_custody stay WHERE stay.programme_id = NEW.programme_id AND stay.person_id = NEW.person_id AND stay.ended_at IS NULL
            AND (NOT EXISTS (SELECT FROM programmes_visithours held WHERE held.programme_id = stay.programme_id AND held.place_id = stay.where_id)
                OR EXISTS (
                    SELECT FROM programmes_visithours held WHERE held.programme_id = stay.programme_id AND held.place_id = stay.where_id
                        AND held.weekday = extract(isodow FROM NEW."on")::int - 1 AND held.starts <= NEW.starts AND held.ends >= NEW.ends
                ))
    ) THEN
        RAISE EXCEPTION 'a visit lies in the hours of the place'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'people_visit_in_hours';
    END IF;
    RETURN NEW;
END $visit$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION people_visit_in_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $visit$
BEGIN
    IF NOT EXISTS (
        SELECT FROM people_custody stay WHERE stay.programme_id = NEW.programme_id AND stay.person_id = NEW.person_id AND stay.ended_at IS NULL
            AND (stay.days = '{}' OR extract(isodow FROM NEW."on")::int - 1 = ANY (stay.days))
            AND (stay.starts IS NULL OR NEW.starts >= stay.starts) AND (stay.ends IS NULL OR NEW.ends <= stay.ends)
    ) THEN
        RAISE EXCEPTION 'a visit lies in the hours of the place'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'people_visit_in_hours';
    END IF;
    RETURN NEW;
END $visit$;
"""
OF_WHICH = """
UPDATE people_clearance asked SET custody_id = (
    SELECT stay.id FROM people_custody stay WHERE stay.programme_id = asked.programme_id AND stay.person_id = asked.person_id AND stay.at <= asked.at
    ORDER BY stay.at DESC, stay.id DESC LIMIT 1
);
DELETE FROM people_clearance WHERE custody_id IS NULL;
"""
WITHIN = """
ALTER TABLE people_custody ADD CONSTRAINT people_custody_where_id_within
    FOREIGN KEY (programme_id, where_id) REFERENCES programmes_closedplace (programme_id, id);
ALTER TABLE people_clearance ADD CONSTRAINT people_clearance_custody_id_within
    FOREIGN KEY (programme_id, custody_id) REFERENCES people_custody (programme_id, id);
"""
APART = """
ALTER TABLE people_custody DROP CONSTRAINT people_custody_where_id_within;
ALTER TABLE people_clearance DROP CONSTRAINT people_clearance_custody_id_within;
"""


def to_places(apps: Any, schema_editor: Any) -> None:
    """Each place once, with its hours. What was its address may hold a number of the one person: it stays theirs, sealed."""
    stays, places, hours = (
        apps.get_model("people", "Custody"),
        apps.get_model("programmes", "ClosedPlace"),
        apps.get_model("programmes", "VisitHours"),
    )
    known: dict[Any, Any] = {}
    for stay in list(stays.objects.order_by("at", "id")):
        with tenant.inside(stay.programme_id):
            name = str(stay.place)[:120]
            same = (stay.programme_id, " ".join(name.casefold().split()), tuple(sorted(stay.days)), stay.starts, stay.ends, stay.lead_days)
            if same not in known:
                known[same] = places.objects.create(programme_id=stay.programme_id, name=name, lead_days=stay.lead_days)
                for day in _days(stay):
                    span = {"starts": stay.starts or time(0), "ends": stay.ends or LAST_MINUTE}
                    hours.objects.create(programme_id=stay.programme_id, place=known[same], weekday=day, **span)
            stays.objects.filter(pk=stay.pk).update(where=known[same])


def _days(stay: Any) -> list[int]:
    """With neither days nor hours every moment was fine, and still is."""
    if not stay.days and stay.starts is None and stay.ends is None:
        return []
    return sorted(stay.days) or list(range(7))


def to_stays(apps: Any, schema_editor: Any) -> None:
    """The same back: one stretch for all days, as far as it can be said so."""
    stays = apps.get_model("people", "Custody")
    for stay in list(stays.objects.select_related("where")):
        with tenant.inside(stay.programme_id):
            held = list(stay.where.hours.all())
            stay.place, stay.lead_days, stay.days = stay.where.name, stay.where.lead_days, sorted({one.weekday for one in held})
            stay.starts, stay.ends = min((o.starts for o in held), default=None), max((o.ends for o in held), default=None)
            stay.save(update_fields=["place", "lead_days", "days", "starts", "ends"])


class Migration(migrations.Migration):
    """A closed place is written down once for everybody in it, with as many stretches a day as it has; clearance is of one stay."""

    dependencies = [("people", "0013_visit_after_the_wall"), ("programmes", "0023_places"), ("vault", "0003_epochs")]

    operations = [
        migrations.AddField(
            "custody",
            "where",
            setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.closedplace"),
        ),
        migrations.AddField(
            "clearance",
            "custody",
            setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.custody"),
        ),
        migrations.RunPython(to_places, to_stays),
        migrations.RunSQL(OF_WHICH, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            "custody",
            "where",
            setfair.core.records.Within(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.closedplace"),
        ),
        migrations.AlterField(
            "clearance",
            "custody",
            setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.custody"),
        ),
        migrations.RunSQL(WITHIN, APART),
        migrations.RunSQL(IN_HOURS, BEFORE),
        migrations.RemoveConstraint("clearance", "clearance_once_a_day"),
        migrations.AddConstraint("clearance", models.UniqueConstraint(fields=("programme", "custody", "for_day"), name="clearance_once_a_day")),
        migrations.RemoveConstraint("custody", "custody_days"),
        migrations.RemoveConstraint("custody", "custody_hours"),
        migrations.RemoveConstraint("custody", "custody_lead_days"),
        migrations.RemoveField("custody", "place"),
        migrations.RemoveField("custody", "days"),
        migrations.RemoveField("custody", "starts"),
        migrations.RemoveField("custody", "ends"),
        migrations.RemoveField("custody", "lead_days"),
        migrations.AlterField(
            "custody", "address", setfair.vault.fields.SealedText(of="person_id", verbose_name="what must stand on a letter to them")
        ),
    ]
