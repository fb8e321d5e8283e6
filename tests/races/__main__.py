"""python -m tests.races --rounds 10000 --seed 7: prints what was wrong, with the seed that repeats it."""

import argparse
import os
import random
import secrets
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed

LOT = 50
PROCESSES = 3


def prepare() -> None:
    """Settings and a throwaway server, as in the tests; Django is loaded after this."""
    from house.pytest_plugin import TEST_SETTINGS, _provide  # noqa: PLC0415

    os.environ.update(TEST_SETTINGS)
    os.environ["SIGNER_FOLDER"] = tempfile.mkdtemp(prefix="folkmoot-races-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    _provide()


def play_lot(contest: str, seed: int, rounds: int, database: str) -> tuple[str, list[str]]:
    """Some rounds of one contest, in a process of its own."""
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from tests.races.playing import play  # noqa: PLC0415

    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = database
    return contest, play(contest, seed, rounds)


def lots(rounds: int, seed: int, only: str) -> list[tuple[str, int, int]]:
    """Contest, seed and number of rounds of each lot, shuffled by the seed."""
    from tests.races.contests import CONTESTS  # noqa: PLC0415

    chosen = {name: share for name, (_play, share) in CONTESTS.items() if only in name}
    whole = sum(chosen.values())
    dice, made = random.Random(seed), []
    for name, share in chosen.items():
        left = max(1, round(rounds * share / whole))
        while left > 0:
            made.append((name, dice.randrange(2**32), min(LOT, left)))
            left -= LOT
    dice.shuffle(made)
    return made


def run(rounds: int, seed: int, only: str, processes: int) -> int:
    """Play everything; the number of wrong rounds."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from faults.invariants import broken  # noqa: PLC0415
    from tests.core.actions.scene import query  # noqa: PLC0415

    database = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    todo, done, wrong, begun = lots(rounds, seed, only), 0, [], time.monotonic()
    with ProcessPoolExecutor(processes) as pool:
        futures = {pool.submit(play_lot, *lot, database): lot for lot in todo}
        for future in as_completed(futures):
            wrong += future.result()[1]
            done += futures[future][2]
            print(
                f"\r{done} of {rounds} rounds, {len(wrong)} wrong, {time.monotonic() - begun:.0f} s", end="", flush=True
            )
    print()
    found = wrong + [f"after all: {problem}" for problem in broken(query, effects=False)]
    for each in found[:40]:
        print(each)
    print(f"{done} rounds, seed {seed}: {len(found)} wrong ({time.monotonic() - begun:.0f} s)")
    connection.creation.destroy_test_db(database, verbosity=0)
    return len(found)


def main() -> int:
    """The command line."""
    words = argparse.ArgumentParser(prog="python -m tests.races", description=__doc__)
    words.add_argument("--rounds", type=int, default=1000)
    words.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    words.add_argument("--only", default="", help="contests whose name contains this")
    words.add_argument("--processes", type=int, default=PROCESSES)
    given = words.parse_args()
    prepare()
    print(f"seed {given.seed}")
    return int(run(given.rounds, given.seed, given.only, given.processes) > 0)


if __name__ == "__main__":
    sys.exit(main())
