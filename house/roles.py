"""The three database roles: the owner migrates and is no superuser; web and signer own nothing."""

from dataclasses import dataclass
from urllib.parse import quote

from house.postgres import PORT, Postgres

OWNER = "folkmoot_owner"
DATABASE = "folkmoot"

# Also in docker/postgres-roles.sh. Default privileges lie in template1 as well, so that every new database has them.
# A new table is readable and writable for the web role; migrations take away what it must not have.
ROLES = """
SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY[:'owner', :'web', :'signer']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \\gexec
ALTER ROLE :"owner" NOSUPERUSER NOCREATEROLE CREATEDB PASSWORD :'owner_password';
ALTER ROLE :"web" NOSUPERUSER NOCREATEROLE NOCREATEDB NOINHERIT PASSWORD :'web_password';
ALTER ROLE :"signer" NOSUPERUSER NOCREATEROLE NOCREATEDB NOINHERIT PASSWORD :'signer_password';
GRANT :"web", :"signer" TO :"owner" WITH SET TRUE, INHERIT FALSE;
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \\gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"web", :"signer";
"""

PRIVILEGES = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO :"owner";
GRANT USAGE ON SCHEMA public TO :"web";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"web";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"web";
"""


@dataclass(frozen=True)
class Roles:
    """Names and passwords of the three roles."""

    owner_password: str
    web_password: str
    signer_password: str
    web: str = "folkmoot_web"
    signer: str = "folkmoot_signer"

    def url(self, server: Postgres, *, owner: bool, database: str = DATABASE) -> str:
        """The database's address for owner or web; over TCP where the server listens there."""
        name, password = (OWNER, self.owner_password) if owner else (self.web, self.web_password)
        return _address(server, name, password, database)

    def signer_url(self, server: Postgres, database: str = DATABASE) -> str:
        """The database's address for the signer."""
        return _address(server, self.signer, self.signer_password, database)

    def prepare(self, server: Postgres, database: str = DATABASE) -> None:
        """Make roles and database where they are missing, and set what they may. Harmless when repeated."""
        values = {
            "owner": OWNER,
            "web": self.web,
            "signer": self.signer,
            "database": database,
            "owner_password": self.owner_password,
            "web_password": self.web_password,
            "signer_password": self.signer_password,
        }
        names = "".join(f"\\set {name} '{value}'\n" for name, value in values.items())
        privileges = "".join(f"\\connect {place}\n{PRIVILEGES}" for place in (database, "template1"))
        server.psql(f"SET log_statement = 'none';\n{names}{ROLES}{privileges}")


def _address(server: Postgres, name: str, password: str, database: str) -> str:
    account = f"postgresql://{name}:{quote(password, safe='')}@"
    if server.tcp_port:
        return f"{account}127.0.0.1:{server.tcp_port}/{database}"
    return f"{account}/{database}?host={quote(str(server.sockets.resolve()))}&port={PORT}"
