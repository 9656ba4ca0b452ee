import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import SameCase


class Migration(migrations.Migration):
    """Said aloud with a witness, slept on until a day, disagreed with in words; whoever was beside it stands with every signature but one's own."""

    dependencies = [
        ("agreements", "0013_guardians_sign"),
        ("cases", "0024_stepped_out_default"),
        ("programmes", "0035_arrivals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("until", models.DateField()),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="concern",
            name="agreements_concern_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="signature",
            name="agreements_signature_method_known",
        ),
        migrations.AlterField(
            model_name="concern",
            name="kind",
            field=models.CharField(
                choices=[("wrong", "something is not right"), ("unwilling", "does not want to sign"), ("differs", "does not agree, and says why")],
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="method",
            field=models.CharField(
                choices=[
                    ("own", "on their own page"),
                    ("tablet", "on the tablet they were handed"),
                    ("paper", "on paper"),
                    ("spoken", "aloud, and somebody of the team heard it"),
                ],
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("kind__in", ["differs", "unwilling", "wrong"])), name="agreements_concern_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "own"), ("witness__isnull", True)),
                    models.Q(models.Q(("method", "own"), _negated=True), ("witness__isnull", False)),
                    _connector="OR",
                ),
                name="signature_witnessed",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("method__in", ["own", "paper", "spoken", "tablet"])), name="agreements_signature_method_known"
            ),
        ),
        migrations.AddField(
            model_name="rest",
            name="agreement",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="rests", to="agreements.agreement"),
        ),
        migrations.AddField(
            model_name="rest",
            name="case",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
        ),
        migrations.AddField(
            model_name="rest",
            name="participation",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
        ),
        migrations.AddField(
            model_name="rest",
            name="programme",
            field=models.ForeignKey(
                default=setfair.core.tenant.current,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.programme",
            ),
        ),
        migrations.AddConstraint(
            model_name="rest",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    ("until__gte", django.db.models.expressions.CombinedExpression(models.F("at"), "-", models.Value(datetime.timedelta(days=1)))),
                    (
                        "until__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("at"), "+", models.Value(datetime.timedelta(days=21))),
                            "+",
                            models.Value(datetime.timedelta(days=1)),
                        ),
                    ),
                ),
                name="rest_lies_ahead",
            ),
        ),
        migrations.AddConstraint(
            model_name="rest",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_rest_at_has_come",
            ),
        ),
        BuildWalls(append_only=("rest",)),
        SameCase("rest", "agreement", "participation"),
    ]
