"""Tampering with a record: each kind is found and said in words, with a checkpoint that somebody kept outside.

`clever` says that the forger made the whole chain of hashes anew: then only the outside checkpoint or the rules of the
house can tell. `alone` is what is said without any checkpoint; nothing, where only a checkpoint can tell.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection

from core.models import Body, Person
from tests import village
from tests.scenes import scene
from tests.verify.forging import (
    cut,
    cut_short,
    data_of,
    decided_for_them,
    drop,
    extra_field,
    float_in_line,
    lost_ballot,
    lost_ballots,
    made_up_member,
    moved_back,
    other_charter,
    other_position,
    other_text,
    said_forgotten,
    second_ballot,
    stuffed,
    swapped,
    twice,
)
from tests.verify.honest import found, members_file, public_file
from tests.verify.story import Change, Signer, bound, make_story, parsed, where, written
from verify.report import told
from verify.signatures import Signed

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Story:
    """A body with a past, and its people."""

    body: Body
    people: list[Person]


def make_past() -> Story:
    """Five founding members, one who asks to join."""
    people = village.make_people("ana", "bruno", "eva", "farid", "gina", "hugo")
    body = village.make_council("Alder Street", people[:5])
    make_story(body, people)
    return Story(body, people)


story = scene(make_past)


@dataclass(frozen=True)
class Kind:
    """One kind of tampering."""

    name: str
    change: Change
    clever: bool
    alone: str
    outside: tuple[str, ...] = ("checkpoint_root", "cut_off")


ADOPTED = {"outcome": "adopted", "reason": "adopted"}
MANY: list[tuple[str, Change, bool, str]] = [
    ("a word in a line", data_of("vote.counted", {"reason": "tie"}), False, "broken"),
    ("a count that decides otherwise", data_of("vote.counted", ADOPTED), True, "outcome"),
    ("a block that is no longer in the tally", data_of("vote.counted", {"tally": {"agree": 4}}), True, "outcome"),
    ("a block taken out of everything", decided_for_them, True, "round_without"),
    ("a decision turned round", data_of("proposal.decided", {"outcome": "not_adopted"}), True, "decided_otherwise"),
    ("a roll made smaller", data_of("vote.opened", {"roll": 4}), True, "roll"),
    ("a quorum made smaller", data_of("vote.opened", {"quorum": [1, 5]}), True, "terms"),
    ("another rule", data_of("vote.opened", {"rule": "weak"}), True, "terms"),
    ("a later close", data_of("vote.opened", {"closes": "2031-01-01T00:00:00.000000Z"}), True, "window"),
    ("a vote counted early", data_of("vote.counted", {"at": "2001-01-01T00:00:00.000000Z"}), True, "closed_early"),
    ("a line set back in time", moved_back, True, "time"),
    ("a line taken out", drop("report.given"), False, "broken"),
    ("a line taken out by a clever forger", drop("report.given"), True, ""),
    ("a round of talks that never was", drop("round.started"), True, "opened_at_wrong_stage"),
    ("a decision taken out", drop("proposal.decided"), True, "unfinished"),
    ("a second that is missing", drop("proposal.seconded"), True, "too_few_seconds"),
    ("a vouch that is missing", drop("application.vouched"), True, "admitted_without"),
    ("a leaving that is missing", drop("member.left"), True, ""),
    ("an acceptance that is missing", drop("offer.accepted"), True, "granted_without"),
    ("a mandate made longer", data_of("mandate.granted", {"days": 200}), True, "term_length"),
    ("an ending without its majority", data_of("mandate.ended", {"withdrawn": 2}), True, "commitments"),
    ("an ending in another way", data_of("mandate.ended", {"how": "recall"}), True, "ended_otherwise"),
    ("fewer members than there were", data_of("mandate.ended", {"members": 3}), True, "confidence_members"),
    ("two lines in another order", swapped, False, "gap"),
    ("a member who never was", made_up_member, True, "roll"),
    ("a number with a point", float_in_line, False, "unreadable"),
    ("a field more", extra_field, True, "form"),
    ("a charter with other numbers", other_charter, True, "terms"),
]
KINDS = [Kind(*each) for each in MANY] + [
    Kind("the end cut off", cut, True, "", ("cut_off",)),
    Kind("a line said twice", twice("report.given"), False, "broken", ("broken",)),
    Kind(
        "an act added after the mandate", twice("report.given"), True, "act_without_mandate", ("act_without_mandate",)
    ),
    Kind("a vote counted twice", twice("vote.counted"), True, "counted_without", ("counted_without",)),
    Kind("the end cut off, and the start too", cut_short, False, "cut_file", ("cut_off",)),
    Kind("another text", other_text, False, "text", ("text",)),
    Kind("another position on a ballot", other_position, False, "ballots_root", ("ballots_root",)),
    Kind("a ballot lost", lost_ballot, False, "ballots_not_tally", ("ballots_root",)),
    Kind("all ballots of a vote lost", lost_ballots, False, "ballots_missing", ("ballots_missing",)),
    Kind("ballots said to be forgotten", said_forgotten, False, "forgotten_too_many", ("forgotten_too_many",)),
    Kind("a ballot of a stranger", stuffed, False, "not_on_roll", ("ballots_root",)),
    Kind("two ballots of one person", second_ballot, False, "voted_twice", ("ballots_root",)),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_of_tampering_is_found_and_said(story: Story, kind: Kind) -> None:
    file, signer = members_file(story.body), Signer()
    outside = Signed(keys=[signer.key], checkpoints=[signer.checkpoint(file)])
    assert found(file, outside).broken == []

    objects = parsed(file)
    kind.change(objects)
    tampered = bound(objects) if kind.clever else [written(each) + b"\n" for each in objects]

    alone, checked = found(tampered), found(tampered, outside)
    assert (kind.alone in alone.codes) if kind.alone else alone.holds
    assert checked.codes & {*kind.outside}
    for language in ("en", "es"):
        said = "\n".join(told(checked, language))
        assert not any(f" {code}\n" in said for code in checked.codes)


def test_there_are_more_than_enough_kinds() -> None:
    assert len(KINDS) + len(TABLES) + len(FILES) >= 25
    assert len({kind.name for kind in KINDS}) == len(KINDS)


TABLES = {
    "a line changed": (
        'UPDATE core_recordline SET line = replace(line, \'"tally":{"agree":4}\', \'"tally":{"agree":5}\')',
        "broken",
    ),
    "a line deleted": ("DELETE FROM core_recordline WHERE what = 'report.given'", "broken"),
    "the last lines deleted and the head moved back": (
        (
            "DELETE FROM core_recordline WHERE what = 'member.left'; UPDATE core_recordhead SET "
            "seq = (SELECT max(seq) FROM core_recordline l WHERE l.body_id = core_recordhead.body_id), "
            "hash = (SELECT hash FROM core_recordline l WHERE l.body_id = core_recordhead.body_id "
            "ORDER BY seq DESC LIMIT 1)"
        ),
        "",
    ),
    "a ballot changed": (
        "UPDATE core_ballot SET position = 'abstain' WHERE id = (SELECT min(id) FROM core_ballot)",
        "ballots_root",
    ),
    "a ballot deleted": (
        "DELETE FROM core_ballot WHERE id = (SELECT min(id) FROM core_ballot)",
        "ballots_root",
    ),
    "the ballots of two people exchanged": (
        (
            "UPDATE core_ballot SET position = CASE position WHEN 'block' THEN 'agree' ELSE 'block' END, reason = 'x' "
            "WHERE vote_id = (SELECT min(vote_id) FROM core_ballot) AND (position = 'block' OR id = "
            "(SELECT min(id) FROM core_ballot WHERE position = 'agree'))"
        ),
        "ballots_root",
    ),
    "a text changed": ("UPDATE core_recordtext SET text = text || '!'", "text"),
    "a label changed": (
        (
            "UPDATE core_membership SET label_key = decode(repeat('ab', 32), 'hex') "
            "WHERE id = (SELECT membership_id FROM core_rollentry ORDER BY id LIMIT 1)"
        ),
        "not_on_roll",
    ),
}
GUARDED = ("core_recordline", "core_ballot", "core_membership", "core_recordtext")


@pytest.mark.parametrize("name", TABLES)
def test_tampering_with_the_tables_is_found(story: Story, name: str) -> None:
    statement, alone = TABLES[name]
    file, signer = members_file(story.body), Signer()
    outside = Signed(keys=[signer.key], checkpoints=[signer.checkpoint(file)])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM core_recordtext WHERE line_id IN (SELECT id FROM core_recordline WHERE what = 'x')")
        if "DELETE FROM core_recordline" in statement:
            cursor.execute("DELETE FROM core_recordtext")
        cursor.execute(statement)

    tampered = members_file(story.body)

    assert tampered != file
    assert (alone in found(tampered).codes) if alone else found(tampered).holds
    assert not found(tampered, outside).holds


FILES: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "nothing": (lambda _file: [], "empty"),
    "only its start": (lambda file: file[:1], "empty"),
    "broken off within a line": (lambda file: [*file[:20], file[20][:30]], "cut_file"),
    "no record at all": (lambda _file: [b"Dear neighbours,\n"], "unreadable"),
    "not text": (lambda file: [*file[:3], b"\xff\xfe\n", *file[3:]], "unreadable"),
    "the same record twice": (lambda file: [*file, *file], "about"),
    "lines without their start": (lambda file: file[1:], "about"),
    "a picture": (lambda _file: [b"\x89PNG\r\n", b"\x1a\n\x00"], "unreadable"),
    "deeply nested": (lambda file: [*file, b"[" * 100_000 + b"]" * 100_000 + b"\n"], "unreadable"),
    "Windows ends of lines": (lambda file: [line[:-1] + b"\r\n" for line in file], "not_canonical"),
}


@pytest.mark.parametrize("name", FILES)
def test_bad_files_are_reported_never_crashed_on(story: Story, name: str) -> None:
    made, code = FILES[name]
    file, signer = members_file(story.body), Signer()
    outside = Signed(keys=[signer.key], checkpoints=[signer.checkpoint(file)])

    assert code in found(made(file), outside).codes


def test_a_replayed_older_file_is_found_by_a_newer_checkpoint(story: Story) -> None:
    old = members_file(story.body)
    village.make_proposal(story.body, story.people[0])
    signer = Signer()
    outside = Signed(keys=[signer.key], checkpoints=[signer.checkpoint(members_file(story.body))])

    assert found(old).holds
    assert found(old, outside).codes == {"cut_off"}


def test_a_foreign_record_and_a_foreign_key_are_named(story: Story) -> None:
    other = village.make_council("Birch Street", village.make_people("ines", "joao", "karl"))
    file, signer, stranger = members_file(story.body), Signer(), Signer()
    checkpoint = signer.checkpoint(file)

    assert found(members_file(other), Signed([signer.key], [], [checkpoint])).codes == {"checkpoint_foreign"}
    assert found(file, Signed([signer.key], [], [stranger.checkpoint(file)])).codes == {"checkpoint_key"}
    inside = [file[0], written({"with": "key", "key": stranger.key}) + b"\n", *file[1:]]
    assert found(inside, Signed([signer.key], [], [checkpoint])).codes == {"other_key"}


def test_the_public_file_is_checked_as_well_and_says_what_it_lacks(story: Story) -> None:
    file, signer = public_file(story.body), Signer()
    outside = Signed([signer.key], [], [signer.checkpoint(file)])

    findings = found(file, outside)

    assert findings.broken == []
    assert (findings.checked["votes"], findings.checked["recounted"], findings.unknown["public"]) == (7, 0, 1)
    assert b'"ballot"' not in b"".join(file)
    assert b'"text"}' not in b"".join(file)
    objects = parsed(file)
    objects[where(objects, "vote.counted")]["data"].update(ADOPTED)
    assert {"outcome", "checkpoint_root"} <= found(bound(objects), outside).codes
