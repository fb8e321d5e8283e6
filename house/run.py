"""./folkmoot run: everything that a house needs, started in order and kept."""

import http.client
import os
import socket
import sys
import time
from contextlib import suppress

from house import broker, prepare, settings_file, words
from house.children import command
from house.keys import keep
from house.linux import leave_no_core
from house.places import CLONE, DataFolder, Stop, note_pid, say
from house.programs import Program
from house.settings import (
    Wanted,
    for_commands,
    for_programs,
    for_signer,
    house_settings,
    load_dotenv,
    make_roles,
    make_server,
    named_database,
    read_port,
)
from house.supervisor import Supervisor, sole_supervisor

PORT_MAY_BE_FREED_IN = 3.0


def parse(words_given: list[str]) -> Wanted:
    """The options of `run`."""
    load_dotenv()
    port, empty, rest = None, False, list(words_given)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if name == "--empty" and not equals:
            empty = True
        elif name in {"--port", "--data"} and (equals or rest):
            value = value if equals else rest.pop(0)
            port = value if name == "--port" else port
            if name == "--data":
                os.environ["FOLKMOOT_DATA"] = value
        else:
            raise Stop(f"“{word}” is not understood. ./folkmoot help shows what is.")
    return Wanted(port=read_port(port), data=DataFolder(settings_file.data_folder(CLONE)), empty=empty)


def check_port(port: int, bind: str) -> None:
    """Stop with advice when somebody else holds the port."""
    until = time.monotonic() + PORT_MAY_BE_FREED_IN
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                return probe.bind((bind, port))
            except PermissionError:
                raise Stop(f"port {port} is reserved for root. Choose one above 1024 with --port.") from None
            except OSError as error:
                if time.monotonic() > until:
                    raise Stop(f"port {port} is taken ({error.strerror}). Choose another with --port.") from None
        time.sleep(0.1)


def is_demo(wanted: Wanted, state: dict[str, str]) -> bool:
    """Demo or empty house: decided at the first start, for good."""
    kind = state.get("KIND") or ("empty" if wanted.empty else "demo")
    if wanted.empty and kind == "demo":
        raise Stop(
            f"{wanted.data.path} holds the demo. Start the empty house in a folder of its own: --empty --data DIR"
        )
    return kind == "demo"


def make_staff(folder: DataFolder, settings: dict[str, str]) -> Program:
    """Web, worker, beat and the loop that settles what is due: forks of one process, so that memory is shared."""
    words_of_it = [sys.executable, "-P", "-m", "config.staff"]
    return Program(
        "staff",
        command(words_of_it, for_programs(settings)),
        folder.logs / "staff.log",
        folder.pid_file("staff"),
        patience=15,
    )


def make_signer(folder: DataFolder, settings: dict[str, str]) -> Program:
    """The signer: no fork of the staff, with an environment of its own, so that neither holds what the other needs."""
    words_of_it = [sys.executable, "-P", "-m", "config.signer"]
    return Program(
        "signer",
        command(words_of_it, for_signer(settings)),
        folder.logs / "signer.log",
        folder.pid_file("signer"),
    )


def page_answers(port: int, host: str) -> bool:
    """Whether the web can serve."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    with suppress(OSError, http.client.HTTPException):
        line.request("GET", "/health/", headers={"Host": host})
        return line.getresponse().status == 200
    return False


def start(wanted: Wanted, supervisor: Supervisor) -> None:
    """Bring everything up, in order."""
    folder = wanted.data
    state_file = folder.path / "state.env"
    state = settings_file.read(state_file)
    demo = is_demo(wanted, state)
    check_port(wanted.port, "127.0.0.1" if demo else os.environ.get("FOLKMOOT_BIND") or "127.0.0.1")
    state["KIND"] = "demo" if demo else "empty"
    settings_file.write(state_file, state)
    settings = start_stores(folder, supervisor, port=wanted.port, demo=demo, spoilt=demo and not state.get("LOADED"))
    commands = for_commands(settings)
    words.build()
    steps = prepare.Steps(commands, lambda: supervisor.stopping)
    collected = prepare.collect_static(commands, folder)
    prepare.migrate(steps, supervisor.postgres, make_roles(keep(folder)))
    if demo and not state.get("LOADED"):
        say("Making a demo neighbourhood …")
        if steps.manage("load_demo", owner=True):
            raise Stop("the demo could not be loaded; the lines above say why. The next start begins it anew.")
        settings_file.write(state_file, state | {"LOADED": "yes"})
    collected()
    supervisor.programs = [make_staff(folder, settings)]
    supervisor.programs[0].start()
    host = commands["FOLKMOOT_ADDRESS"].split("://")[-1].rstrip("/")
    supervisor.wait_for(lambda: page_answers(wanted.port, host), "the web", 60)
    if not supervisor.stopping:
        start_signer(folder, supervisor, settings)
        welcome(steps, demo=demo)


def start_signer(folder: DataFolder, supervisor: Supervisor, settings: dict[str, str]) -> None:
    """After the pages answer: nobody waits for a signature."""
    if not settings["DATABASE_SIGNER_URL"]:
        say("Nobody signs the record: DATABASE_SIGNER_URL is not named. See docs/signing.md.")
        return
    supervisor.programs.append(make_signer(folder, settings))
    supervisor.programs[-1].start()


def start_stores(folder: DataFolder, supervisor: Supervisor, *, port: int, demo: bool, spoilt: bool) -> dict[str, str]:
    """Database and broker; returns the settings that name them, written for manage.py as well."""
    keys = keep(folder)
    server = None if named_database() else make_server(folder, keys)
    if server is not None:
        supervisor.postgres = server
        server.start()
        if spoilt:
            prepare.empty_database(server)
        make_roles(keys).prepare(server)
    settings = house_settings(folder, server, port=port, demo=demo)
    settings_file.write(folder.settings, settings)
    if settings.get("BROKER_URL") == broker.url(folder):
        supervisor.broker = broker.make_broker(folder)
        if supervisor.broker:
            supervisor.broker.start()
            supervisor.wait_for(lambda: broker.answers(folder), "the broker", 30)
    return settings | {"FOLKMOOT_LISTEN_PORT": str(port)}


def welcome(steps: prepare.Steps, *, demo: bool) -> None:
    """Say where it is and how to get in."""
    say()
    say(f"Folkmoot is at {steps.settings['FOLKMOOT_ADDRESS']}")
    say()
    steps.manage("demo_people" if demo else "first_link")
    say()
    say("Ctrl-C stops it. Nothing is lost.")


def run(words_given: list[str]) -> int:
    """Start the house and keep it until told to stop."""
    wanted = parse(words_given)
    leave_no_core()
    wanted.data.make()
    with sole_supervisor(wanted.data):
        supervisor = Supervisor(wanted.data)
        note_pid(wanted.data.pid_file("supervisor"), os.getpid())
        supervisor.listen_to_signals()
        try:
            start(wanted, supervisor)
            supervisor.keep()
        except prepare.Interrupted:
            supervisor.stopping = True
        finally:
            if supervisor.stopping:
                say("Stopping …")
            supervisor.stop()
    say("Stopped.")
    return 0
