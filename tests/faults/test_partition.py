"""What a run that was killed leaves of its line between two machines: the next one clears it, and only that."""

import os
import subprocess
import sys
from ipaddress import IPv4Network

from faults.partition import LINES, Line, left_over


def test_only_what_killed_runs_have_left_is_cleared() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    assert left_over([f"fm{gone.pid}", f"fm{os.getpid()}", "farm", "fm", "fm7a", "(id:", "0)"]) == [f"fm{gone.pid}"]


def test_two_runs_have_addresses_that_do_not_meet() -> None:
    one, other = Line(4711), Line(4712)

    nets = [IPv4Network(f"{line.near}/30", strict=False) for line in (one, other)]
    assert not nets[0].overlaps(nets[1])
    assert all(net.subnet_of(IPv4Network(f"{LINES}/16")) for net in nets)
    assert (one.name, one.near != one.far, IPv4Network(f"{one.far}/30", strict=False)) == ("fm4711", True, nets[0])
