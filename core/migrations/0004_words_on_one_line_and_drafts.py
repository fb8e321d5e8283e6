"""Names and titles are one line; drafts are rewritten in place; an address is one's own only once it is confirmed."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

import core.models.fields
from core.migrations._house import grant_rewriting


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_email_or_none"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="textversion",
            name="text_fixed",
        ),
        migrations.RemoveConstraint(
            model_name="person",
            name="person_email_once",
        ),
        migrations.AlterField(
            model_name="apitoken",
            name="name",
            field=core.models.fields.LineField(max_length=60, verbose_name="what it is for"),
        ),
        migrations.AlterField(
            model_name="body",
            name="name",
            field=core.models.fields.LineField(max_length=80, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="note",
            field=core.models.fields.LineField(blank=True, max_length=80, verbose_name="for whom"),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="title",
            field=core.models.fields.LineField(max_length=120),
        ),
        migrations.AlterField(
            model_name="person",
            name="display_name",
            field=core.models.fields.LineField(max_length=60, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="title",
            field=core.models.fields.LineField(max_length=120, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="task",
            name="note",
            field=core.models.fields.LineField(blank=True, max_length=300, verbose_name="how it went"),
        ),
        migrations.AlterField(
            model_name="task",
            name="what",
            field=core.models.fields.LineField(max_length=200, verbose_name="what"),
        ),
        migrations.AlterField(
            model_name="textversion",
            name="title",
            field=core.models.fields.LineField(max_length=120),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="textversion",
            trigger=pgtrigger.compiler.Trigger(
                name="text_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.proposal_id = OLD.proposal_id\n        AND EXISTS (SELECT 1 FROM core_proposal WHERE id = OLD.proposal_id AND stage = 'idea') THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION 'text_fixed: a text that others have read is never changed';\n",
                    hash="ad7ecc79c15a7e15d0fdb0a2aa79f59abe72562e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_text_fixed_1dabe",
                    table="core_textversion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(grant_rewriting, migrations.RunPython.noop),
    ]
