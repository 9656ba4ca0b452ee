from django.db import migrations, models

import setfair.core.records

HOW = [("granted", "Yes"), ("partly", "In part"), ("not_yet", "Not yet"), ("refused", "No")]
WHY = [
    ("all", "all of it"),
    ("signed", "what was signed or belongs to the others stays until its day"),
    ("elsewhere", "they are part of something else that still runs"),
    ("held", "a legal hold stops it for now"),
    ("not_them", "it was not them who asked"),
]


class Migration(migrations.Migration):
    """What was asked on somebody's page may have been asked by somebody else: then it is refused."""

    dependencies = [("keeping", "0006_shred_what_is_gone")]

    operations = [
        migrations.RemoveConstraint(model_name="answer", name="keeping_answer_how_known"),
        migrations.RemoveConstraint(model_name="answer", name="keeping_answer_why_known"),
        migrations.AlterField(model_name="answer", name="how", field=models.CharField(choices=HOW, max_length=7)),
        migrations.AlterField(model_name="answer", name="why", field=models.CharField(choices=WHY, max_length=9)),
        migrations.AddConstraint(
            model_name="answer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("how__in", ["granted", "not_yet", "partly", "refused"])), name="keeping_answer_how_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("why__in", ["all", "elsewhere", "held", "not_them", "signed"])), name="keeping_answer_why_known"
            ),
        ),
    ]
