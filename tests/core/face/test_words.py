"""Times, stages, differences and discs, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from core.face import diffs, people, stages, times

NOW = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(hours=2), "today 14:00"),
        (timedelta(hours=30), "tomorrow 18:00"),
        (timedelta(days=2, hours=8), "Thursday 20:00"),
        (timedelta(days=6), "Monday 12:00"),
        (timedelta(days=7), "24 November 12:00"),
        (timedelta(days=60), "16 January 2027 12:00"),
        (-timedelta(hours=13), "yesterday 23:00"),
        (-timedelta(days=3), "14 November 12:00"),
    ],
)
def test_day_and_hour(after: timedelta, words: str) -> None:
    assert times.day_and_hour(NOW + after, NOW) == words


def test_the_day_is_that_of_the_page_not_of_utc() -> None:
    with timezone.override("Pacific/Auckland"):
        assert times.day_and_hour(NOW, NOW + timedelta(hours=-2)) == "tomorrow 01:00"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(seconds=20), "in a moment"),
        (-timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=59), "in 59 minutes"),
        (timedelta(hours=30), "in 30 hours"),
        (-timedelta(hours=30), "1 day ago"),
        (timedelta(days=2, hours=23), "in 2 days"),
        (-timedelta(days=70), "2 months ago"),
        (-timedelta(days=800), "2 years ago"),
    ],
)
def test_distance(after: timedelta, words: str) -> None:
    assert times.distance(NOW + after, NOW) == words


@pytest.mark.parametrize(
    ("stage", "line"),
    [
        ("discussion", ["Idea done", "Discussion now", "Voting next", "Decided next", "Carried out next"]),
        ("voting", ["Idea done", "Discussion done", "Voting now", "Decided next", "Carried out next"]),
        ("round", ["Idea done", "Discussion done", "Round of talks now", "Decided next", "Carried out next"]),
        ("blocked", ["Idea done", "Discussion done", "Voting done", "Blocked stopped"]),
        ("withdrawn", ["Idea done", "Discussion done", "Withdrawn stopped"]),
        ("adopted", ["Idea done", "Discussion done", "Voting done", "Adopted done", "Carried out now"]),
    ],
)
def test_stage_line(stage: str, line: list[str]) -> None:
    assert [f"{step.label} {step.state}" for step in stages.steps(stage)] == line


def test_every_stage_of_the_model_has_a_tone() -> None:
    from core.models.proposals import Stage  # noqa: PLC0415

    assert set(stages.TONES) == set(Stage.values)


def test_a_changed_word_is_marked_inside_its_paragraph() -> None:
    blocks = diffs.changes(
        "From April on.\n\nStays.\n\nGoes away.", "From March on.\n\nStays.\n\nComes new, quite another thing."
    )

    assert [block.kind for block in blocks] == ["both", "same", "gone", "new"]
    assert [(p.kind, p.text) for p in blocks[0].pieces] == [
        ("same", "From "),
        ("removed", "April"),
        ("added", "March"),
        ("same", " on."),
    ]


def test_what_was_added_and_removed_gives_both_texts_back() -> None:
    old, new = "a b c d e f\n\nx", "a b X d e f\n\ny z\n\nx"
    blocks = diffs.changes(old, new)

    def side(*kinds: str) -> str:
        return "\n\n".join(
            text for block in blocks if (text := "".join(p.text for p in block.pieces if p.kind in kinds))
        )

    assert side("same", "removed") == old
    assert side("same", "added") == new


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana R.", "AR"), ("Lin", "L"), ("María del Mar Ruiz", "MR"), ("  ", "?"), ("★", "★"), ("x (y)", "X")],
)
def test_initials(name: str, letters: str) -> None:
    assert people.initials(name) == letters


def test_a_device_is_named_as_people_do() -> None:
    agent = (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
    )

    assert people.device(agent) == "Chrome on Android"
    assert people.device("curl/8") == "An unknown device"


def test_words_follow_the_language() -> None:
    with translation.override("es"):
        assert times.day_and_hour(NOW + timedelta(days=2), NOW).startswith("el jueves")
