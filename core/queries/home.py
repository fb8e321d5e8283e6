"""What needs a person's voice, over all their bodies; the mail digest reads the same."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from math import ceil
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Length
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import (
    Adoption,
    Application,
    Ballot,
    Body,
    Candidacy,
    Charter,
    Comment,
    Mandate,
    Membership,
    Person,
    Proposal,
    RollEntry,
    Second,
    Stage,
    Task,
    Vote,
    Vouch,
)
from core.permissions.proposals import SECONDS_NEEDED, opens_from
from core.queries.calls import Call, offer_calls, source_calls, source_rows, stand_call
from core.queries.zones import zone_named
from core.registry import kind_of
from core.rules import reports
from core.rules.positions import Position, Rule
from core.words.rules import NAMES

LETTERS_A_MINUTE = 1000
LATELY = timedelta(days=30)
REPORT_SOON = timedelta(days=7)
LOOKED_AT = 100
"""Proposals under way that are looked at; what wants something of this person comes first."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A proposal being talked over."""

    proposal: Proposal
    comments: int
    opens_at: datetime | None


@dataclass(slots=True)
class Home:
    """The first page of somebody signed in."""

    at: datetime
    calls: list[Call] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    given: list[Vote] = field(default_factory=list)
    decided: list[Proposal] = field(default_factory=list)
    asked: list[Application] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    time_zone: str = "UTC"

    @property
    def minutes(self) -> int:
        """How long all that waits may take."""
        return sum(call.minutes for call in self.calls)


def get_home(person: Person, *, at: datetime) -> Home:
    """Everything on the first page, in eight statements."""
    memberships = _memberships(person)
    bodies = [each.body for each in memberships if each.body.ended_at is None]
    charters = _charters(bodies)
    live = _live(person, bodies)
    zone = _zone(bodies, charters)
    joining = _joining(person, bodies)
    places = _places(person, at)
    calls = [
        *(_vote_call(each) for each in places if not each.given),
        *_adoptions(memberships),
        *offer_calls(live),
        *_from_live(live, person, charters, at),
        *_reports(person, at),
        *_tasks(person, zone),
        *(_application_call(each) for each in joining if each.person_id != person.pk),
        *source_calls(memberships),
    ]
    calls = [_in_own_time(call, zone, charters) for call in calls]
    calls.sort(key=lambda call: (call.quiet, call.closes_at or at + timedelta(days=3650)))
    return Home(
        at=at,
        calls=calls,
        talks=[
            Talk(each, each.comments_made, _opens_at(each, charters)) for each in live if each.stage == Stage.DISCUSSION
        ][:6],
        given=[each.vote for each in places if each.given][:6],
        decided=_decided(bodies, at),
        asked=[each for each in joining if each.person_id == person.pk],
        bodies=bodies,
        time_zone=zone,
    )


def get_calls(person: Person, *, at: datetime) -> list[Call]:
    """Only what waits."""
    return get_home(person, at=at).calls


def get_listed_bodies() -> list[Body]:
    """What somebody who is not signed in may know of: listed bodies, by name, with their number of members."""
    members = Count("memberships", filter=Q(memberships__ended_at__isnull=True))
    listed = Body.objects.visible_to(None).filter(ended_at__isnull=True)
    return list(listed.annotate(members=members).order_by("name")[:50])


def _memberships(person: Person) -> list[Any]:
    """One's memberships with their bodies, whether one has adopted the newest draft of the first charter, and what
    waits there at the pillars.
    """
    newest = Charter.objects.filter(body=OuterRef("membership__body")).order_by("-number").values("pk")[:1]
    adopted = Adoption.objects.filter(membership=OuterRef("pk"), charter=Subquery(newest))
    mine = Membership.objects.open().filter(person=person).select_related("body")
    return list(mine.annotate(has_adopted=Exists(adopted), **source_rows()).order_by("body__name"))


def _charters(bodies: list[Body]) -> dict[int, Charter]:
    """The charter of each body: the one in force, or the newest draft."""
    order = (F("in_force_at").desc(nulls_last=True), "-number")
    rows = Charter.objects.filter(body__in=bodies).order_by("body", *order).distinct("body")
    return {charter.body_id: charter for charter in rows}


def _zone(bodies: list[Body], charters: dict[int, Charter]) -> str:
    zones = [charters[body.pk].time_zone for body in bodies if body.pk in charters]
    return max(zones, key=zones.count) if zones else "UTC"


def _in_own_time(call: Call, zone: str, charters: dict[int, Charter]) -> Call:
    """Where a body's clocks show another hour than the page, its own time stands beside the deadline."""
    charter = charters.get(call.body_id or 0)
    if charter is None or call.closes_at is None:
        return call
    there = call.closes_at.astimezone(zone_named(charter.time_zone))
    if there.utcoffset() == call.closes_at.astimezone(zone_named(zone)).utcoffset():
        return call
    moment = f"{date_format(there, 'MONTH_DAY_FORMAT')} {there:%H:%M}"
    own = _("%(moment)s in %(zone)s") % {"moment": moment, "zone": charter.time_zone}
    return replace(call, where=f"{call.where} · {own}")


