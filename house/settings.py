"""The settings that a start hands to its processes: from the environment, .env, and the folder's own keys."""

import os
import secrets
from dataclasses import dataclass

from house import broker, settings_file
from house.keys import Keys, keep
from house.places import CLONE, DataFolder, Stop
from house.postgres import Postgres
from house.roles import Roles

DEFAULT_PORT = 8000
PROGRAMS_NEVER_SEE = ("DATABASE_OWNER_URL", "DATABASE_SIGNER_URL", "POSTGRES_PASSWORD")
SIGNER_NEVER_SEES = (
    "DATABASE_OWNER_URL",
    "DATABASE_URL",
    "POSTGRES_PASSWORD",
    "SMTP_PASSWORD",
    "BROKER_URL",
    "SECRET_KEY_FALLBACKS",
)


@dataclass(frozen=True)
class Wanted:
    """What the person at the terminal asked for."""

    port: int
    data: DataFolder
    empty: bool = False


def named_database() -> bool:
    """Whether a database elsewhere is named; then both addresses must be."""
    owner, web = os.environ.get("DATABASE_OWNER_URL"), os.environ.get("DATABASE_URL")
    if bool(owner) != bool(web):
        missing = "DATABASE_URL" if owner else "DATABASE_OWNER_URL"
        raise Stop(f"{missing} is missing. Name both, or neither for the database that comes along. See .env.example.")
    return bool(owner)


def web_role() -> str:
    """The web role's name."""
    return os.environ.get("DATABASE_WEB_ROLE") or "folkmoot_web"


def signer_role() -> str:
    """The name of the signer's role."""
    return os.environ.get("DATABASE_SIGNER_ROLE") or "folkmoot_signer"


def make_server(folder: DataFolder, keys: Keys) -> Postgres:
    """The embedded server of this folder; DATABASE_TCP_PORT opens it on loopback as well."""
    port = os.environ.get("DATABASE_TCP_PORT", "")
    if port and not port.isdigit():
        raise Stop(f"DATABASE_TCP_PORT is “{port}”, but must be a number. Correct or remove it.")
    return Postgres(
        folder.postgres,
        folder.sockets,
        folder.logs / "postgres.log",
        keys.postgres,
        tcp_port=int(port) if port else None,
        pid_file=folder.pid_file("postgres"),
    )


def make_roles(keys: Keys) -> Roles:
    """The roles with this folder's passwords."""
    return Roles(
        owner_password=keys.owner,
        web_password=keys.web,
        signer_password=keys.signer,
        web=web_role(),
        signer=signer_role(),
    )


def read_port(raw: str | None) -> int:
    """A port for the pages."""
    raw = raw or os.environ.get("FOLKMOOT_PORT") or str(DEFAULT_PORT)
    if not raw.isdigit() or not 0 < int(raw) < 65536:
        raise Stop(f"the port is “{raw}”, but must be a number from 1 to 65535. Correct --port or FOLKMOOT_PORT.")
    return int(raw)


def house_settings(folder: DataFolder, server: Postgres | None, *, port: int, demo: bool) -> dict[str, str]:
    """Everything that this folder decides; what the environment names stands."""
    keys = keep(folder)
    found = {
        "FOLKMOOT_DATA": str(folder.path),
        "FOLKMOOT_DEMO": "yes" if demo else "no",
        "FOLKMOOT_ADDRESS": f"http://localhost:{port}",
        "SECRET_KEY": keys.secret_key,
        "DATABASE_WEB_ROLE": web_role(),
        "DATABASE_SIGNER_ROLE": signer_role(),
        "DATABASE_SIGNER_URL": "",
        "STATIC_ROOT": str(folder.path / "static"),
        "STATIC_MANIFEST": "yes",
    }
    if server is not None:
        roles = make_roles(keys)
        found["DATABASE_OWNER_URL"] = roles.url(server, owner=True)
        found["DATABASE_URL"] = roles.url(server, owner=False)
        found["DATABASE_SIGNER_URL"] = roles.signer_url(server)
    if "BROKER_URL" not in os.environ and broker.find_binary():
        found["BROKER_URL"] = broker.url(folder)
    return {name: os.environ.get(name) or value for name, value in found.items()}


def for_commands(settings: dict[str, str]) -> dict[str, str]:
    """The environment of manage.py."""
    here = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(CLONE),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    return {**os.environ, **settings, **here}


def for_programs(settings: dict[str, str]) -> dict[str, str]:
    """The environment of web, workers and clock: without the owner's address."""
    listen = f"{os.environ.get('FOLKMOOT_BIND') or '127.0.0.1'}:{settings['FOLKMOOT_LISTEN_PORT']}"
    if settings["FOLKMOOT_DEMO"] == "yes":
        listen = f"127.0.0.1:{settings['FOLKMOOT_LISTEN_PORT']}"  # everybody knows the demo's passwords
    kept = {**for_commands(settings), "FOLKMOOT_LISTEN": listen, "FOLKMOOT_DATABASE_ROLE": "web"}
    return {name: value for name, value in kept.items() if name not in PROGRAMS_NEVER_SEE}


def for_signer(settings: dict[str, str]) -> dict[str, str]:
    """The environment of the signer: its own way into the database, and nothing that would let it act as the web."""
    kept = {**for_commands(settings), "FOLKMOOT_DATABASE_ROLE": "signer", "SECRET_KEY": secrets.token_urlsafe(48)}
    return {name: value for name, value in kept.items() if name not in SIGNER_NEVER_SEES}


def load_dotenv() -> None:
    """The clone's .env; what is set already stands."""
    for name, value in settings_file.read(CLONE / ".env").items():
        os.environ.setdefault(name, value)
