"""Members come and go: joined as the charter lets them, left, were removed by a decision."""

from __future__ import annotations

from typing import Callable

from verify.times import DAY, HOUR

from .state import Application, House, Line, Member

VOUCHES = 2
VOUCHER_DAYS = 30
OBJECTION_HOURS = 72
OPEN_VOUCHES = 3
STILL_OPEN = ("open", "objections", "deciding")
BEFORE_THE_CHARTER = "founding"
WAITS_AT_MOST = 90


def joined(house: House, line: Line) -> None:
    """A label begins. Who came in, how, and from when on with a voice."""
    label = line.who or ""
    house.unless(bool(label) and label not in house.members, "joined_twice", line)
    days = line.number("waiting_days")
    how = line.text("how")
    waits = house.charter.whole["waiting_days"] if house.in_force and how in ("open", "application") else 0
    voice_from = line.moment("voice_from")
    if how == "union":  # as long as they would have waited where they come from
        fits = days * DAY <= voice_from - line.at < (days + 1) * DAY and days <= WAITS_AT_MOST
    else:
        fits = days == waits and voice_from == line.at + days * DAY
    house.unless(fits, "waiting_time", line, days=waits)
    house.unless(_may_join(house, line, how), "joined_without", line)
    house.members[label] = Member(line.at, voice_from)


def _may_join(house: House, line: Line, how: str) -> bool:
    if how == BEFORE_THE_CHARTER or house.adopted_at is None:
        return how == BEFORE_THE_CHARTER and house.adopted_at is None
    if how == "open":
        return house.charter.admission == "open"
    if how == "application":
        asked = house.applications.get(line.number("application"))
        vouched = sorted(line.texts("vouched_by"))
        return asked is not None and asked.stage == "admitted" and vouched == sorted(asked.vouched)
    if how == "union":
        house.coming -= 1
        return house.coming >= 0
    if how == "appeal":
        return house.carrying("appeal", "appeals", line.number("removal")) is not None
    return False


def left(house: House, line: Line) -> None:
    """A member leaves at once; mandates they hold here end with it."""
    end_membership(house, line, "left")


def removed(house: House, line: Line) -> None:
    """A member is removed by an adopted removal that is about them, or from a defence body by a panel of its host."""
    if line.data.get("panel") is True and house.kind == "defense":
        house.findings.unknown["panel"] += 1
    else:
        house.unless(house.carrying("removal", "about", line.who) is not None, "removed_without", line)
    end_membership(house, line, "removed")


def body_ended_for(house: House, line: Line) -> None:
    """A membership ends with the body."""
    end_membership(house, line, "body_ended")


def end_membership(house: House, line: Line, how: str) -> None:
    """A label ends, and every mandate it holds here must end with it."""
    label = line.who or ""
    if not house.unless(house.is_member(label), "left_twice", line):
        return
    member = house.members[label]
    member.ended, member.how = line.at, how
    for key, mandate in house.mandates.items():
        if mandate.holder == label and mandate.ended is None and mandate.ends > line.at:
            house.must_follow("mandate_outlives", line, ends(key), mandate=key)


def ends(mandate: int) -> Callable[[Line], bool]:
    """Whether a line ends this mandate."""
    return lambda line: line.what == "mandate.ended" and line.data.get("mandate") == mandate


def asked(house: House, line: Line) -> None:
    """Somebody asks to join."""
    key = line.number("application")
    house.unless(key not in house.applications, "asked_twice", line)
    house.applications[key] = Application()


def vouched(house: House, line: Line) -> None:
    """A member of some standing vouches; the second vouch begins the time for objections."""
    application, member = _application(house, line), house.members.get(line.who or "")
    fits = application.stage == "open" and member is not None and member.ended is None
    fits = fits and (line.who or "") not in application.vouched
    if fits and member is not None and house.adopted_at is not None:
        fits = member.joined <= house.adopted_at or line.at - member.joined >= VOUCHER_DAYS * DAY
    still_open = [each for each in house.vouching.get(line.who or "", []) if each.stage in STILL_OPEN]
    house.vouching[line.who or ""] = [*still_open, application]
    house.unless(fits and len(still_open) < OPEN_VOUCHES, "vouched_without", line)
    application.vouched.append(line.who or "")
    standing = sum(house.is_member(each) for each in application.vouched)
    if standing >= VOUCHES:
        application.stage = "objections"
        application.until = line.at + OBJECTION_HOURS * HOUR
        house.unless(line.data.get("until") is not None and line.moment("until") == application.until, "until", line)


def objected(house: House, line: Line) -> None:
    """A member objects in time: the body decides."""
    application = _application(house, line)
    in_time = application.stage == "objections" and application.until is not None and line.at < application.until
    house.unless(in_time and house.is_member(line.who), "objected_late", line)
    application.contested = True
    key = line.number("application")
    house.must_follow("objection_unheard", line, lambda later: _puts_to_vote(later, key))


def _puts_to_vote(line: Line, application: int) -> bool:
    return line.what == "proposal.put_up" and line.data.get("application") == application


def admitted(house: House, line: Line) -> None:
    """After the time for objections, or by the body's decision; a member joins with it."""
    application, key = _application(house, line), line.number("application")
    if application.stage == "deciding":
        allowed = house.carrying("admission", "application", key) is not None
    else:
        waited = application.until is not None and line.at >= application.until
        allowed = application.stage == "objections" and waited and not application.contested
    house.unless(allowed, "admitted_without", line)
    application.stage = "admitted"


def refused(house: House, line: Line) -> None:
    """The body has not adopted the admission."""
    application, key = _application(house, line), line.number("application")
    voted = any(each.stage == "closed" for each in house.linked("application", key))
    house.unless(application.stage == "deciding" and voted, "refused_without", line)
    application.stage = "refused"


def taken_back(house: House, line: Line) -> None:
    """Who asked takes it back, until the body is deciding."""
    application = _application(house, line)
    house.unless(house.ended or application.stage in ("open", "objections"), "taken_back_late", line)
    application.stage = "withdrawn"


def _application(house: House, line: Line) -> Application:
    found = house.applications.get(line.number("application"))
    if found is None:
        house.findings.add("application_unknown", line.seq)
        return Application()
    return found


HANDLERS = {
    "member.joined": joined,
    "member.left": left,
    "member.removed": removed,
    "member.body_ended": body_ended_for,
    "application.made": asked,
    "application.vouched": vouched,
    "application.objected": objected,
    "application.admitted": admitted,
    "application.refused": refused,
    "application.withdrawn": taken_back,
}
