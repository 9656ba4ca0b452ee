import importlib

from django.db import migrations

FORGETTING = importlib.import_module("setfair.keeping.migrations.0002_forgetting")
SHREDDED = importlib.import_module("setfair.keeping.migrations.0006_shred_what_is_gone")
ENDED = "r.stage IN ('declined', 'withdrawn')"
WITH_TALKED = """r.stage IN ('declined', 'withdrawn', 'talked')
    AND NOT EXISTS (SELECT FROM journal_entry later WHERE later.programme_id = e.programme_id AND later.subject_id = e.subject_id
        AND later.subject_kind = e.subject_kind AND later.verb = 'moved' AND later.id > e.id)"""
AS_DECLINED = "WHEN 'declined' THEN 'declined' WHEN 'talked' THEN 'declined'"


def anew(function: str) -> str:
    """The function that is there, with a new body: its owner and who may call it stay."""
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


class Migration(migrations.Migration):
    """A request that ended with a talk is kept as long as one that did not go ahead; since it can go on, its last step counts and not an earlier one."""

    dependencies = [("keeping", "0011_alarms"), ("referrals", "0010_talks")]

    operations = [
        migrations.RunSQL(
            [
                anew(FORGETTING.FORGET_REQUEST.replace(ENDED, WITH_TALKED)),
                anew(SHREDDED.GROUP.replace("WHEN 'declined' THEN 'declined'", AS_DECLINED)),
            ],
            [anew(FORGETTING.FORGET_REQUEST), anew(SHREDDED.GROUP)],
        )
    ]
