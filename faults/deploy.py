"""A new version amid a vote: a migration beside people who vote, one that must give up, and a restart."""

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from faults import clones
from faults.storm import Size, Storm, storm

MIGRATION = '''"""Planted by the fault tests: takes the lock that a new column takes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "{after}")]
    operations = [migrations.RunSQL("ALTER TABLE core_ballot ADD COLUMN planted int", migrations.RunSQL.noop)]
'''
PLANTED = "SELECT count(*) FROM information_schema.columns WHERE table_name = 'core_ballot' AND column_name = 'planted'"


def newer_version(folder: Path) -> Path:
    """A copy of the code with one more migration."""
    copy = clones.make(folder, None)
    migrations = copy / "core" / "migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "9999_planted.py").write_text(MIGRATION.format(after=last))
    return copy


def migrate(here: Storm, copy: Path) -> str:
    """Migrate beside the running house with the new code; why it gave up, or "" if it is done."""
    old, here.house.clone = here.house.clone, copy
    try:
        here.house.call("manage", "migrate", "--verbosity=0")
    except RuntimeError as problem:
        return str(problem).strip().splitlines()[-1]
    finally:
        here.house.clone = old
    return ""


def run(size: Size, say: Callable[[str], None]) -> list[str]:
    """A new version comes amid votes: a migration that must wait gives up, the next succeeds, the house starts anew."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-newer-") as name, storm(size, say) as here:
        copy = newer_version(Path(name))
        neighbours = here.settle_in()
        acts = threading.Thread(target=bring, args=(here, copy))
        acts.start()
        while acts.is_alive():
            here.cast(neighbours, size.votes // 4)
        acts.join()
        here.cast(neighbours, size.votes // 4)
        here.house.move_clock(8)
        here.close()
        return here.wrong


def bring(here: Storm, copy: Path) -> None:
    """In the background, while votes are given."""
    with here.house.connect() as other, other.transaction():
        other.execute("SELECT 1 FROM core_ballot LIMIT 1")  # somebody reads for long, and the migration must wait
        before, begun = here.acknowledged, time.monotonic()
        gave_up = migrate(here, copy)
        here.say(f"a migration behind a long reader gave up after {time.monotonic() - begun:.0f} s: {gave_up}")
        here.say(f"{here.acknowledged - before} acknowledged meanwhile")
        here.wrong += [] if "lock timeout" in gave_up else ["the migration did not give up by itself"]
    trouble = migrate(here, copy)
    here.wrong += [f"the migration failed: {trouble}"] if trouble else []
    here.house.stop()
    here.house.clone = copy
    here.house.start()
    here.wrong += [] if here.house.query(PLANTED) == [(1,)] else ["the column is not there"]
    here.say("migrated beside the votes, and started anew with the new code")
