from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """What somebody needs that only a room can give."""

    dependencies = [
        ("cases", "0019_agree_apart"),
        ("preparation", "0028_no_by_age"),
        ("programmes", "0029_rooms"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="arrangement",
            name="preparation_arrangement_kind_known",
        ),
        migrations.AlterField(
            model_name="arrangement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("interpreter", "an interpreter"),
                    ("sign", "a sign language interpreter"),
                    ("relay", "a relay interpreter"),
                    ("step_free", "a way in without steps"),
                    ("loop", "a hearing loop"),
                    ("access", "a way in, a seat, light or sound"),
                    ("room", "a quiet room beside"),
                    ("transport", "a way to get here"),
                    ("childcare", "somebody for the children"),
                    ("food", "food or drink"),
                ],
                max_length=11,
                verbose_name="what",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    ("kind__in", ["access", "childcare", "food", "interpreter", "loop", "relay", "room", "sign", "step_free", "transport"])
                ),
                name="preparation_arrangement_kind_known",
            ),
        ),
    ]
