from django.db import migrations, models

import setfair.core.records

FORGET_STRAY = """
CREATE FUNCTION keeping_forget_stray(this uuid) RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $forget$
DECLARE
    here uuid := nullif(current_setting('app.programme', true), '')::uuid;
    kept integer := coalesce(
        (SELECT r.days FROM keeping_rule r WHERE r.programme_id = here AND r."group" = 'stray' ORDER BY r.at DESC, r.id DESC LIMIT 1), 30
    );
BEGIN
    PERFORM FROM letters_cameback c WHERE c.programme_id = here AND c.id = this AND c.reader_id IS NULL AND c.at::date + kept <= current_date + 1
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this message is not to be forgotten now' USING ERRCODE = 'check_violation', CONSTRAINT = 'keeping_due';
    END IF;
    RETURN keeping_remove('letters_cameback', ARRAY[this]);
END $forget$
"""
NAME = "keeping_forget_stray(uuid)"
OWNED = [
    "GRANT CREATE ON SCHEMA public TO setfair_system",
    f"ALTER FUNCTION {NAME} OWNER TO setfair_system",
    "REVOKE CREATE ON SCHEMA public FROM setfair_system",
    f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC, setfair_app",
    f"GRANT EXECUTE ON FUNCTION {NAME} TO setfair_app",
]


class Migration(migrations.Migration):
    """A rule for messages that fit nobody, and the one way in which they go: after so many days, as the database looks up itself."""

    dependencies = [
        ("letters", "0009_shared_ends"),
        ("cases", "0012_no_say"),
        ("keeping", "0004_held_with_its_request"),
        ("programmes", "0009_glance"),
        ("referrals", "0008_looked_up"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="keeping_notice_group_known",
        ),
        migrations.RemoveConstraint(
            model_name="rule",
            name="rule_never_for_ever",
        ),
        migrations.RemoveConstraint(
            model_name="rule",
            name="keeping_rule_group_known",
        ),
        migrations.RemoveConstraint(
            model_name="tombstone",
            name="keeping_tombstone_group_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="group",
            field=models.CharField(
                choices=[
                    ("kept", "Cases that went ahead: it was kept, all or in part"),
                    ("broken", "Cases in which an agreement was not kept"),
                    ("ended", "Cases that ended early"),
                    ("never", "Cases that never began: someone said no, could not be reached, or it did not fit"),
                    ("declined", "Requests that did not go ahead"),
                    ("taken_back", "Requests that were taken back"),
                    ("stray", "Messages that fit nobody"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="rule",
            name="group",
            field=models.CharField(
                choices=[
                    ("kept", "Cases that went ahead: it was kept, all or in part"),
                    ("broken", "Cases in which an agreement was not kept"),
                    ("ended", "Cases that ended early"),
                    ("never", "Cases that never began: someone said no, could not be reached, or it did not fit"),
                    ("declined", "Requests that did not go ahead"),
                    ("taken_back", "Requests that were taken back"),
                    ("stray", "Messages that fit nobody"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="tombstone",
            name="group",
            field=models.CharField(
                choices=[
                    ("kept", "Cases that went ahead: it was kept, all or in part"),
                    ("broken", "Cases in which an agreement was not kept"),
                    ("ended", "Cases that ended early"),
                    ("never", "Cases that never began: someone said no, could not be reached, or it did not fit"),
                    ("declined", "Requests that did not go ahead"),
                    ("taken_back", "Requests that were taken back"),
                    ("stray", "Messages that fit nobody"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("group__in", ["broken", "declined", "ended", "kept", "never", "stray", "taken_back"])),
                name="keeping_notice_group_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days__range", (30, 2555)), ("group", "kept")),
                    models.Q(("days__range", (30, 2555)), ("group", "broken")),
                    models.Q(("days__range", (30, 2555)), ("group", "ended")),
                    models.Q(("days__range", (30, 2555)), ("group", "never")),
                    models.Q(("days__range", (0, 365)), ("group", "declined")),
                    models.Q(("days__range", (0, 365)), ("group", "taken_back")),
                    models.Q(("days__range", (1, 90)), ("group", "stray")),
                    _connector="OR",
                ),
                name="rule_never_for_ever",
            ),
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("group__in", ["broken", "declined", "ended", "kept", "never", "stray", "taken_back"])),
                name="keeping_rule_group_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("group__in", ["broken", "declined", "ended", "kept", "never", "stray", "taken_back"])),
                name="keeping_tombstone_group_known",
            ),
        ),
        migrations.RunSQL([FORGET_STRAY, *OWNED], [f"DROP FUNCTION {NAME}"]),
    ]
