from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """An answer about a time may be taken back: then nothing is known of it, as before."""

    dependencies = [
        ("scheduling", "0008_changes"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="timeanswer",
            name="scheduling_timeanswer_answer_known",
        ),
        migrations.AlterField(
            model_name="timeanswer",
            name="answer",
            field=models.CharField(
                choices=[("yes", "yes"), ("if_needed", "if_needed"), ("no", "no"), ("unknown", "unknown")],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="timeanswer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("answer__in", ["if_needed", "no", "unknown", "yes"])), name="scheduling_timeanswer_answer_known"
            ),
        ),
    ]
