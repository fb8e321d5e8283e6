"""The minutes as they stand: each line in a sentence, arrivals together, under the items of the agenda."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Membership
from core.queries.charters import get_charter
from core.queries.zones import zone_named
from councils.models import Assembly, Duty, MinuteLine
from councils.queries.votes_taken import get_votes_taken
from councils.rules.waiving import Answer

Kind = MinuteLine.Kind


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the minutes; `line` where it is a note that can still be changed."""

    at: datetime
    sentence: str
    line: MinuteLine | None = None


@dataclass(slots=True)
class Section:
    """What was said under one item, or between items."""

    title: str = ""
    said: list[Said] = field(default_factory=list)


def get_sections(assembly: Assembly) -> list[Section]:
    """The minutes in order, in one statement. Several who arrive one after the other are one sentence."""
    lines = MinuteLine.objects.filter(assembly=assembly).select_related("membership__person", "item")
    sections: list[Section] = [Section()]
    arrived: list[MinuteLine] = []
    for line in lines.order_by("at", "pk"):
        if line.kind == Kind.ARRIVED:
            arrived.append(line)
            continue
        if arrived:
            sections[-1].said.append(all_arrived(arrived))
            arrived = []
        if line.kind == Kind.BEGUN and line.item is not None:
            sections.append(Section(line.item.title))
        sections[-1].said.append(Said(line.at, sentence(line), line if line.kind == Kind.NOTE else None))
        if line.kind == Kind.ENDED:
            sections.append(Section())
    if arrived:
        sections[-1].said.append(all_arrived(arrived))
    return [each for each in sections if each.said]


def all_arrived(lines: Iterable[MinuteLine]) -> Said:
    """Who came."""
    found = list(lines)
    names = ", ".join(name_of(each) for each in found)
    return Said(found[0].at, _("%(names)s arrived.") % {"names": names})


def name_of(line: MinuteLine) -> str:
    """The name of whom a line is about; somebody, if nobody is named."""
    return named(line.membership) if line.membership is not None else _("Somebody")


def named(membership: Membership) -> str:
    """Somebody's name; whoever was forgotten while the minutes were being written is not named in them."""
    return membership.person.display_name if membership.forgotten_at is None else _("Former member")


def get_named(assembly: Assembly) -> dict[str, str]:
    """Who is named in the minutes, by the key of the membership. Two statements."""
    lines = MinuteLine.objects.filter(assembly=assembly, membership__isnull=False).values("membership")
    held = Duty.objects.filter(assembly=assembly, accepted_at__isnull=False).values("membership")
    found = Membership.objects.filter(Q(pk__in=lines) | Q(pk__in=held), forgotten_at__isnull=True)
    return {str(each.pk): each.person.display_name for each in found.select_related("person")}


def sentence(line: MinuteLine) -> str:
    """One line in words."""
    return SENTENCES[line.kind](line)


def begun(line: MinuteLine) -> str:
    """An item is taken up."""
    box = line.item.box if line.item is not None else 0
    return ngettext("Begun, with %(n)d minute for it.", "Begun, with %(n)d minutes for it.", box) % {"n": box}


def ended(line: MinuteLine) -> str:
    """An item is done; who spoke as numbers."""
    turns, people = int(line.numbers.get("turns", 0)), int(line.numbers.get("people", 0))
    if not turns:
        return _("Ended. Nobody had asked to speak.")
    said = ngettext("%(n)d person spoke", "%(n)d people spoke", people) % {"n": people}
    times = ngettext("%(n)d time", "%(n)d times", turns) % {"n": turns}
    return _("Ended. %(people)s, %(times)s in all.") % {"people": said, "times": times}


def longer(line: MinuteLine) -> str:
    """Those in the room gave an item more time."""
    n = int(line.numbers.get("minutes", 0))
    return ngettext("We gave it %(n)d minute more.", "We gave it %(n)d minutes more.", n) % {"n": n}


def guests(line: MinuteLine) -> str:
    """How many guests are there."""
    n = int(line.numbers.get("guests", 0))
    return ngettext("%(n)d guest is in the room.", "%(n)d guests are in the room.", n) % {"n": n}


def felt(line: MinuteLine) -> str:
    """The waves, as numbers."""
    return _("Hands: %(agree)d agree, %(unsure)d are unsure, %(disagree)d disagree. This decides nothing.") % {
        sign: int(line.numbers.get(sign, 0)) for sign in ("agree", "unsure", "disagree")
    }


