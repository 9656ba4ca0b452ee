from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A case may end well because they listened and agreed to differ."""

    dependencies = [
        ("cases", "0024_stepped_out_default"),
        ("outcomes", "0005_told_back"),
        ("programmes", "0039_good_promises"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="closure",
            name="outcomes_closure_reason_known",
        ),
        migrations.AlterField(
            model_name="closure",
            name="reason",
            field=models.CharField(
                choices=[
                    ("completed", "the agreement was kept"),
                    ("completed_varied", "kept, after a change"),
                    ("part_completed", "kept in part"),
                    ("not_completed", "not kept; goes back to who sent it"),
                    ("no_agreement", "met; no agreement was needed"),
                    ("differ", "they listened and agreed to differ"),
                    ("indirect", "done without meeting"),
                    ("ended_harmed", "a person harmed does not want to go on"),
                    ("ended_responsible", "a person responsible does not want to go on"),
                    ("ended_guardian", "a parent or guardian does not agree"),
                    ("declined_at_contact", "someone said no when asked"),
                    ("not_suitable", "not suitable now"),
                    ("not_safe", "would not be safe"),
                    ("transferred", "went to another programme"),
                    ("taken_back", "whoever sent it took it back"),
                    ("no_contact_order", "an order bars contact"),
                    ("new_matter", "a new matter came up"),
                    ("no_contact_possible", "could not be reached"),
                    ("own", "a reason of our own"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "completed",
                            "completed_varied",
                            "declined_at_contact",
                            "differ",
                            "ended_guardian",
                            "ended_harmed",
                            "ended_responsible",
                            "indirect",
                            "new_matter",
                            "no_agreement",
                            "no_contact_order",
                            "no_contact_possible",
                            "not_completed",
                            "not_safe",
                            "not_suitable",
                            "own",
                            "part_completed",
                            "taken_back",
                            "transferred",
                        ],
                    )
                ),
                name="outcomes_closure_reason_known",
            ),
        ),
    ]
