"""SQL that the first migrations share: the clock, and what the web role may do (DESIGN sections 4 and 10)."""

from collections.abc import Callable

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MAKE_CLOCK = """
    INSERT INTO core_clockoffset (id, "offset") VALUES (1, interval '0') ON CONFLICT DO NOTHING;
    CREATE FUNCTION folkmoot_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS
        $$ SELECT clock_timestamp() + coalesce((SELECT "offset" FROM core_clockoffset WHERE id = 1), interval '0') $$;
"""
UNMAKE_CLOCK = "DROP FUNCTION folkmoot_now();"

# The web role changes rows but owns nothing. What is only ever added to, it cannot change; what is never deleted, it cannot
# delete. Locking a row needs UPDATE, so rolls and votes keep that right and are guarded by triggers.
ONLY_ADDED_TO = ("recordline", "recordtext", "textversion", "adoption", "report")
MAY_BE_DELETED = ("withdrawal", "doneonce", "signincard", "apitoken")


def grant_web_role(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the web role what it needs, and no more."""
    quote = schema_editor.quote_name
    web = quote(settings.DATABASE_WEB_ROLE)
    schema_editor.execute(f"GRANT USAGE ON SCHEMA public TO {web}")
    schema_editor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {web}")
    schema_editor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web}")
    schema_editor.execute(
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {web}"
    )
    schema_editor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {web}")
    for model in apps.get_app_config("core").get_models():
        table, name = quote(model._meta.db_table), model._meta.model_name
        if name not in MAY_BE_DELETED:
            schema_editor.execute(f"REVOKE DELETE ON {table} FROM {web}")
        if name in ONLY_ADDED_TO:
            schema_editor.execute(f"REVOKE UPDATE ON {table} FROM {web}")
    schema_editor.execute(f"REVOKE INSERT, UPDATE, DELETE ON core_clockoffset FROM {web}")
    schema_editor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {web}")


def grant_rewriting(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A draft is rewritten in place (a trigger guards every other text), and a new version is seconded anew."""
    web = schema_editor.quote_name(settings.DATABASE_WEB_ROLE)
    schema_editor.execute(f"GRANT UPDATE ON core_textversion TO {web}")
    schema_editor.execute(f"GRANT DELETE ON core_second TO {web}")


# What the signer reads, table by table: it never sees a position, a name, a text or a password.
SIGNER_READS = {
    "recordhead": "",
    "recordline": "",
    "clockoffset": "",
    "membership": "id, body_id, label_key",
    "rollentry": "id, membership_id",
    "ballot": "id, vote_id, roll_id, change_no, leaf, changed_at",
}
SIGNER_WRITES = ("signingkey", "checkpoint", "receipt", "signingstop")


def grant_signer_role(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The signer reads what it signs and adds to its own tables; the web only reads these."""
    quote, execute = schema_editor.quote_name, schema_editor.execute
    web, signer = quote(settings.DATABASE_WEB_ROLE), quote(settings.DATABASE_SIGNER_ROLE)
    execute(f"GRANT USAGE ON SCHEMA public TO {signer}")
    for name, columns in SIGNER_READS.items():
        only = f" ({columns})" if columns else ""
        execute(f"GRANT SELECT{only} ON core_{name} TO {signer}")
    execute(f"GRANT SELECT ON SEQUENCE core_recordline_id_seq TO {signer}")
    for name in SIGNER_WRITES:
        execute(f"REVOKE INSERT, UPDATE, DELETE ON core_{name} FROM {web}")
        execute(f"GRANT SELECT, INSERT ON core_{name} TO {signer}")
        execute(f"GRANT USAGE, SELECT ON SEQUENCE core_{name}_id_seq TO {signer}")


SECRET_TABLES = ("core_votekey", "core_sealedballot", "core_openedballots")
# Of boxes the web role sees only where they lie: what is in them is for the signer. Keys it only takes, and what the
# signer opened it only reads, and clears away after the count.
WEB_OF_SECRET_VOTES = (
    "SELECT, UPDATE (vote_id) ON core_votekey",
    "SELECT (find, vote_id), INSERT, UPDATE (box) ON core_sealedballot",
    "SELECT, DELETE ON core_openedballots",
)
# Of votes the signer sees when they close, and nothing of what they are about.
SIGNER_OF_SECRET_VOTES = (
    "SELECT (id, secret, opened_at, closes_at, counted_at) ON core_vote",
    "SELECT, INSERT, UPDATE (destroyed_at, lost_at) ON core_votekey",
    "SELECT ON core_sealedballot",
    "SELECT (vote_id), INSERT ON core_openedballots",
)


def grant_secret_ballots(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What the web role may do with the tables of secret votes, and what the signer may."""
    del apps
    quote, execute = schema_editor.quote_name, schema_editor.execute
    web, signer = quote(settings.DATABASE_WEB_ROLE), quote(settings.DATABASE_SIGNER_ROLE)
    execute(f"REVOKE ALL ON {', '.join(SECRET_TABLES)} FROM {web}")
    for grant in WEB_OF_SECRET_VOTES:
        execute(f"GRANT {grant} TO {web}")
    for grant in SIGNER_OF_SECRET_VOTES:
        execute(f"GRANT {grant} TO {signer}")


def grant_elections(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What an election fills is written once; candidacies are never deleted."""
    web = schema_editor.quote_name(settings.DATABASE_WEB_ROLE)
    schema_editor.execute(f"REVOKE UPDATE, DELETE ON core_election FROM {web}")
    schema_editor.execute(f"REVOKE DELETE ON core_candidacy FROM {web}")


def grant_forgetting(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Words taken back go from beside the record too; the lines stay."""
    schema_editor.execute(f"GRANT DELETE ON core_recordtext TO {schema_editor.quote_name(settings.DATABASE_WEB_ROLE)}")


def keep(*tables: str, only_added_to: bool = False) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    """Rows of these tables are never deleted by the web role; where they are only added to, never changed either."""

    def grant(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        web = schema_editor.quote_name(settings.DATABASE_WEB_ROLE)
        rights = "UPDATE, DELETE" if only_added_to else "DELETE"
        for table in tables:
            schema_editor.execute(f"REVOKE {rights} ON {schema_editor.quote_name(table)} FROM {web}")

    return grant


def grant_forgetting_receipts(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The receipts of a label that was forgotten go with it; a trigger keeps all others."""
    schema_editor.execute(f"GRANT DELETE ON core_receipt TO {schema_editor.quote_name(settings.DATABASE_WEB_ROLE)}")


def grant_talk(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was proposed, answered and summed up is never deleted; texts on a ballot and summaries are written once."""
    web = schema_editor.quote_name(settings.DATABASE_WEB_ROLE)
    for name in ("amendment", "alternative", "summary", "temperature"):
        schema_editor.execute(f"REVOKE DELETE ON core_{name} FROM {web}")
    for name in ("alternative", "summary"):
        schema_editor.execute(f"REVOKE UPDATE ON core_{name} FROM {web}")


def grant_entering(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was entered, printed and who helped stays; whom somebody helped never changes."""
    web = schema_editor.quote_name(settings.DATABASE_WEB_ROLE)
    schema_editor.execute(
        f"REVOKE DELETE ON core_enteredballot, core_paperballot, core_aid, core_cardhandout FROM {web}"
    )
    schema_editor.execute(f"REVOKE UPDATE ON core_aid FROM {web}")


# What an account lives through is never deleted; friends are chosen anew, and a calendar's address is made anew.
ACCOUNTS_KEPT = ("recovery", "recoveryvouch", "accountnews", "merging", "mergingvouch")


def grant_accounts(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The web role neither deletes what happened to an account nor changes who vouched."""
    web = schema_editor.quote_name(settings.DATABASE_WEB_ROLE)
    for name in ACCOUNTS_KEPT:
        schema_editor.execute(f"REVOKE DELETE ON core_{name} FROM {web}")
    schema_editor.execute(f"REVOKE UPDATE ON core_recoveryvouch, core_mergingvouch FROM {web}")


def grant_affected(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who was named stays named."""
    schema_editor.execute(f"REVOKE DELETE ON core_affected FROM {schema_editor.quote_name(settings.DATABASE_WEB_ROLE)}")


AUDITS_KEPT = ("core_audit", "core_hostedmatter")
AUDITS_ONLY_ADDED_TO = (
    *("core_auditreading", "core_finding", "core_evidence", "core_findinganswer", "core_findingstep"),
)
"""Of an audit the web role takes nothing away, nor changes what was read, found and answered."""


def grant_sealed_words(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Sealed words are written once; a policy lets the web role delete only what is destroyed."""
    web = schema_editor.quote_name(settings.DATABASE_WEB_ROLE)
    schema_editor.execute(f"REVOKE UPDATE ON core_sealedtext FROM {web}")