def waived(line: MinuteLine) -> str:
    """The discussion minimum was waived."""
    return _(
        "Those present waived what is left of the discussion: %(agree)d of %(present)d agreed, nobody was against. "
        "The vote can open, and stays open for all members as long as always."
    ) % counted(line)


NOT_WAIVED: Mapping[str, Callable[[], str]] = {
    Answer.NO_QUORUM: lambda: _("The discussion goes on: %(present)d of %(voices)d are here, which is no quorum."),
    Answer.AGAINST: lambda: _("The discussion goes on: %(against)d of %(present)d were against waiving it."),
    Answer.TOO_FEW: lambda: _("The discussion goes on: only %(agree)d of %(present)d agreed to waive it."),
}


def not_waived(line: MinuteLine) -> str:
    """It was not, and why."""
    return NOT_WAIVED[str(line.numbers["answer"])]() % counted(line)


def counted(line: MinuteLine) -> dict[str, int]:
    """The numbers of an answer."""
    return {name: int(line.numbers.get(name, 0)) for name in ("voices", "present", "agree", "against")}


def errand(line: MinuteLine) -> str:
    """Somebody will do something."""
    due = str(line.numbers.get("due", ""))
    said = {"who": name_of(line) if line.membership else _("Nobody yet"), "what": line.text}
    if not due:
        return _("To do: %(what)s (%(who)s).") % said
    day = date_format(date.fromisoformat(due), "DATE_FORMAT")
    return _("To do: %(what)s (%(who)s, by %(day)s).") % {**said, "day": day}


def closed(line: MinuteLine) -> str:
    """The end."""
    n = int(line.numbers.get("present", 0))
    return ngettext(
        "The assembly ended. %(n)d member was still there.", "The assembly ended. %(n)d members were still there.", n
    ) % {"n": n}


SENTENCES: Mapping[str, Callable[[MinuteLine], str]] = {
    Kind.OPENED: lambda _line: _("The assembly began."),
    Kind.ARRIVED: lambda line: _("%(names)s arrived.") % {"names": name_of(line)},
    Kind.LEFT: lambda line: _("%(name)s left the room.") % {"name": name_of(line)},
    Kind.GUESTS: guests,
    Kind.BEGUN: begun,
    Kind.ENDED: ended,
    Kind.LONGER: longer,
    Kind.FELT: felt,
    Kind.ASKED: lambda _line: _("Those present were asked to waive what is left of the discussion."),
    Kind.WAIVED: waived,
    Kind.NOT_WAIVED: not_waived,
    Kind.ERRAND: errand,
    Kind.NOTE: lambda line: line.text,
    Kind.CLOSED: closed,
}


def get_text(assembly: Assembly, *, at: datetime) -> str:
    """The whole minutes as one text, with the times of the body: what is published and committed to in the record.

    Of votes they say how far they are at that moment: most close a day later or more, and are counted then.
    """
    zone = zone_named(get_charter(assembly.body).time_zone)
    parts = [head(assembly, zone)]
    for section in get_sections(assembly):
        lines = [f"{each.at.astimezone(zone):%H:%M} {each.sentence}" for each in section.said]
        parts.append("\n".join([f"**{escaped(section.title)}**", *lines] if section.title else lines))
    votes = votes_of(assembly, zone, at)
    if votes:
        parts.append("\n".join([f"**{_('Votes on what was talked over')}**", *votes]))
    return "\n\n".join(parts)


def votes_of(assembly: Assembly, zone: tzinfo, at: datetime) -> list[str]:
    """How the votes stand when the minutes are published."""
    found = []
    for taken in get_votes_taken(assembly, at=at):
        closes = date_format(taken.vote.closes_at.astimezone(zone), "DATETIME_FORMAT")
        said = taken.standing.sentence if taken.vote.counted_at else _("open until %(day)s.") % {"day": closes}
        found.append(f"{escaped(taken.vote.text.title)}: {said}")
    return found


def escaped(title: str) -> str:
    """A title that may hold signs of Markdown, as it was written."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in title)


def head(assembly: Assembly, zone: tzinfo) -> str:
    """What, where, when, and who guided it."""
    begun_at = (assembly.opened_at or assembly.made_at).astimezone(zone)
    lines = [
        f"**{escaped(assembly.title)}**",
        f"{assembly.body.name}, {assembly.place}, {date_format(begun_at, 'DATE_FORMAT')}",
    ]
    held = Duty.objects.filter(assembly=assembly, accepted_at__isnull=False).select_related("membership__person")
    names = [f"{named(each.membership)} ({each.get_role_display()})" for each in held.order_by("pk")]
    return "\n".join([*lines, *([", ".join(names)] if names else [])])
