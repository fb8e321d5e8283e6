"""Mandates: given by a decision only, recalled, and ended in no way but those of DESIGN 3.4 (invariants 6 and 7)."""

from __future__ import annotations

from collections.abc import Container

from verify import secret
from verify.canonical import Unreadable, from_hex
from verify.times import DAY

from .candidates import winners
from .state import House, Line, Mandate, Proposal


def granted(house: House, line: Line) -> None:
    """A mandate begins: because it was offered, accepted and adopted, or because of an election."""
    proposal, key = house.proposal(line), line.number("mandate")
    days = line.number("days")
    due = any(each is proposal for each in house.effects_due)
    fits = due and key not in house.mandates and house.knows(line.who)
    if proposal.kind == "mandate":
        offer = proposal.about.get("offer")
        fits = fits and not proposal.granted and proposal.accepted
        fits = fits and isinstance(offer, dict) and offer.get("days") == days
        fits = fits and (not _is_above(house) or proposal.about["offer"].get("who") == line.who)
    elif proposal.kind == "election":
        fits = fits and any(house.may_be(line.who, each) for each in winners(proposal))
        fits = fits and line.who not in proposal.granted and proposal.about.get("days") == days
    else:
        fits = False
    house.unless(fits, "granted_without", line)
    longest = max(each.whole["term_days"] for each in house.charters.values())
    ends = line.moment("ends")
    house.unless(1 <= days <= longest and ends == line.at + days * DAY, "term_length", line)
    house.unless(line.number("renewal") <= house.charter.whole["renewals"], "renewed_too_often", line)
    proposal.granted.append(line.who or "")
    proposal.seen = True
    house.mandates[key] = Mandate(line.who or "", line.at, ends, proposal.key, line.number("renewal"), line.seq)


def entitled(house: House, line: Line, name: str, text: str) -> None:
    """What a mandate is called: by that name it is seen whether it is a renewal."""
    mandate = house.mandates.get(line.number("mandate"))
    if mandate is not None and name == "title":
        mandate.title = text


def judge_renewals(house: House) -> None:
    """How often in a row each mandate was given to the same person; up to the first whose name the file has not.

    Of each name only those who were given it last matter, together with whom they were elected with.
    """
    last: dict[str, list[list[Mandate]]] = {}
    for mandate in house.mandates.values():
        if mandate.title is None:
            return
        groups = last.setdefault(_large(mandate.title), [])
        here = groups[-1] if groups and groups[-1][0].granted_by == mandate.granted_by else []
        before = groups[-2 if here else -1] if len(groups) > bool(here) else []
        right = _renewals(house, mandate, before)
        if mandate.renewal not in right:
            house.findings.add("renewal_otherwise", mandate.line, said=mandate.renewal, found=max(right))
        here.append(mandate)
        if len(here) == 1:
            groups.append(here)


def _renewals(house: House, mandate: Mandate, before: list[Mandate]) -> set[int]:
    """The numbers that can be right: more than one where somebody may have come back under another label."""
    surely = {each.renewal + 1 for each in before if each.holder == mandate.holder}
    return surely or {0} | {each.renewal + 1 for each in before if house.may_be(mandate.holder, each.holder)}


def _large(name: str) -> str:
    """A name in large letters; those that have no partner of their own stay as they are."""
    return "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in name)


def recall_opened(house: House, line: Line) -> None:
    """Any member opens a recall of a mandate in force; its vote opens at once, unless it waits for a key."""
    mandate, key = _mandate(house, line), line.number("proposal")
    house.unless(mandate.ended is None and line.at < mandate.ends, "recall_of_ended", line)
    house.unless(house.is_member(line.who), "opened_by_stranger", line)
    about = {"mandate": line.number("mandate")}
    open_already = any(each.stage != "closed" for each in house.linked("mandate", about["mandate"]))
    house.unless(key not in house.proposals and not open_already, "recall_twice", line)
    proposal = Proposal(key, "recall", False, line.who, line.at, 1, about=about)
    house.proposals[key] = proposal
    house.links.setdefault(("mandate", about["mandate"]), []).append(proposal)
    if not secret.is_due("recall", house.charter, len(house.electors(line.at))):
        house.must_follow("recall_not_voted", line, lambda later: _opens(later, key))


def _opens(line: Line, proposal: int) -> bool:
    return line.what == "vote.opened" and line.data.get("proposal") == proposal


