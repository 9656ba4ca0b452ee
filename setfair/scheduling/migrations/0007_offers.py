import datetime
import uuid

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import KeyOfCase, SameCase


class Migration(migrations.Migration):
    """Times that are offered to a circle, and what each says about them."""

    dependencies = [
        ("cases", "0019_agree_apart"),
        ("programmes", "0026_reasons"),
        ("scheduling", "0006_rule_of_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("answer_by", models.DateTimeField()),
                ("held_until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="cases.case")),
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
            name="OfferedTime",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="offered_times", to="cases.case")),
                ("offer", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="times", to="scheduling.offer")),
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
                ("room", setfair.core.records.Within(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.room")),
            ],
        ),
        migrations.CreateModel(
            name="OfferAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("word", models.CharField(choices=[("yes", "Works"), ("if_needed", "If needed"), ("no", "No"), ("call", "Call me")], max_length=9)),
                (
                    "how",
                    models.CharField(
                        choices=[("own", "on their own page"), ("phone", "on the phone"), ("said", "face to face"), ("paper", "on paper")],
                        max_length=5,
                    ),
                ),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by_kind", models.CharField(max_length=12)),
                ("by", models.UUIDField(null=True)),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                ("giver", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation")),
                (
                    "participation",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="offer_answers", to="cases.participation"),
                ),
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
                (
                    "time",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="scheduling.offeredtime"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("programme", "case"), name="offer_one_live"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(condition=models.Q(("answer_by__gt", models.F("at"))), name="offer_lasts"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("held_until__isnull", True), ("held_until__lte", models.F("answer_by")), _connector="OR"),
                name="offer_held_no_longer",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="scheduling_offer_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="offeredtime",
            constraint=models.UniqueConstraint(fields=("programme", "offer", "during"), name="offered_time_once"),
        ),
        migrations.AddConstraint(
            model_name="offeredtime",
            constraint=models.CheckConstraint(
                condition=models.Q(("during__isempty", False), ("during__lower_inf", False), ("during__upper_inf", False)),
                name="offered_time_has_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="offeranswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "own"), _negated=True),
                    models.Q(("by", models.F("participation")), ("giver", models.F("participation"))),
                    _connector="OR",
                ),
                name="offer_answer_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="offeranswer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("word__in", ["call", "if_needed", "no", "yes"])), name="scheduling_offeranswer_word_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="offeranswer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("how__in", ["own", "paper", "phone", "said"])), name="scheduling_offeranswer_how_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="offeranswer",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="scheduling_offeranswer_at_has_come",
            ),
        ),
        BuildWalls("offer", append_only=("offeredtime", "offeranswer")),
        KeyOfCase("offer"),
        KeyOfCase("offeredtime"),
        SameCase("offeredtime", "offer"),
        SameCase("offeranswer", "time", "participation", "giver"),
    ]
