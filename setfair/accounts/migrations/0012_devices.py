import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import setfair.core.clock


class Migration(migrations.Migration):
    """Browsers that an account was signed in with, and when its owner was last told of wrong passwords."""

    dependencies = [
        ("accounts", "0011_signin"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="told_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Browser",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.BinaryField(max_length=32)),
                ("alarm", models.BinaryField(max_length=32, null=True, unique=True)),
                ("since", models.DateTimeField(default=setfair.core.clock.now)),
                ("seen_at", models.DateTimeField(default=setfair.core.clock.now)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "digest"), name="browser_once")],
            },
        ),
    ]
