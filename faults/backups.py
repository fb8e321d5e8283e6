"""An old backup takes the place of a house amid votes: what stood in it stands, and nobody is left guessing.

What the signer remembers is not set back: a mandate that ended after the backup stays ended, the record is signed on.
"""

import threading
from collections.abc import Callable

from faults import checks
from faults.clients import Clients
from faults.history import History, Seat
from faults.houses import until
from faults.storm import Size, Storm, storm

VOID = "SELECT id FROM core_vote WHERE outcome = 'void'"
ENDINGS = "SELECT ending FROM core_mandate"
NAMED = """SELECT count(*) FROM core_recordline WHERE what = 'record.restored'
    AND line::jsonb -> 'data' ->> 'checkpoint' LIKE 'folkmoot/%'"""
UNTOLD = """SELECT s.person_id FROM core_membership s WHERE s.ended_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM core_notice n JOIN core_cause c ON c.id = n.cause_id
    WHERE n.person_id = s.person_id AND c.what = 'house.restored')"""


def run(size: Size, say: Callable[[str], None]) -> list[str]:
    """A backup is made amid votes and later takes the house's place: open votes begin anew, ended mandates stay so."""
    third = size.votes // 3
    with storm(size, say) as here:
        neighbours = here.settle_in("mandate")
        here.cast(neighbours, third)
        before = here.history.counted()
        file = here.house.folder.parent / "old.backup"
        making = threading.Thread(target=here.house.call, args=("backup", str(file)))
        making.start()
        here.cast(neighbours, third)
        making.join()
        here.wrong += checks.recall(here.house, neighbours, here.town)
        here.wrong += checks.signed(here.house)[0]
        here.house.stop()
        here.house.call("restore", str(file), "--replace")
        here.house.start()
        say("the backup has taken the place of the house")
        here.wrong += as_it_was(here, before)
        here.town, here.history = here.house.make_town(), History(before=as_kept(here))
        here.cast(Clients(here.house.port, here.town, here.history), third)
        here.house.move_clock(8)
        here.close()
        return here.wrong


def as_kept(here: Storm) -> dict[Seat, set[str | None]]:
    """The ballots that are there."""
    return {seat: set(positions) for seat, positions in checks.ballots(here.house).items()}


def as_it_was(here: Storm, before: dict[Seat, set[str | None]]) -> list[str]:
    """What was acknowledged before the backup is in it, or what the same person gave later; all votes are void, and
    everybody is told.
    """
    after, kept = here.history.counted(), checks.ballots(here.house)
    may = {seat: positions | after[seat] for seat, positions in before.items()}
    lost = [seat for seat in before if not set(kept.get(seat, [])) & may[seat]]
    void = {row[0] for row in here.house.query(VOID)}
    problems = {
        f"lost from the backup: {lost[:5]}": lost,
        f"{len(void)} votes void": void != {int(vote) for vote in here.town["votes"]},
        "not everybody is told": not until(lambda: not here.house.query(UNTOLD), checks.CLOSED_WITHIN),
    }
    ended = here.house.query(ENDINGS)
    problems["the mandate that had ended stands again"] = ended != [("confidence",)]
    problems["the record does not say what was signed last"] = here.house.query(NAMED) != [(1,)]
    here.say(f"{len(kept)} ballots stand in {len(void)} void votes")
    return [problem for problem, found in problems.items() if found]
