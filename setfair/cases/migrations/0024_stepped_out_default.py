from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0023_set_aside"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="stepped_out",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
