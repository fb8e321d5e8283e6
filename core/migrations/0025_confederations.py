"""What core says of confederations: votes that others wait for, accords that found them, mandates for a seat."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0024_suspended"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="body",
            name="adopted_by_enough",
        ),
        migrations.RemoveConstraint(
            model_name="accord",
            name="accord_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="mandate",
            name="mandate_end_has_a_way",
        ),
        migrations.AlterField(
            model_name="accord",
            name="kind",
            field=models.CharField(
                choices=[
                    ("union", "become one"),
                    ("host", "have a host"),
                    ("confederate", "confederate"),
                    ("join", "join a confederation"),
                ],
                max_length=11,
            ),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("term", "its term was over"),
                    ("resigned", "the delegate resigned"),
                    ("left", "the delegate left"),
                    ("removed", "the delegate was removed from the body"),
                    ("recall", "recalled"),
                    ("confidence", "more than half had withdrawn their confidence"),
                    ("body_ended", "the body ended"),
                    ("panel", "a case panel ended it"),
                    ("seat", "the seat it was for ended"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="vote",
            name="matter",
            field=models.CharField(
                choices=[
                    ("ordinary", "ordinary"),
                    ("urgent", "urgent"),
                    ("charter", "charter"),
                    ("admission", "admission"),
                    ("removal", "removal"),
                    ("recall", "recall"),
                    ("election", "election"),
                    ("referral", "referral"),
                    ("above", "above"),
                    ("people", "people"),
                ],
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="body",
            trigger=pgtrigger.compiler.Trigger(
                name="adopted_by_enough",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."adopted_at" IS NOT NULL AND OLD."adopted_at" IS NULL AND NOT (NEW."kind" = \'confederation\'))',
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_adoption a JOIN core_charter c ON c.id = a.charter_id\n        JOIN core_membership m ON m.id = a.membership_id AND m.ended_at IS NULL\n        WHERE c.body_id = NEW.id GROUP BY c.id HAVING count(*) >= NEW.founders AND (\n            NEW.founders <= 3 OR (\n                2 * count(*) > (SELECT count(*) FROM core_membership WHERE body_id = NEW.id AND ended_at IS NULL)\n                AND NOT EXISTS (\n                    SELECT 1 FROM core_charterobjection o\n                    JOIN core_membership who ON who.id = o.membership_id AND who.ended_at IS NULL\n                    WHERE o.charter_id = c.id AND o.taken_back_at IS NULL\n                )\n            )\n        )\n    ) THEN RAISE EXCEPTION 'a body decides once enough founding members have adopted its charter'; END IF;\n    RETURN NEW;\n",
                    hash="c94b749d87b9d41b75963c44acd190a10e120f46",
                    operation="UPDATE",
                    pgid="pgtrigger_adopted_by_enough_e04c4",
                    table="core_body",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="accord",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["union", "host", "confederate", "join"])), name="accord_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ending", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        (
                            "ending__in",
                            [
                                "term",
                                "resigned",
                                "left",
                                "removed",
                                "recall",
                                "confidence",
                                "body_ended",
                                "panel",
                                "seat",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="mandate_end_has_a_way",
            ),
        ),
    ]
