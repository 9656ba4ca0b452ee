from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """What came back may say of somebody that an address they share is used no more, or be nobody's: given back, or not to be read."""

    dependencies = [
        ("letters", "0008_came_back"),
        ("programmes", "0009_glance"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="cameback",
            name="letters_cameback_kind_known",
        ),
        migrations.AddField(
            model_name="cameback",
            name="is_shared",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="cameback",
            name="kind",
            field=models.CharField(
                choices=[
                    ("answer", "an answer"),
                    ("stop", "no more messages there"),
                    ("wrong", "the wrong number or person"),
                    ("start", "messages there again, they ask"),
                    ("bounce", "a message given back"),
                    ("unread", "a message that could not be read"),
                ],
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="cameback",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_shared", False), ("reader_id__isnull", False), _connector="OR"), name="came_back_shared_of_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="cameback",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("kind__in", ["answer", "bounce", "start", "stop", "unread", "wrong"])), name="letters_cameback_kind_known"
            ),
        ),
    ]
