import importlib

from django.db import migrations, models

import setfair.core.records

TALKED = importlib.import_module("setfair.keeping.migrations.0012_talked")
GROUP = TALKED.anew(TALKED.SHREDDED.GROUP.replace("WHEN 'declined' THEN 'declined'", TALKED.AS_DECLINED))
MORE = GROUP.replace(
    "('ended_harmed', 'ended_responsible', 'new_matter', 'transferred')",
    "('ended_harmed', 'ended_responsible', 'ended_guardian', 'no_contact_order', 'taken_back', 'new_matter', 'transferred', 'own')",
).replace(
    "('declined_at_contact', 'no_contact_possible', 'not_suitable')", "('declined_at_contact', 'no_contact_possible', 'not_suitable', 'not_safe')"
)

CARRIED = """
UPDATE keeping_tombstone SET decider = CASE
    WHEN outcome IN ('completed', 'completed_varied', 'part_completed', 'not_completed', 'no_agreement', 'indirect') THEN 'together'
    WHEN outcome = 'ended_harmed' THEN 'harmed'
    WHEN outcome IN ('ended_responsible', 'no_responsibility') THEN 'responsible'
    WHEN outcome = 'declined_at_contact' THEN 'somebody'
    WHEN outcome IN ('not_eligible', 'not_suitable', 'not_safe', 'specialist', 'other_path', 'transferred') THEN 'programme'
    WHEN outcome IN ('no_contact_order', 'new_matter') THEN 'law'
    WHEN outcome IN ('no_contact_possible', 'duplicate') THEN 'nobody'
    WHEN "group" = 'taken_back' THEN 'sender'
    ELSE ''
END
"""


class Migration(migrations.Migration):
    """What stays of what was forgotten says whose decision it was."""

    dependencies = [
        ("keeping", "0012_talked"),
        ("programmes", "0026_reasons"),
    ]

    operations = [
        migrations.RunSQL(MORE, GROUP),
        migrations.AddField(
            model_name="tombstone",
            name="decider",
            field=models.CharField(
                blank=True,
                choices=[
                    ("together", "it ran its course"),
                    ("harmed", "person harmed"),
                    ("responsible", "person responsible"),
                    ("guardian", "parent or guardian"),
                    ("somebody", "one of them; not written down who"),
                    ("programme", "the programme"),
                    ("sender", "a court, or whoever sent it"),
                    ("law", "the law or an order"),
                    ("nobody", "nobody"),
                ],
                max_length=11,
            ),
        ),
        migrations.RunSQL(CARRIED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    ("decider__in", ["", "guardian", "harmed", "law", "nobody", "programme", "responsible", "sender", "somebody", "together"])
                ),
                name="keeping_tombstone_decider_known",
            ),
        ),
    ]
