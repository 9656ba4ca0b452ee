from importlib import import_module

from django.db import migrations, models

import setfair.core.records

FITS = import_module("setfair.agreements.migrations.0018_fits")
BEFORE = import_module("setfair.agreements.migrations.0028_no_stays_no")

# Whether somebody reads a promise: everyone does, or else whoever makes it, whom it is for, who looks at it, and who decides for one of them.
REACHES = """
CREATE FUNCTION agreements_reaches(of_programme uuid, of_item uuid, of_person uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $reaches$
    SELECT EXISTS (
        SELECT FROM agreements_item i
        JOIN cases_participation p ON p.programme_id = i.programme_id AND p.id = of_person
        LEFT JOIN cases_participation child ON child.programme_id = p.programme_id AND child.id = p.stands_by_id
        LEFT JOIN people_person young ON young.programme_id = child.programme_id AND young.id = child.person_id
        CROSS JOIN LATERAL (VALUES (p.id), (CASE WHEN p.role = 'guardian' AND p.has_authority
            AND (young.of_age_at IS NULL OR young.of_age_at > clock_timestamp()) THEN child.id END)) theirs(id)
        WHERE i.programme_id = of_programme AND i.id = of_item AND (
            i.reach = 'circle' OR theirs.id IN (i.owner_id, i.owed_to_id, i.checker_id) OR EXISTS (
                SELECT FROM agreements_sharer b WHERE b.programme_id = i.programme_id AND b.item_id = i.id AND b.participation_id = theirs.id))
    )
$reaches$
"""
# Nobody is asked about what they do not read: there their word is no yes, no wish to change it, and none that is waited for.
NOT_ASKED = """AS $latest$
    SELECT '' WHERE NOT agreements_reaches(of_programme, of_item, of_person)
    UNION ALL (SELECT word FROM agreements_fit
    WHERE programme_id = of_programme AND item_id = of_item AND edition = of_edition AND participation_id = of_person
      AND agreements_reaches(of_programme, of_item, of_person)
    ORDER BY at DESC, id DESC LIMIT 1)
$latest$
"""
LATEST = FITS.LATEST.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
UNTOUCHED = BEFORE.AGAIN.replace("    ) THEN\n", BEFORE.SAID_NO)
STANDS_BY = "WHEN p.role = 'guardian' THEN"
WHO_READS = "WHEN p.role = 'guardian' AND (i.reach = 'circle' OR agreements_reaches(i.programme_id, i.id, p.id)) THEN"


class Migration(migrations.Migration):
    """A promise can reach only those it concerns: nobody else is asked about it, and a change of it touches nobody else."""

    dependencies = [
        ("agreements", "0031_spellings"),
        ("cases", "0024_stepped_out_default"),
        ("people", "0006_turns_18"),
        ("programmes", "0039_good_promises"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="reach",
            field=models.CharField(
                choices=[("circle", "everyone in the circle"), ("some", "only those it concerns")],
                db_default="circle",
                default="circle",
                max_length=6,
                verbose_name="who reads it",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("reach", "circle"), ("owed_to__isnull", False), _connector="OR"), name="item_reaches_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=setfair.core.records.Kept(condition=models.Q(("reach__in", ["circle", "some"])), name="agreements_item_reach_known"),
        ),
        migrations.RunSQL(REACHES, "DROP FUNCTION agreements_reaches(uuid, uuid, uuid)"),
        migrations.RunSQL(LATEST[: LATEST.index("AS $latest$")] + NOT_ASKED, LATEST),
        migrations.RunSQL(UNTOUCHED.replace(STANDS_BY, WHO_READS), UNTOUCHED),
    ]
