import django.db.models.deletion
from django.db import migrations

import setfair.core.records


class Migration(migrations.Migration):
    """A promise of a draft can be struck: no news is taken away with it, because there is none."""

    dependencies = [
        ("agreements", "0048_asked_again"),
        ("outcomes", "0015_all_told"),
    ]

    operations = [
        migrations.AlterField(
            model_name="newstask",
            name="item",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="agreements.item"),
        ),
    ]
