import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
import setfair.vault.fields
from setfair.core.walls import BuildWalls


class Migration(migrations.Migration):
    """What people change of their own ways on their own page, until it was confirmed and somebody has looked."""

    dependencies = [
        ("people", "0007_mark_of_before"),
        ("programmes", "0010_two_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="WayWish",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("email", "Email"),
                            ("sms", "Text message"),
                            ("call", "Phone call"),
                            ("post", "Letter"),
                            ("through", "Through someone"),
                        ],
                        max_length=7,
                    ),
                ),
                ("value", setfair.vault.fields.SealedText(of="person_id")),
                ("card", setfair.vault.fields.SealedJSON(of="person_id")),
                ("was", models.UUIDField(null=True)),
                ("may_tell", models.BooleanField(default=False)),
                ("proof", models.BinaryField(max_length=32, null=True)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
                ("person", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="way_wishes", to="people.person")),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WayWishEnd",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("proven", "they typed the code that went there"),
                            ("spoken", "the team spoke with them"),
                            ("dropped", "it is not theirs"),
                            ("replaced", "another one took its place"),
                            ("closed", "that way is safe no more"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                ("wish", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="ends", to="people.waywish")),
            ],
        ),
        migrations.CreateModel(
            name="WayWishSeen",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                ("wish", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="seen", to="people.waywish")),
            ],
        ),
        migrations.AddIndex(
            model_name="waywish",
            index=models.Index(fields=["programme", "person", "at"], name="way_wish_of_person"),
        ),
        migrations.AddConstraint(
            model_name="waywish",
            constraint=models.CheckConstraint(
                condition=models.Q(("may_tell", False), ("was__isnull", False), _connector="OR"), name="way_wish_tells_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="waywish",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("way__in", ["call", "email", "post", "sms", "through"])), name="people_waywish_way_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="waywish",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="people_waywish_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="waywishend",
            constraint=models.UniqueConstraint(fields=("programme", "wish"), name="way_wish_ends_once"),
        ),
        migrations.AddConstraint(
            model_name="waywishend",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("how__in", ["closed", "dropped", "proven", "replaced", "spoken"])), name="people_waywishend_how_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="waywishend",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="people_waywishend_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="waywishseen",
            constraint=models.UniqueConstraint(fields=("programme", "wish"), name="way_wish_seen_once"),
        ),
        migrations.AddConstraint(
            model_name="waywishseen",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="people_waywishseen_at_has_come",
            ),
        ),
        BuildWalls(append_only=("waywish", "waywishend", "waywishseen")),
    ]
