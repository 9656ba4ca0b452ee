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
from setfair.core.walls import BuildWalls, Definer
from setfair.core.walls_of_cases import KeyOfCase, SameCase, Steps


class Migration(migrations.Migration):
    """Files of a case, their bytes, and what was found harmful; the worker finds what waits to be looked at again."""

    initial = True

    dependencies = [
        ("cases", "0007_same_case"),
        ("journal", "0003_steps"),
        ("programmes", "0005_offer"),
    ]

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("shown", "shown back, not sent yet"),
                            ("unchecked", "not checked for harm"),
                            ("kept", "kept"),
                            ("replaced", "replaced"),
                            ("gone", "taken away"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "Paper (PDF)"), ("jpeg", "Picture"), ("png", "Picture (PNG)"), ("text", "Plain text")], max_length=4
                    ),
                ),
                ("extent", models.CharField(blank=True, max_length=12)),
                ("size", models.PositiveIntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("working", "Only me"),
                            ("team", "The team of this case"),
                            ("safety", "Safety: the coordinator and the supervisor"),
                            ("shared", "The team and one person here"),
                        ],
                        max_length=7,
                        verbose_name="who may open it",
                    ),
                ),
                ("words", setfair.vault.fields.SealedText(of="case_id", verbose_name="what it is")),
                ("about", models.UUIDField(null=True)),
                ("by_kind", models.CharField(max_length=12)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="files", to="cases.case")),
                (
                    "instead_of",
                    setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.file"),
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
                    "reader",
                    setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.participation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("data", setfair.vault.fields.SealedBytes(of="case_id")),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
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
                ("file", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="contents", to="files.file")),
            ],
        ),
        migrations.CreateModel(
            name="Harm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("by_kind", models.CharField(max_length=12)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("seen_at", models.DateTimeField(null=True)),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
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
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="file",
            index=models.Index(fields=["programme", "case", "-at"], name="file_of_case"),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("audience", "shared"), ("reader__isnull", False)),
                    models.Q(models.Q(("audience", "shared"), _negated=True), ("reader__isnull", True)),
                    _connector="OR",
                ),
                name="file_shared_with_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0), ("size__lte", 12582912)), name="file_of_a_size"),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=models.UniqueConstraint(condition=models.Q(("stage", "shown")), fields=("programme", "about", "by"), name="file_shown_once"),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("stage__in", ["gone", "kept", "replaced", "shown", "unchecked"])), name="files_file_stage_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=setfair.core.records.Kept(condition=models.Q(("kind__in", ["jpeg", "pdf", "png", "text"])), name="files_file_kind_known"),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("audience__in", ["safety", "shared", "team", "working"])), name="files_file_audience_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="files_file_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="content",
            constraint=models.UniqueConstraint(fields=("programme", "file"), name="content_once"),
        ),
        migrations.AddConstraint(
            model_name="harm",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="files_harm_at_has_come",
            ),
        ),
        Definer(
            "files_waiting(before timestamptz, most integer)",
            "TABLE (programme_id uuid, file_id uuid)",
            """
            SELECT programme_id, id FROM files_file WHERE stage = 'unchecked' OR (stage = 'shown' AND at <= before)
            ORDER BY stage = 'unchecked', at LIMIT most
            """,
        ),
        BuildWalls("file", "content", "harm"),
        KeyOfCase("file"),
        SameCase("file", "reader", "instead_of"),
        SameCase("content", "file"),
        Steps(
            "file",
            start=("shown", "unchecked", "kept"),
            steps={
                "shown": ("unchecked", "kept", "gone"),
                "unchecked": ("kept", "replaced", "gone"),
                "kept": ("replaced", "gone"),
                "replaced": ("gone",),
                "gone": (),
            },
        ),
        migrations.RunSQL("ALTER TABLE files_content ALTER COLUMN data SET STORAGE EXTERNAL", migrations.RunSQL.noop),
    ]
