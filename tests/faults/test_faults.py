"""Real houses that are broken amid votes; with the numbers of the issue by `python -m faults --votes 50000`."""

import pytest

from faults.history import ACKNOWLEDGED, UNKNOWN, History, Sent
from faults.needs import Missing
from faults.runs import RUNS
from faults.storm import Size

VOTES = {"strokes": 300}


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNS)
def test_nothing_acknowledged_is_lost_or_doubled(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        wrong = RUNS[name](Size(VOTES.get(name, 90), seed=11, people=15, at_once=6), print)
    except Missing as reason:
        pytest.skip(str(reason))

    assert wrong == [], capsys.readouterr().out


@pytest.mark.parametrize(
    ("heard", "may"),
    [
        ([("agree", "a", ACKNOWLEDGED)], {"agree"}),
        ([("agree", "a", UNKNOWN), ("agree", "a", ACKNOWLEDGED)], {"agree"}),
        ([("agree", "a", UNKNOWN)], {None, "agree"}),
        ([("agree", "a", UNKNOWN), ("agree", "a", "refused 409")], {None}),
        ([("agree", "a", ACKNOWLEDGED), ("abstain", "b", "refused 409")], {"agree"}),
        ([("agree", "a", ACKNOWLEDGED), ("abstain", "b", UNKNOWN)], {"agree", "abstain"}),
        ([("agree", "a", ACKNOWLEDGED), ("abstain", "b", ACKNOWLEDGED)], {"abstain"}),
    ],
)
def test_what_may_be_in_the_ballots_follows_from_what_was_heard(
    heard: list[tuple[str, str, str]], may: set[str | None]
) -> None:
    history = History()
    for position, key, answer in heard:
        history.add(Sent(1, 2, position, key, answer))

    assert history.counted() == {(1, 2): may}
