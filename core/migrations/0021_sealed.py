"""Sealed files: keys of readers, files, who may read and who has; the words behind row-level security."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.migrations._house import grant_sealed_words, keep

# Who owns a table passes row-level security unless it is forced. The owner's own policy is for pg_dump.
WALL = """
    ALTER TABLE core_sealedtext ENABLE ROW LEVEL SECURITY;
    ALTER TABLE core_sealedtext FORCE ROW LEVEL SECURITY;
    CREATE POLICY sealedtext_written ON core_sealedtext FOR INSERT WITH CHECK (true);
    CREATE POLICY sealedtext_read ON core_sealedtext FOR SELECT USING (EXISTS (
        SELECT 1 FROM core_reading g JOIN core_filereader r ON (r.file_id, r.person_id) = (g.file_id, g.person_id)
        WHERE g.id = nullif(current_setting('folkmoot.reading', true), '')::bigint
        AND g.person_id = nullif(current_setting('folkmoot.person', true), '')::bigint
        AND g.file_id = core_sealedtext.file_id AND r.ended_at IS NULL
    ));
    CREATE POLICY sealedtext_gone ON core_sealedtext FOR SELECT USING (
        EXISTS (SELECT 1 FROM core_sealedfile f WHERE f.name = file_id AND f.destroyed_at IS NOT NULL)
    );
    CREATE POLICY sealedtext_destroyed ON core_sealedtext FOR DELETE USING (
        EXISTS (SELECT 1 FROM core_sealedfile f WHERE f.name = file_id AND f.destroyed_at IS NOT NULL)
    );
    CREATE POLICY sealedtext_backed_up ON core_sealedtext FOR SELECT TO CURRENT_USER USING (true);
