"""Two accounts of one person become one: asked for, vouched for by two, waited for or agreed to."""

from __future__ import annotations

from verify.times import DAY, HOUR

from .people import OBJECTION_HOURS, VOUCHER_DAYS, VOUCHES, end_membership
from .state import House, Line, Merging


def asked(house: House, line: Line) -> None:
    """A member says that another label of the body is theirs too; each label is in one such matter at a time."""
    key, stays, ends = line.number("merging"), line.who or "", line.text("ends")
    fits = key not in house.mergings and house.adopted_at is not None and stays != ends
    fits = fits and house.is_member(stays) and house.is_member(ends)
    house.unless(fits and not {stays, ends} & _in_merging(house), "merging_asked", line)
    house.mergings[key] = Merging(stays, ends)


def _in_merging(house: House) -> set[str]:
    """Labels that are in an open merging; one of somebody who has left is over by itself."""
    still = [m for m in house.mergings.values() if not m.over and house.is_member(m.stays) and house.is_member(m.ends)]
    return {label for merging in still for label in (merging.stays, merging.ends)}


def vouched(house: House, line: Line) -> None:
    """A member of some standing, who is neither of the two, vouches once; the second vouch begins the wait."""
    merging, who = _merging(house, line), line.who or ""
    member = house.members.get(who)
    fits = not merging.over and member is not None and member.ended is None
    fits = fits and who not in (merging.stays, merging.ends, *merging.vouched)
    if fits and member is not None and house.adopted_at is not None:
        fits = member.joined <= house.adopted_at or line.at - member.joined >= VOUCHER_DAYS * DAY
    house.unless(fits, "vouched_without", line)
    merging.vouched.append(who)
    if merging.until is None and sum(house.is_member(each) for each in merging.vouched) >= VOUCHES:
        merging.until = line.at + OBJECTION_HOURS * HOUR
        house.unless(line.data.get("until") is not None and line.moment("until") == merging.until, "until", line)


def agreed(house: House, line: Line) -> None:
    """The label that ends says so itself: nobody has to wait."""
    merging = _merging(house, line)
    house.unless(not merging.over and not merging.agreed and line.who == merging.ends, "merging_agreed", line)
    merging.agreed = True


def stopped(house: House, line: Line) -> None:
    """Any member can stop it."""
    merging = _merging(house, line)
    house.unless(not merging.over and house.is_member(line.who), "merging_stopped", line)
    merging.over = True


def merged(house: House, line: Line) -> None:
    """The one label ends; the other keeps the earlier of the two voices."""
    merging = _merging(house, line)
    ripe = merging.until is not None and (merging.agreed or line.at >= merging.until)
    fits = ripe and not merging.over and (line.who, line.text("into")) == (merging.ends, merging.stays)
    if house.unless(fits and house.is_member(merging.stays), "merged_without", line):
        stays, ends = house.members[merging.stays], house.members[merging.ends]
        voice_from = min(stays.voice_from, max(ends.voice_from, stays.joined))
        house.unless(line.moment("voice_from") == voice_from, "merged_voice", line)
        stays.voice_from = voice_from
    merging.over = True
    end_membership(house, line, "merged")


def _merging(house: House, line: Line) -> Merging:
    found = house.mergings.get(line.number("merging"))
    if found is None:
        house.findings.add("merging_unknown", line.seq)
        return Merging("", "")
    return found


HANDLERS = {
    "merging.asked": asked,
    "merging.vouched": vouched,
    "merging.agreed": agreed,
    "merging.stopped": stopped,
    "member.merged": merged,
}
