"""Audits in two records, by a forger who makes the whole chain of hashes anew: each lie is said."""

from datetime import timedelta

import pytest

from core.actions import audits, mandates, opening
from core.models import Body
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.audits.scene import Hall, find, make_hall, make_hosted, read
from tests.scenes import scene
from tests.verify.forging import data_of, drop, twice
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.story import Change, bound, parsed

pytestmark = pytest.mark.django_db


def make_past() -> Hall:
    """Two readings, a finding with its answer, a report, the auditor who resigns, and the end of recognition."""
    hall = make_hall()
    read(hall, "decisions", hall.decision.pk)
    finding = find(hall)
    audits.answer(finding, "We keep them now.", by=hall.carla)
    audits.report(hall.audit, "Nothing else.", by=hall.bruno)
    proposal = audits.propose(finding, "recognition", "No more", "Enough.", by=hall.ana, at=folkmoot_now())
    mandates.resign(hall.audit.proposal.granted.get(), by=hall.bruno)
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=hall.ana)
    for person in hall.neighbours:
        village.cast(vote, person, "agree")
    village.close(vote)
    return hall


past = scene(make_past)

IN_THE_HOST: list[tuple[str, Change, str]] = [
    ("an audit under no mandate", data_of("audit.begun", {"mandate": 10**6}), "audit_without"),
    ("an audit of nothing", data_of("audit.begun", {"matters": []}), "audit_without"),
    ("an audit that begins twice", twice("audit.begun"), "audit_without"),
    ("a reading after the mandate has ended", twice("audit.read"), "audit_act"),
    ("a reading beyond the scope", data_of("audit.read", {"matter": "purses"}), "audit_act"),
    ("a finding without its reading", data_of("finding.made", {"evidence": [10**6]}), "finding_wrongly"),
    ("a finding out of order", data_of("finding.made", {"finding": 4}), "finding_wrongly"),
    ("a severity that there is not", data_of("finding.made", {"severity": "bad"}), "finding_wrongly"),
    ("an answer to no finding", data_of("finding.answered", {"finding": 2}), "finding_wrongly"),
    ("recognition that ends twice", twice("recognition.withdrawn"), "recognition_without"),
    ("recognition that does not end", drop("recognition.withdrawn"), "effect_not_seen"),
]
IN_THE_BODY: list[tuple[str, Change, str]] = [
    (
        "an audit that ends before it begins",
        data_of("audit.begun", {"ends": "2000-01-01T00:00:00.000000Z"}),
        "audit_without",
    ),
    ("a reading beyond the scope", data_of("audit.read", {"matter": "purses"}), "audit_act"),
    ("a finding twice", twice("finding.made"), "finding_wrongly"),
]


def test_an_honest_audit_holds_in_both_records(past: Hall) -> None:
    for body in (past.host, past.workshop):
        assert not assert_whole(body).unknown["strange"]


@pytest.mark.parametrize("side", ["host", "workshop"])
def test_each_lie_about_an_audit_is_said(past: Hall, side: str) -> None:
    body: Body = getattr(past, side)
    for name, change, code in IN_THE_HOST if side == "host" else IN_THE_BODY:
        objects = parsed(members_file(body))
        change(objects)
        assert code in {each.code for each in found(bound(objects)).broken}, name


@pytest.mark.parametrize("what", ["recognition.lost", "body.suspended"])
def test_a_suspended_body_puts_up_nothing_new(what: str) -> None:
    people = village.make_people("ana", "bruno", "eva", "x", "y", "z")
    host = village.make_council("Alder Street", people[:3])
    pod = make_hosted(host, people[3:], Body.Kind.POD)
    village.make_proposal(pod, people[3])
    objects = parsed(members_file(pod))
    put_up = next(n for n, each in enumerate(objects) if each.get("what") == "proposal.put_up")
    lost = dict(
        objects[put_up],
        what=what,
        who=None,
        data={"at": objects[put_up]["data"]["at"], "suspended": True},
    )
    objects.insert(put_up, lost)
    for number, line in enumerate((each for each in objects if "seq" in each), start=1):
        line["seq"] = number
    for each in objects:
        if each.get("with") == "text" and each["line"] > put_up:
            each["line"] += 1
    assert "after_suspension" in {each.code for each in found(bound(objects)).broken}
