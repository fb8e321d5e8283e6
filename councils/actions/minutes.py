"""Notes and errands along the meeting, minutes published once, and what is added to them afterwards."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions.proposals import check_days
from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import Membership, Person
from core.permissions.members import is_member
from core.record import record
from core.refusals import Denied, Invalid, Stale, WrongStep
from core.rules.lines import one_line
from councils.actions.calling import path_of
from councils.actions.duties import require_member
from councils.actions.lines import running_item, write
from councils.actions.stages import require_since_opened, require_stage, require_step
from councils.models import Addendum, Assembly, Errand, MinuteLine, Minutes
from councils.models.assemblies import Stage
from councils.models.minutes import NOTE_MAX
from councils.news import ERRAND_TAKEN, MINUTES_PUBLISHED
from councils.permissions import assemblies as may
from councils.queries.minutes import get_named, get_text

WRITING = (Stage.OPEN, Stage.HELD)
THEIRS_FOR = timedelta(days=7)
"""So long after the assembly only its note-taker and facilitator publish the minutes; then any member may."""


@transaction.atomic
def note(assembly: Assembly, text: str, *, by: Person, at: datetime) -> MinuteLine:
    """Write something into the minutes, under the item that is being talked over."""
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, *WRITING)
    require_since_opened(assembly, at)
    return write(assembly, MinuteLine.Kind.NOTE, at=at, item=running_item(assembly), text=checked(text))


def checked(text: str) -> str:
    """The words, if there are some and not too many."""
    text = text.strip()
    if not text:
        raise Invalid(_("Write a few words first."))
    if len(text) > NOTE_MAX:
        raise Invalid(_("This is too long: at most 4,000 characters."))
    return text


@transaction.atomic
def change_note(line: MinuteLine, text: str, *, seen: int, by: Person, at: datetime) -> MinuteLine:
    """Write a note anew. `seen` is the version it was written from: an older one is refused. Without words it goes."""
    assembly = lock(line.assembly)
    line = lock(line)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, *WRITING)
    if line.kind != MinuteLine.Kind.NOTE:
        raise WrongStep(_("What the meeting wrote by itself stays as it is. Write a note beside it."))
    if line.version != seen:
        raise Stale(_("Somebody has changed this note meanwhile. Read it as it is now, then change it again."))
    if not text.strip():
        line.delete()
        return line
    line.text, line.version = checked(text), line.version + 1
    line.save(update_fields=["text", "version"])
    return line


@transaction.atomic
def take_on(
    assembly: Assembly, what: str, membership: Membership | None, due_on: date | None, *, by: Person, at: datetime
) -> Errand:
    """Write down that something will be done: what, by whom, until when. Who is named is told."""
    [membership] = lock_all(Membership, [membership.pk]) if membership is not None else [None]
    assembly = lock(assembly)
    may.can_guide(by, assembly).or_deny()
    require_stage(assembly, *WRITING)
    require_since_opened(assembly, at)
    if membership is not None:
        require_member(membership, assembly)
    if not one_line(what):
        raise Invalid(_("Write what is to be done."))
    check_days([due_on], assembly.body, at=at)
    item = running_item(assembly)
    person = membership.person if membership is not None else None
    errand = Errand.objects.create(assembly=assembly, item=item, what=what, person=person, due_on=due_on)
    due = {"due": due_on.isoformat() if due_on is not None else ""}
    write(assembly, MinuteLine.Kind.ERRAND, at=at, item=item, membership=membership, text=errand.what, numbers=due)
    if person is not None:
        tell(
            ERRAND_TAKEN,
            assembly.body,
            key=str(errand.pk),
            at=at,
            person=person,
            by=by,
            title=errand.what[:120],
            path=path_of(assembly),
        )
    return errand


@transaction.atomic
def finish(errand: Errand, *, by: Person, at: datetime, note: str = "") -> Errand:
    """Say that it is done, and how it went: who took it on, or any member if nobody did. Again changes nothing."""
    errand = lock(errand)
    is_member(by, errand.assembly.body).or_deny()
    if errand.person_id is not None and errand.person_id != by.pk:
        raise Denied(_("Only the person who has taken it on can say that it is done."))
    if errand.done_at is None:
        errand.done_at, errand.note = at, one_line(note)[:300]
        errand.save(update_fields=["done_at", "note"])
    return errand


@transaction.atomic
def publish(assembly: Assembly, *, by: Person, at: datetime) -> Minutes:
    """Publish the minutes as they are. From now on nothing in them changes."""
    assembly = lock(assembly)
    anybody = assembly.closed_at is not None and at >= assembly.closed_at + THEIRS_FOR
    may.can_publish(by, assembly, anybody=anybody).or_deny()
    require_step(assembly, Stage.PUBLISHED)
    text = get_text(assembly, at=at)
    minutes = Minutes.objects.create(
        assembly=assembly, text=text, named=get_named(assembly), published_by=by, published_at=at
    )
    assembly.stage, assembly.published_at = Stage.PUBLISHED, at
    assembly.save(update_fields=["stage", "published_at"])
    record("minutes.published", assembly.body, by=by, at=at, texts={"minutes": text}, assembly=assembly.pk)
    key, path = str(assembly.pk), path_of(assembly)
    tell(MINUTES_PUBLISHED, assembly.body, key=key, at=at, by=by, title=assembly.title, path=path)
    return minutes


@transaction.atomic
def add(minutes: Minutes, text: str, *, by: Person, at: datetime) -> Addendum:
    """Put something right below published minutes, under one's own name."""
    assembly = lock(minutes.assembly)
    may.can_take_part(by, assembly).or_deny()
    require_stage(assembly, Stage.PUBLISHED)
    addendum = Addendum.objects.create(minutes=minutes, author=by, text=checked(text), at=at)
    record(
        "minutes.added",
        assembly.body,
        by=by,
        at=at,
        texts={"text": addendum.text},
        assembly=assembly.pk,
        addendum=addendum.pk,
    )
    return addendum