def _places(person: Person, at: datetime) -> list[Any]:
    """One's places on the rolls of votes under way; `given` where one has a ballot that counts already."""
    spoken = Ballot.objects.filter(vote=OuterRef("vote")).order_by().values("vote").annotate(n=Count("pk")).values("n")
    given = (Q(ballot__isnull=False) & ~Q(ballot__position=Position.STRUCK)) | Q(used=True)
    rows = (
        RollEntry.objects.filter(person=person, vote__counted_at__isnull=True, vote__closes_at__gt=at)
        .exclude(membership__ending__in=[Membership.Ending.LEFT, Membership.Ending.BODY_ENDED])
        .select_related("vote__proposal__body")
        .annotate(letters=Length("vote__text__text"), spoken=Coalesce(Subquery(spoken), 0))
        .annotate(given=Case(When(given, then=True), default=False, output_field=BooleanField()))
        .order_by("given", "vote__closes_at")[:LOOKED_AT]
    )
    return list(rows)


def _vote_call(row: Any) -> Call:
    vote, proposal = row.vote, row.vote.proposal
    words = [proposal.body.name, str(NAMES[Rule(vote.rule)])]
    if vote.rule == Rule.CONSENSUS:
        words.append(_("%(n)d of %(roll)d have spoken") % {"n": row.spoken, "roll": vote.roll_size})
    if vote.second_call:
        words.append(_("second call"))
    return Call(
        title=proposal.title,
        url=proposal.get_absolute_url(),
        where=" · ".join(words),
        action=_("Read and decide"),
        minutes=1 + ceil(row.letters / LETTERS_A_MINUTE),
        closes_at=vote.closes_at,
        closes=_("closes"),
        body_id=proposal.body_id,
    )


def _adoptions(memberships: list[Any]) -> list[Call]:
    """Bodies that wait for founding members to adopt the charter."""
    waiting = [each for each in memberships if each.body.adopted_at is None and not each.has_adopted]
    return [
        Call(
            title=_("The charter of %(body)s") % {"body": each.body.name},
            url=reverse("core:charter-detail", args=[each.body.slug]),
            where=_("It decides once its founding members have adopted its charter"),
            action=_("Read the charter"),
            minutes=5,
        )
        for each in waiting
        if each.body.ended_at is None
    ]


def _live(person: Person, bodies: list[Body]) -> list[Any]:
    """Proposals in discussion or in a round of talks, and one's own drafts; offers, own and urgent ones first."""
    said = Comment.objects.filter(proposal=OuterRef("pk"), author=person, round_no=OuterRef("round_no"))
    comments = Comment.objects.filter(proposal=OuterRef("pk"), taken_back_at__isnull=True).order_by().values("proposal")
    talked_over = Q(stage__in=[Stage.DISCUSSION, Stage.ROUND])
    offered = talked_over & Q(offer__person=person, offer__accepted_at__isnull=True)
    candidacies = Candidacy.objects.filter(election__proposal=OuterRef("pk"))
    waiting = candidacies.filter(person=person, accepted_at__isnull=True, withdrawn_at__isnull=True)
    rows = (
        Proposal.objects.filter(talked_over | Q(stage=Stage.IDEA, author=person), body__in=bodies)
        .select_related("body", "offer")
        .annotate(
            seconded=Exists(Second.objects.filter(proposal=OuterRef("pk"), person=person)),
            seconds_given=Count("seconds"),
            said_in_round=Exists(said),
            comments_made=Coalesce(Subquery(comments.annotate(n=Count("pk")).values("n")), 0),
            asked=Exists(waiting),
            somebody_stands=Exists(candidacies.standing()),
            mine=Q(author=person),
            offered=Case(When(offered, then=True), default=False, output_field=BooleanField()),
        )
        .order_by("-offered", "-urgent", "-asked", "-mine", "-round_no", "-discussion_at")
    )
    return list(rows[:LOOKED_AT])


def _from_live(live: list[Any], person: Person, charters: dict[int, Charter], at: datetime) -> list[Call]:
    calls = []
    for each in live:
        wanted = _round_call(each) or _second_call(each, person) or stand_call(each)
        call = wanted or _open_call(each, person, charters, at)
        if call is not None:
            calls.append(call)
        elif each.stage == Stage.IDEA:
            calls.append(_draft_call(each))
    return calls


def _round_call(each: Any) -> Call | None:
    if each.stage != Stage.ROUND or each.said_in_round:
        return None
    return Call(
        title=each.title,
        url=f"{each.get_absolute_url()}#talk",
        where=_("%(body)s · a block stands: help to find a way") % {"body": each.body.name},
        action=_("Talk it over"),
        minutes=5,
        closes_at=each.round_ends_at,
        closes=_("the round ends"),
        quiet=True,
        body_id=each.body_id,
    )


