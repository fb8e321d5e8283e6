"""The kept empty database: the same as the migrated one, rights and guards included; and no harm without it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from house import prepare, schema
from house.places import CLONE
from house.postgres import Postgres
from house.pytest_plugin import TEST_SETTINGS, start_throwaway
from house.roles import DATABASE, Roles

pytestmark = pytest.mark.slow

OURS = "relnamespace = 'public'::regnamespace"
SAME = {
    "rights": "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants",
    "rights on columns": "SELECT attrelid::regclass, attname, attacl FROM pg_attribute WHERE attacl IS NOT NULL",
    "rights on functions": "SELECT proname, proacl, prosecdef FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "rights that new tables have": "SELECT defaclobjtype, defaclacl FROM pg_default_acl",
    "owners": f"SELECT relname, relowner::regrole, relrowsecurity, relforcerowsecurity FROM pg_class WHERE {OURS}",
    "policies": "SELECT tablename, policyname, roles, cmd, qual, with_check FROM pg_policies",
    "triggers": "SELECT tgrelid::regclass, tgname, tgenabled, tgtype FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "constraints": "SELECT conrelid::regclass, conname, contype, condeferrable FROM pg_constraint",
    "indexes": f"SELECT relname, indisunique, indnkeyatts FROM pg_index JOIN pg_class ON oid = indexrelid WHERE {OURS}",
    "migrations": "SELECT app, name FROM django_migrations",
    "who may come in": "SELECT datacl FROM pg_database WHERE datname = 'folkmoot'",
}


@pytest.fixture
def throwaway(tmp_path: Path) -> Iterator[tuple[Postgres, Roles]]:
    server, roles = start_throwaway(tmp_path)
    yield server, roles
    server.stop()


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "kept", lambda mark: tmp_path / f"schema-{mark}.dump")


def steps(server: Postgres, roles: Roles) -> prepare.Steps:
    urls = {
        "DATABASE_OWNER_URL": roles.url(server, owner=True),
        "DATABASE_URL": roles.url(server, owner=False),
        "PYTHONPATH": str(CLONE),
    }
    return prepare.Steps({**os.environ, **TEST_SETTINGS, **urls}, lambda: False)


def found_in(server: Postgres) -> dict[str, list[str]]:
    return {name: sorted(server.psql(query, database=DATABASE).splitlines()) for name, query in SAME.items()}


def test_the_second_house_has_all_rights_and_guards_of_the_first(
    throwaway: tuple[Postgres, Roles], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, roles = throwaway
    prepare.migrate(steps(server, roles), server, roles)
    first = found_in(server)
    prepare.empty_database(server)
    roles.prepare(server)
    monkeypatch.setattr(sys, "executable", "/nobody/migrates/again")

    prepare.migrate(steps(server, roles), server, roles)

    again = found_in(server)
    assert {name: set(again[name]) ^ set(first[name]) for name in SAME} == {name: set() for name in SAME}
    assert first["policies"]
    assert prepare.is_migrated(server)


def test_a_broken_file_is_thrown_away_and_a_used_database_stays(throwaway: tuple[Postgres, Roles]) -> None:
    server, roles = throwaway
    url, mark = roles.url(server, owner=True), prepare.migrations_mark()
    schema.kept(mark).write_bytes(b"PGDMP broken")

    assert not schema.take(url, mark, (roles.web, roles.signer))

    assert not schema.kept(mark).exists()
    assert schema.is_empty(server, DATABASE)
    server.psql("CREATE TABLE somebody (name text)", database=DATABASE)
    assert not schema.is_empty(server, DATABASE)
