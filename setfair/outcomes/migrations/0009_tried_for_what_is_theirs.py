from importlib import import_module

from django.db import migrations

BEFORE = import_module("setfair.outcomes.migrations.0008_tried")
# What is between others turns nothing for somebody who does not read it; and an exchange is over when somebody says what came of it.
FOR_ALL = "AND coalesce(j.detail ->> 'reason', '') <> 'new_version')"
THEIRS = """AND coalesce(j.detail ->> 'reason', '') <> 'new_version'
           AND NOT EXISTS (
               SELECT FROM agreements_item i
               WHERE i.programme_id = j.programme_id AND i.case_id = j.case_id AND i.reach = 'some' AND i.id::text = j.subject_id
                 AND NOT agreements_reaches(i.programme_id, i.id, NEW.participation_id))),
        (SELECT max(r.at) FROM agreements_result r
         WHERE r.programme_id = NEW.programme_id AND r.case_id = NEW.case_id AND r.conference_id IS NULL)"""
FUNCTION = BEFORE.TRIED[: BEFORE.TRIED.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    """The three tries count from when there was something to tell to just this person."""

    dependencies = [
        ("agreements", "0034_several"),
        ("outcomes", "0008_tried"),
    ]

    operations = [migrations.RunSQL(FUNCTION.replace(FOR_ALL, THEIRS), FUNCTION)]
