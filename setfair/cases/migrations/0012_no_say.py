from django.db import migrations, models

COME_ALONG = "UPDATE cases_participation SET role = 'supporter' WHERE role = 'guardian' AND NOT has_authority AND left_at IS NULL"


class Migration(migrations.Migration):
    """Whoever stood in a circle as a parent without a say came along as a support person does; from now on that is what they are called."""

    dependencies = [("cases", "0011_no_plain_words"), ("people", "0006_turns_18"), ("programmes", "0005_offer")]

    operations = [
        migrations.RunSQL([COME_ALONG, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=~models.Q(role="guardian", has_authority=False) | models.Q(left_at__isnull=False), name="participation_no_say"
            ),
        ),
    ]
