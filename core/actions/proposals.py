"""What happens to a proposal before its vote: written, revised, put up, seconded, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import mandates
from core.actions.charters import columns
from core.actions.steps import require_step
from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import (
    TEXT_MAX,
    Accord,
    AccordSide,
    Body,
    Cause,
    Membership,
    Offer,
    Person,
    Proposal,
    Second,
    Stage,
    Task,
    TextVersion,
)
from core.permissions import proposals as may
from core.permissions.members import is_deciding_member, membership_of
from core.queries.charters import get_charter
from core.record import label_of, record, record_id
from core.refusals import Invalid, Stale, WrongStep
from core.registry import asked_there
from core.rules.lines import one_line


@dataclass(frozen=True, slots=True)
class Todo:
    """A task to be done once it is adopted: what, who, by when."""

    what: str
    person: Person | None = None
    due_on: date | None = None


@transaction.atomic
def draft(
    body: Body,
    *,
    by: Person,
    at: datetime,
    title: str,
    text: str,
    kind: str = "decision",
    urgent: bool = False,
    sum: int = 0,  # noqa: A002  (the field's name)
    review_on: date | None = None,
    replaces: Proposal | None = None,
    tasks: Sequence[Todo] = (),
    **about: Any,
) -> Proposal:
    """Write down an idea. Until it is put up for discussion nobody but its author reads it.

    `about` are the keys that a kind needs: `charter`, `subject`, `application`, `asks`.
    """
    is_deciding_member(by, body, kind).or_deny()
    if urgent and kind != "decision":
        raise Invalid(_("Only ordinary decisions can be urgent."))
    check_lengths(title, text)
    check_days([review_on, *(each.due_on for each in tasks)], body, at=at)
    replaces = lock(replaces) if replaces is not None else None
    if replaces is not None and (replaces.body_id != body.pk or not replaces.stands or replaces.ended_at is not None):
        raise Invalid(_("The decision it should replace is not in force."))
    proposal = Proposal.objects.create(
        body=body,
        kind=kind,
        author=by,
        title=title,
        created_at=at,
        urgent=urgent,
        sum=sum,
        review_on=review_on,
        replaces=replaces,
        **about,
    )
    write(proposal, title, text, by=by, at=at)
    Task.objects.bulk_create(
        Task(proposal=proposal, what=each.what, person=each.person, due_on=each.due_on) for each in tasks
    )
    return proposal


def write(proposal: Proposal, title: str, text: str, *, by: Person | None, at: datetime) -> TextVersion:
    """Add the next version of a text. The caller holds the lock of an existing proposal."""
    check_lengths(title, text)
    latest = proposal.texts.order_by("-number").first()
    return TextVersion.objects.create(
        proposal=proposal, number=latest.number + 1 if latest else 1, title=title, text=text, author=by, at=at
    )


def check_lengths(title: str, text: str) -> None:
    """Raise `Invalid` for an empty or endless title or text."""
    if not text.strip() or not one_line(title):
        raise Invalid(_("Write a title and a text."))
    if len(text) > TEXT_MAX or len(title) > 120:
        raise Invalid(_("This is too long: a text has at most 20,000 characters, a title 120."))


def check_days(days: Sequence[date | None], body: Body, *, at: datetime) -> None:
    """Raise `Invalid` if one of these days, for a review or a task, has passed where the body lives."""
    today = at.astimezone(ZoneInfo(get_charter(body).time_zone)).date()
    if any(day is not None and day <= today for day in days):
        raise Invalid(_("Choose a day that is still to come, for the review and for each task."))


@transaction.atomic
def put_up(proposal: Proposal, *, by: Person, at: datetime) -> Proposal:
    """Put an idea up for discussion: from now on all members read it. Who offers to carry a mandate accepts it so."""
    membership = membership_of(by, proposal.body)
    lock_all(Membership, [membership.pk] if membership else [])  # one by one: the charter limits how many are open
    proposal = lock(proposal)
    charter = get_charter(proposal.body)
    may.can_propose(by, proposal, charter).or_deny()
    require_step(proposal, Stage.DISCUSSION)
    if proposal.urgent and proposal.sum > charter.urgent_sum:
        raise Invalid(_("The charter does not let an urgent decision spend that much."))
    if proposal.kind == "mandate" and not hasattr(proposal, "offer"):
        raise Invalid(_("Say first what the mandate asks for, and of whom."))
    if proposal.kind == "election" and not hasattr(proposal, "election"):
        raise Invalid(_("Say first what the election fills, and how it is counted."))

    if proposal.kind == "removal" and Proposal.objects.live().filter(
        kind="removal", subject=proposal.subject, discussion_at__isnull=False
    ):
        raise WrongStep(_("This removal is proposed already. Speak and vote there."))

    proposal.texts.update(number=1)  # a draft has one text; what others read begins here
    proposal.stage = Stage.DISCUSSION
    proposal.discussion_at = at
    proposal.save(update_fields=["stage", "discussion_at"])
    announce(proposal, by=by, at=at)
    if proposal.kind == "mandate" and proposal.offer.person_id == by.pk:
        mandates.accept(proposal, by=by, at=at)
    return proposal


def announce(proposal: Proposal, *, by: Person | None, at: datetime) -> None:
    """Record a proposal that is now in discussion, and tell the members."""
    text, charter = proposal.texts.order_by("-number")[0], proposal.charter
    drafted = {"purpose": charter.purpose, "unity": charter.unity} if charter is not None else {}
    record(
        "proposal.put_up",
        proposal.body,
        by=by,
        at=at,
        texts={"title": text.title, "text": text.text, **drafted},
        proposal=proposal.pk,
        kind=proposal.kind,
        urgent=proposal.urgent,
        version=text.number,
        **concerns(proposal),
    )
    tell(news_of(proposal), proposal.body, key=str(proposal.pk), at=at, proposal=proposal, by=by)
    tell_person_concerned(proposal, by=by, at=at)


def news_of(proposal: Proposal) -> Cause.What:
    """What members hear of a proposal that is put up: an urgent one wants seconds, an election candidates."""
    if proposal.kind == "election":
        return Cause.What.CANDIDATES_WANTED
    return Cause.What.SECOND_WANTED if proposal.urgent else Cause.What.PROPOSAL_OPEN


def concerns(proposal: Proposal) -> dict[str, Any]:
    """Whom and what a proposal is about, by labels and keys: from it anybody can tell what its adoption has to do."""
    about: dict[str, Any] = {
        "application": proposal.application_id,
        "confirms": proposal.confirms_id,
        "replaces": proposal.replaces_id,
        "reviews": proposal.reviews_id,
        "appeals": proposal.appeals_id,
        "asks": proposal.asks_id,
        "mandate": proposal.mandate_id,
        "sum": proposal.sum or None,
        "about": label_of(proposal.subject, proposal.body) if proposal.subject is not None else None,
        "charter": proposal.charter.number if proposal.charter is not None else None,
        "numbers": columns(proposal.charter.numbers) if proposal.charter is not None else None,
    }
    if hasattr(proposal, "offer"):
        who = label_of(proposal.offer.person, proposal.body)
        about["offer"] = {"who": who, "days": proposal.offer.term_days, "report_days": proposal.offer.report_days}
    if proposal.kind == "election":
        election = proposal.election
        about |= {"seats": election.seats, "ranked": election.ranked, "days": election.term_days}
    if proposal.kind in Accord.Kind.values:
        about |= alike(proposal)
    return {name: value for name, value in about.items() if value is not None}


def alike(proposal: Proposal) -> dict[str, Any]:
    """Which bodies decide alike, by the names of their records, and whether this is the one that goes on or is host."""
    side = proposal.accord
    others = Body.objects.filter(accords__accord=side.accord).exclude(pk=proposal.body_id)
    return {"leads": side.accord.lead_id == proposal.body_id, "others": sorted(record_id(body) for body in others)}


def tell_person_concerned(proposal: Proposal, *, by: Person | None, at: datetime, version: int = 1) -> None:
    """Who is to be removed, or is asked to take a mandate, is told in person; once for each version it is asked for."""
    if proposal.subject is not None:
        what, person = Cause.What.REMOVAL_PROPOSED, proposal.subject.person
    elif hasattr(proposal, "offer") and proposal.offer.accepted_at is None:
        what, person = Cause.What.OFFER_MADE, proposal.offer.person
    else:
        return
    key = str(proposal.pk) if version == 1 else f"{proposal.pk} version {version}"
    there = asked_there(proposal) if what == Cause.What.OFFER_MADE else None
    if there is not None:
        title, path = proposal.title, there.path
        tell(there.what, proposal.body, key=key, at=at, person=person, by=by, title=title, path=path)
    else:
        tell(what, proposal.body, key=key, at=at, proposal=proposal, person=person, by=by)


@transaction.atomic
def revise(proposal: Proposal, *, by: Person, at: datetime, title: str, text: str, seen: int) -> TextVersion:
    """Write a new version. `seen` is the number of the version it was written from: an older one is refused."""
    proposal = lock(proposal)
    may.can_edit(by, proposal).or_deny()
    title = one_line(title)
    latest = proposal.texts.order_by("-number")[0]
    if latest.number != seen:
        raise Stale(_("The text was changed meanwhile. Read the new version, then change it again."))
    if (latest.title, latest.text) == (title, text):
        return latest

    if proposal.stage == Stage.IDEA:
        version = rewrite(latest, title, text, at=at)
    else:
        version = write(proposal, title, text, by=by, at=at)
    proposal.title = title
    proposal.waived_at = None  # what an assembly waived was the talk on the text it had before it
    proposal.save(update_fields=["title", "waived_at"])
    if proposal.stage != Stage.IDEA:
        record(
            "proposal.revised",
            proposal.body,
            by=by,
            at=at,
            texts={"title": title, "text": text},
            proposal=proposal.pk,
            version=version.number,
        )
        ask_again(proposal, version, by=by, at=at)
    return version


def rewrite(draft: TextVersion, title: str, text: str, *, at: datetime) -> TextVersion:
    """Write a draft anew, in place. Its number counts on: a second tab cannot overwrite what it has not seen."""
    check_lengths(title, text)
    draft.number, draft.title, draft.text, draft.at = draft.number + 1, title, text, at
    draft.save(update_fields=["number", "title", "text", "at"])
    return draft


def ask_again(proposal: Proposal, version: TextVersion, *, by: Person, at: datetime) -> None:
    """Who seconded or accepted did so for another text: they are asked anew. One's own acceptance stands."""
    if proposal.stage == Stage.DISCUSSION and proposal.seconds.exists():
        proposal.seconds.all().delete()
        again = f"{proposal.pk} version {version.number}"
        tell(Cause.What.SECOND_WANTED, proposal.body, key=again, at=at, proposal=proposal, by=by)
    offer = getattr(proposal, "offer", None)
    if offer is not None and offer.accepted_at is not None and offer.person_id != by.pk:
        offer.accepted_at = None  # who accepts locks the proposal too
        offer.save(update_fields=["accepted_at"])
        tell_person_concerned(proposal, by=by, at=at, version=version.number)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Person, at: datetime) -> Proposal:
    """Take a proposal back before its vote opens."""
    proposal = lock(proposal)
    may.can_withdraw(by, proposal).or_deny()
    require_step(proposal, Stage.WITHDRAWN)

    was_idea = proposal.stage == Stage.IDEA
    proposal.stage = Stage.WITHDRAWN
    proposal.closed_at = at
    proposal.save(update_fields=["stage", "closed_at"])
    if not was_idea:
        record("proposal.withdrawn", proposal.body, by=by, at=at, proposal=proposal.pk)
    return proposal