"""
NO_WALL = """
    DROP POLICY sealedtext_written ON core_sealedtext;
    DROP POLICY sealedtext_read ON core_sealedtext;
    DROP POLICY sealedtext_gone ON core_sealedtext;
    DROP POLICY sealedtext_destroyed ON core_sealedtext;
    DROP POLICY sealedtext_backed_up ON core_sealedtext;
    ALTER TABLE core_sealedtext NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE core_sealedtext DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0020_several_texts_entered"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sealed_files", to="core.body"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealedText",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="core.sealedfile",
                    ),
                ),
                ("content", models.BinaryField(max_length=400000)),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="core.sealedfile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FileReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readers", to="core.sealedfile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadingKey",
            fields=[
                ("key_id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("public", models.CharField(max_length=64, unique=True)),
                ("salt", models.BinaryField(max_length=16)),
                ("wrapped", models.BinaryField(max_length=80)),
                ("memory_kib", models.PositiveIntegerField()),
                ("passes", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reading_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("person",), name="readingkey_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("public__regex", "^[0-9a-f]{64}$")), name="readingkey_public_is_32_bytes"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cleared_at__isnull", True),
                                ("ended_at__isnull", True),
                                models.Q(("wrapped", b""), _negated=True),
                            ),
                            models.Q(("ended_at__isnull", False), ("wrapped", b"")),
                            _connector="OR",
                        ),
                        name="readingkey_ended_opens_nothing",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="readingkey",
            trigger=pgtrigger.compiler.Trigger(
                name="readingkey_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (NEW.key_id, NEW.person_id, NEW.public, NEW.made_at) <> (OLD.key_id, OLD.person_id, OLD.public, OLD.made_at)\n    THEN RAISE EXCEPTION 'a key pair never changes'; END IF;\n    IF OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.wrapped) IS DISTINCT FROM (OLD.ended_at, OLD.wrapped)\n    THEN RAISE EXCEPTION 'a key pair that has ended stays so'; END IF;\n    RETURN NEW;\n",
                    hash="1069df9896e1bb6cbb260e1ffc8b36670c44b2ef",
                    operation="UPDATE",
                    pgid="pgtrigger_readingkey_fixed_42730",
                    table="core_readingkey",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="readingkey",
            trigger=pgtrigger.compiler.Trigger(
                name="readingkey_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="460371b83c6eb30a379f00652c5d920d8ee7b103",
                    operation="DELETE",
                    pgid="pgtrigger_readingkey_kept_02a01",
                    table="core_readingkey",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealedtext",
            trigger=pgtrigger.compiler.Trigger(
                name="sealedtext_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a594eea204687d0f10436274f7fe56ad6ec90cc5",
                    operation="UPDATE",
                    pgid="pgtrigger_sealedtext_once_6e783",
                    table="core_sealedtext",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="sealedfile",
            index=models.Index(
                condition=models.Q(("destroyed_at__isnull", True)), fields=["expires_at"], name="sealedfile_expires"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "^[0-9a-f]{32}$")), name="sealedfile_name_is_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))), name="sealedfile_expires_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("destroyed_at__isnull", True), ("destroyed_at__gte", models.F("expires_at")), _connector="OR"
                ),
                name="sealedfile_destroyed_when_due",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealedfile",
            trigger=pgtrigger.compiler.Trigger(
                name="sealedfile_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (NEW.name, NEW.body_id, NEW.made_at) <> (OLD.name, OLD.body_id, OLD.made_at)\n    THEN RAISE EXCEPTION 'a sealed file stays what it is'; END IF;\n    IF OLD.destroyed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD\n    THEN RAISE EXCEPTION 'what is destroyed stays destroyed'; END IF;\n    RETURN NEW;\n",
                    hash="0e5c83b241cb423e8dca0f1d32d7118ec339d136",
                    operation="UPDATE",
                    pgid="pgtrigger_sealedfile_fixed_06a39",
                    table="core_sealedfile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sealedfile",
            trigger=pgtrigger.compiler.Trigger(
                name="sealedfile_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="1c1b4cb9a66b8b6aa2b1b08af6257bb951f19ec3",
                    operation="DELETE",
                    pgid="pgtrigger_sealedfile_kept_b86c4",
                    table="core_sealedfile",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["file", "at"], name="reading_of_file"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reading",
            trigger=pgtrigger.compiler.Trigger(
                name="read_by_a_reader",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM core_filereader r JOIN core_sealedfile f ON f.name = r.file_id\n        WHERE r.file_id = NEW.file_id AND r.person_id = NEW.person_id AND r.ended_at IS NULL AND f.destroyed_at IS NULL\n    ) THEN RAISE EXCEPTION 'only its readers read a file'; END IF;\n    RETURN NEW;\n",
                    hash="504ae53dba62c755f2c6622bf90bc30ecaccc9c0",
                    operation="INSERT",
                    pgid="pgtrigger_read_by_a_reader_f4a34",
                    table="core_reading",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reading",
            trigger=pgtrigger.compiler.Trigger(
                name="reading_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5325b7378980191c69f52d66622884815ae37412",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_reading_kept_32a2a",
                    table="core_reading",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="filereader",
            index=models.Index(
                condition=models.Q(("cleared_at__isnull", True), ("ended_at__isnull", False)),
                fields=["ended_at"],
                name="reader_to_clear",
            ),
        ),
        migrations.AddConstraint(
            model_name="filereader",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("file", "person"), name="reader_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="filereader",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", False), ("cleared_at__isnull", True), _connector="OR"),
                name="reader_cleared_when_ended",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filereader",
            trigger=pgtrigger.compiler.Trigger(
                name="reader_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (NEW.file_id, NEW.person_id, NEW.since) <> (OLD.file_id, OLD.person_id, OLD.since)\n    OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at\n    THEN RAISE EXCEPTION 'who could read when stays as it was'; END IF;\n    RETURN NEW;\n",
                    hash="8fb8b2fa12711f0a1f3af8591b58c5fe29e9b284",
                    operation="UPDATE",
                    pgid="pgtrigger_reader_fixed_4d18d",
                    table="core_filereader",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="filereader",
            trigger=pgtrigger.compiler.Trigger(
                name="reader_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="bf2fb56a07957a42217f2ec079488cfd21759b8d",
                    operation="DELETE",
                    pgid="pgtrigger_reader_kept_22618",
                    table="core_filereader",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(WALL, NO_WALL),
        migrations.RunPython(keep("core_readingkey", "core_sealedfile", "core_filereader"), migrations.RunPython.noop),
        migrations.RunPython(keep("core_reading", only_added_to=True), migrations.RunPython.noop),
        migrations.RunPython(grant_sealed_words, migrations.RunPython.noop),
    ]
