import django.db.models.deletion
from django.db import migrations, models

import setfair.core.records

LIKE_BEFORE = "UPDATE programmes_programme SET talk_minutes = greatest(10, max_minutes - settle_minutes - break_minutes)"
IN_A_TERM = """
ALTER TABLE programmes_window ADD CONSTRAINT programmes_window_term_id_within
    FOREIGN KEY (programme_id, term_id) REFERENCES programmes_term (programme_id, id)
"""
NO_TERM = "ALTER TABLE programmes_window DROP CONSTRAINT programmes_window_term_id_within"


class Migration(migrations.Migration):
    """Windows with a kind, a length and a span of days of their own; closed days by kind; what a meeting's length is made of.

    A programme that is there keeps the length it has.
    """

    dependencies = [
        ("programmes", "0026_reasons"),
    ]

    operations = [
        migrations.AddField(
            model_name="closure",
            name="born_in",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="born in"),
        ),
        migrations.AddField(
            model_name="closure",
            name="kind",
            field=models.CharField(
                choices=[
                    ("closed", "we are closed"),
                    ("holiday", "school holidays"),
                    ("court", "public holiday, courts are closed too"),
                    ("exam", "exam"),
                ],
                db_default="closed",
                default="closed",
                max_length=7,
                verbose_name="what kind of day",
            ),
        ),
        migrations.AddField(
            model_name="closure",
            name="whom",
            field=models.CharField(
                choices=[("all", "everybody"), ("students", "students"), ("year", "students born in one year")],
                db_default="all",
                default="all",
                max_length=8,
                verbose_name="for whom there is an exam",
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="break_minutes",
            field=models.PositiveSmallIntegerField(db_default=5, default=5, verbose_name="minutes for breaks"),
        ),
        migrations.AddField(
            model_name="programme",
            name="interpreter_percent",
            field=models.PositiveSmallIntegerField(db_default=25, default=25, verbose_name="more time to talk with an interpreter, in percent"),
        ),
        migrations.AddField(
            model_name="programme",
            name="settle_minutes",
            field=models.PositiveSmallIntegerField(db_default=10, default=10, verbose_name="minutes to arrive and settle"),
        ),
        migrations.AddField(
            model_name="programme",
            name="talk_minutes",
            field=models.PositiveSmallIntegerField(db_default=45, default=45, verbose_name="minutes to talk"),
        ),
        migrations.AddField(
            model_name="window",
            name="first_on",
            field=models.DateField(null=True, verbose_name="first day"),
        ),
        migrations.AddField(
            model_name="window",
            name="kind",
            field=models.CharField(
                choices=[("school", "in terms, not on holidays"), ("evening", "in school holidays too"), ("visit", "visits in a closed place")],
                db_default="school",
                default="school",
                max_length=7,
                verbose_name="which days",
            ),
        ),
        migrations.AddField(
            model_name="window",
            name="last_on",
            field=models.DateField(null=True, verbose_name="last day"),
        ),
        migrations.AddField(
            model_name="window",
            name="longest",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="longest meeting, in minutes"),
        ),
        migrations.AddField(
            model_name="window",
            name="term",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="windows", to="programmes.term"),
        ),
        migrations.RunSQL(LIKE_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(IN_A_TERM, NO_TERM),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(condition=models.Q(("whom", "all"), ("kind", "exam"), _connector="OR"), name="closure_of_an_exam"),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("born_in__isnull", False), ("whom", "year")),
                    models.Q(models.Q(("whom", "year"), _negated=True), ("born_in__isnull", True)),
                    _connector="OR",
                ),
                name="closure_of_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("kind__in", ["closed", "court", "exam", "holiday"])), name="programmes_closure_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=setfair.core.records.Kept(condition=models.Q(("whom__in", ["all", "students", "year"])), name="programmes_closure_whom_known"),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("break_minutes__lte", 120), ("interpreter_percent__lte", 100), ("settle_minutes__lte", 120), ("talk_minutes__range", (10, 480))
                ),
                name="programme_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(("longest__isnull", True), ("longest__range", (10, 480)), _connector="OR"), name="window_longest"
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__isnull", True), ("first_on__isnull", True), ("last_on__gte", models.F("first_on")), _connector="OR"),
                name="window_span",
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(("term__isnull", True), models.Q(("first_on__isnull", True), ("last_on__isnull", True)), _connector="OR"),
                name="window_one_span",
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("kind__in", ["evening", "school", "visit"])), name="programmes_window_kind_known"
            ),
        ),
    ]