@transaction.atomic
def second(proposal: Proposal, *, by: Person, at: datetime) -> Second:
    """Second an urgent proposal. Doing it again changes nothing."""
    proposal = lock(proposal)
    may.can_second(by, proposal).or_deny()
    row, fresh = Second.objects.get_or_create(proposal=proposal, person=by, defaults={"at": at})
    if fresh:
        record("proposal.seconded", proposal.body, by=by, at=at, proposal=proposal.pk)
    return row


def start_by_clock(
    body: Body,
    *,
    at: datetime,
    kind: str,
    title: str,
    text: str,
    by: Person | None = None,
    side: AccordSide | None = None,
    offer: Offer | None = None,
    **about: Any,
) -> Proposal:
    """A proposal that the clock or an act makes and puts into discussion at once, in the caller's transaction.

    `side` is the body's side of an accord, if it is what several bodies decide alike; `offer` the accepted one of the
    proposal of another body that asks for this mandate.
    """
    proposal = Proposal.objects.create(
        body=body,
        kind=kind,
        author=by,
        title=title[:120],
        created_at=at,
        stage=Stage.DISCUSSION,
        discussion_at=at,
        **about,
    )
    write(proposal, title[:120], text, by=by, at=at)
    if side is not None:
        side.proposal = proposal
        side.save(update_fields=["proposal"])
    accepted = take_over(offer, proposal) if offer is not None else None
    announce(proposal, by=by, at=at)
    if accepted is not None:
        record("offer.accepted", body, by=accepted.person, at=at, proposal=proposal.pk)
    return proposal


def take_over(offer: Offer, proposal: Proposal) -> Offer:
    """The same offer, accepted as it was, in a proposal that was made of another."""
    fields = ("person_id", "task", "limits", "term_days", "report_days", "renews_id", "accepted_at")
    return Offer.objects.create(proposal=proposal, **{name: getattr(offer, name) for name in fields})
