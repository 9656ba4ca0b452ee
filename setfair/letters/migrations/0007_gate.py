import uuid

from django.db import migrations, models

from setfair.core.walls_of_cases import Steps


class Migration(migrations.Migration):
    """A letter is looked at before it goes, by the house and where it is wished by somebody of the team; what could not be sent can be said."""

    dependencies = [
        ("letters", "0006_steps"),
        ("programmes", "0008_by_day"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="letter",
            name="letter_waits",
        ),
        migrations.AddField(
            model_name="letter",
            name="act",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="letter",
            name="cleared_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="held_for",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="letter",
            name="looked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="mark",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AlterField(
            model_name="letter",
            name="stage",
            field=models.CharField(
                choices=[
                    ("held", "waits for somebody to look"),
                    ("due", "on its way"),
                    ("printed", "on paper, not handed over yet"),
                    ("sent", "sent"),
                    ("handed", "posted or handed over"),
                    ("failed", "could not be sent"),
                    ("withdrawn", "withdrawn"),
                ],
                default="due",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                models.F("programme"), models.F("made_at"), condition=models.Q(("stage__in", ("failed", "held", "printed"))), name="letter_waits"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(condition=models.Q(("stage", "held")), fields=["programme", "act"], name="letter_of_act"),
        ),
        Steps(
            "letter",
            start=("held", "due"),
            steps={
                "held": ("due", "withdrawn"),
                "due": ("held", "printed", "failed", "sent", "withdrawn"),
                "printed": ("handed", "withdrawn"),
                "failed": ("due", "handed", "withdrawn"),
                "sent": (),
                "handed": (),
                "withdrawn": (),
            },
        ),
    ]