def _second_call(each: Any, person: Person) -> Call | None:
    wanted = each.urgent and each.stage == Stage.DISCUSSION and each.seconds_given < SECONDS_NEEDED
    if not wanted or each.seconded or each.author_id == person.pk:
        return None
    missing = SECONDS_NEEDED - each.seconds_given
    return Call(
        title=each.title,
        url=each.get_absolute_url(),
        where=_("%(body)s · urgent") % {"body": each.body.name}
        + " · "
        + ngettext("needs one more member to second it", "needs %(n)d more members to second it", missing)
        % {"n": missing},
        action=_("Read and second"),
        minutes=2,
    )


def _open_call(each: Any, person: Person, charters: dict[int, Charter], at: datetime) -> Call | None:
    """One's own proposal whose vote one may open now."""
    if each.author_id != person.pk or each.stage != Stage.DISCUSSION or each.opens_by_clock or kind_of(each).by_clock:
        return None
    opens_at = _opens_at(each, charters)
    offer = getattr(each, "offer", None)
    waits = (offer is not None and offer.accepted_at is None) or (each.urgent and each.seconds_given < SECONDS_NEEDED)
    waits = waits or (each.kind == "election" and not each.somebody_stands)
    if opens_at is None or opens_at > at or waits:
        return None
    return Call(
        title=each.title,
        url=f"{each.get_absolute_url()}#acts",
        where=_("%(body)s · your proposal has been talked over long enough") % {"body": each.body.name},
        action=_("Open the vote"),
        quiet=True,
    )


def _draft_call(each: Any) -> Call:
    return Call(
        title=each.title,
        url=each.get_absolute_url(),
        where=_("%(body)s · your draft, which nobody else reads yet") % {"body": each.body.name},
        action=_("Go on writing"),
        minutes=3,
        quiet=True,
    )


def _opens_at(proposal: Proposal, charters: dict[int, Charter]) -> datetime | None:
    charter = charters.get(proposal.body_id)
    return opens_from(proposal, charter) if charter is not None else None


def _reports(person: Person, at: datetime) -> list[Call]:
    """Reports on one's own mandates that are due within a week, or late."""
    mine = Mandate.objects.in_force(at).filter(person=person, report_days__isnull=False)
    found = [(each, _owed(each, at)) for each in mine.select_related("body").prefetch_related("reports")]
    return [
        Call(
            title=_("Your report on “%(mandate)s”") % {"mandate": mandate.title},
            url=mandate.get_absolute_url(),
            where=_("%(body)s · two sentences are enough") % {"body": mandate.body.name},
            action=_("Write it"),
            minutes=3,
            closes_at=due,
            closes=_("due"),
            closed=_("was due"),
            quiet=True,
            body_id=mandate.body_id,
        )
        for mandate, due in found
        if due is not None
    ]


def _owed(mandate: Mandate, at: datetime) -> datetime | None:
    due = reports.dates(mandate.starts_at, mandate.ends_at, mandate.report_days, at + REPORT_SOON)
    waiting = [
        each.at for each in reports.match(due, [given.at for given in mandate.reports.all()]) if not each.given_at
    ]
    return waiting[-1] if waiting else None


def _tasks(person: Person, zone: str) -> list[Call]:
    mine = Task.objects.filter(person=person, done_at__isnull=True, proposal__stage=Stage.ADOPTED)
    mine = mine.filter(proposal__body__memberships__in=Membership.objects.open().filter(person=person))
    return [
        Call(
            title=task.what,
            url=f"{task.proposal.get_absolute_url()}#tasks",
            where=_("Your task · %(decision)s") % {"decision": task.proposal.title},
            action=_("Say it is done"),
            quiet=True,
            closes_at=_day(task, zone),
            closes=_("due"),
            closed=_("was due"),
        )
        for task in mine.select_related("proposal").order_by("due_on", "pk")[:20]
    ]


def _day(task: Task, zone: str) -> datetime | None:
    """The last minute of the day on which a task is due, in the zone of the page."""
    return datetime.combine(task.due_on, time(23, 59), tzinfo=zone_named(zone)) if task.due_on else None


def _joining(person: Person, bodies: list[Body]) -> list[Application]:
    """People who ask to join where one is a member, and for whom one has not vouched; and where one asks oneself."""
    vouched = Vouch.objects.filter(application=OuterRef("pk"), membership__person=person)
    wanted = Q(body__in=bodies, stage=Application.Stage.OPEN) & ~Exists(vouched)
    own = Q(person=person, stage__in=Application.OPEN_STAGES)
    rows = Application.objects.filter(own | wanted).select_related("person", "body")
    return list(rows.order_by(Case(When(person=person, then=0), default=1), "created_at")[:20])


def _application_call(each: Application) -> Call:
    return Call(
        title=_("%(name)s asks to join") % {"name": each.person.display_name},
        url=reverse("core:application-detail", args=[each.pk]),
        where=_("%(body)s · vouch if you know them") % {"body": each.body.name},
        action=_("Read and answer"),
        quiet=True,
    )


def _decided(bodies: list[Body], at: datetime) -> list[Proposal]:
    lately = Proposal.objects.filter(body__in=bodies, closed_at__gt=at - LATELY).exclude(stage=Stage.WITHDRAWN)
    return list(lately.select_related("body").order_by("-closed_at")[:6])