def ended(house: House, line: Line) -> None:
    """A mandate ends, in one of the ways there are."""
    mandate, key, how = _mandate(house, line), line.number("mandate"), line.text("how")
    house.unless(mandate.ended is None, "mandate_ended_twice", line)
    holder = house.members.get(mandate.holder)
    gone = holder.how if holder is not None and holder.ended is not None else ""
    ways = {
        "term": line.at >= mandate.ends,
        "resigned": line.at < mandate.ends and house.may_be(line.who, mandate.holder),
        # Of two accounts that became one the office does not pass over.
        "left": gone in ("left", "merged") or _is_above(house),
        "removed": gone == "removed",
        "recall": how == "recall" and house.carrying("recall", "mandate", key) is not None,
        "confidence": how == "confidence" and "lost_line" not in line.data and _lost(house, mandate, line),
        "body_ended": house.ended,
        "panel": True,
        "seat": any(place.ended for place in house.places.values()),
    }
    fits = _ended_before(house, mandate, line, ways) if "lost_line" in line.data else ways.get(how, False)
    house.unless(fits, "ended_otherwise", line, how=how)
    mandate.ended = line.at
    if how == "panel" and key not in house.ended_by_panel:  # by a panel of the body that it answers to
        house.findings.unknown["panel"] += 1
    if _is_above(house) and how in ("left", "confidence"):
        house.findings.unknown["below"] += 1
    for recall in house.linked("mandate", key):
        if recall.stage in ("voting", "discussion"):
            house.findings.add("recall_outlives", line.seq)


def _ended_before(house: House, mandate: Mandate, line: Line, ways: Container[str]) -> bool:
    """A mandate that had ended between backup and restore is ended again, as the signer remembers it (DESIGN 7).

    How it came to that stood in lines that are lost, so the line tells the fingerprint of the one that said it, and no
    numbers. Without a restore, or for what happened after it, there is no such ending.
    """
    from_hex(line.data["lost_line"], 32)
    house.findings.unknown["ended_before"] += 1
    lost = house.restored_line > 0 and mandate.starts <= line.at <= house.restored_at
    numbers = {"members", "withdrawn", "commitments"} & line.data.keys()
    return lost and not numbers and line.text("how") in ways


def _is_above(house: House) -> bool:
    """Whether this is a confederation: its holders are members of the bodies below, in records that are not here."""
    return house.kind == "confederation"


def _lost(house: House, mandate: Mandate, line: Line) -> bool:
    return _is_lost_above(house, mandate, line) if _is_above(house) else _is_lost(house, mandate, line)


def _is_lost_above(house: House, mandate: Mandate, line: Line) -> bool:
    """More than half of the bodies that are in it now, or of the people below, of whom only the numbers are told."""
    bodies, withdrawn = line.number("bodies"), line.texts("withdrawn_by")
    people, persons = line.number("people"), line.number("people_withdrawn")
    inside = {seat.other for seat in house.seats.values() if seat.voice and not seat.ended}
    house.unless(bodies == len(inside) and set(withdrawn) <= inside, "bodies_otherwise", line)
    by_bodies, by_people = 2 * len(set(withdrawn)) > bodies, 2 * persons > people > 0 and persons <= people
    return (by_bodies or by_people) and line.at < mandate.ends


def _is_lost(house: House, mandate: Mandate, line: Line) -> bool:
    """More than half of the members with a voice; as many commitments as members who had withdrawn."""
    members, withdrawn = line.number("members"), line.number("withdrawn")
    commitments = line.texts("commitments")
    for each in commitments:
        from_hex(each, 32)
    mandate.members, mandate.commitments = members, frozenset(commitments)
    whole = len(commitments) == len(mandate.commitments) == withdrawn
    house.unless(whole and commitments == sorted(commitments), "commitments", line)
    voices = len(house.electors(line.at))
    house.unless(members == voices, "confidence_members", line, said=members, found=voices)
    return 2 * withdrawn > members and withdrawn <= members and line.at < mandate.ends


def reported(house: House, line: Line) -> None:
    """An act under a mandate: by its holder, while it is in force."""
    mandate = _mandate(house, line)
    fits = mandate.ended is None and line.at < mandate.ends and line.who == mandate.holder
    house.unless(fits, "act_without_mandate", line)


def _mandate(house: House, line: Line) -> Mandate:
    found = house.mandates.get(line.number("mandate"))
    if found is None:
        raise Unreadable("mandate")
    return found


HANDLERS = {
    "mandate.granted": granted,
    "mandate.ended": ended,
    "recall.opened": recall_opened,
    "report.given": reported,
}
