"""Asking to join: by vouching with time for objections, or by proposal, as the charter says (DESIGN section 3)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions.memberships import admit, inviter_label
from core.actions.proposals import start_by_clock
from core.actions.telling import tell
from core.locks import lock, lock_all
from core.models import Application, Body, Cause, Charter, Membership, Objection, Person, Proposal, Vouch
from core.permissions import admission as may
from core.permissions.members import NOT_A_MEMBER, membership_of
from core.queries.charters import get_charter
from core.record import in_utc, label, record
from core.refusals import Denied, Invalid, WrongStep
from core.registry import Impossible
from core.rules.admission import OBJECTION_HOURS, VOUCHES_NEEDED
from core.timekeeping import folkmoot_now

WORDS_MAX = 1000
REASON_MAX = 2000
WITHDRAWABLE = (Application.Stage.OPEN, Application.Stage.OBJECTIONS)


@transaction.atomic
def apply(
    body: Body, *, by: Person, at: datetime, words: str = "", invited_by: Membership | None = None
) -> Application | Membership:
    """Ask to join. Open bodies, and bodies that are still forming for whom they invite, take a person in at once.

    An invitation is the inviter's vouch, if the inviter may vouch.
    """
    body = lock(body)
    may.can_apply(by, body, at=at).or_deny()
    if len(words) > WORDS_MAX:
        raise Invalid(_("This is too long: at most 1,000 characters."))
    charter = get_charter(body)
    if body.adopted_at is None and invited_by is None:
        raise Denied(_("This body is still forming: its founding members invite each other."))
    if body.adopted_at is None or charter.admission == Charter.Admission.OPEN:
        return admit(body, by, at=at, invited_by=invited_by)
    application = Application.objects.create(
        body=body, person=by, invited_by=invited_by, words=words.strip(), created_at=at
    )
    inviter = inviter_label(body, invited_by)
    record("application.made", body, by=None, at=at, application=application.pk, invited_by=inviter)
    tell(Cause.What.APPLICATION_MADE, body, key=str(application.pk), at=at, application=application, by=by)
    by_vouching = charter.admission == Charter.Admission.VOUCHED
    if by_vouching and invited_by is not None and inviter is not None and may.can_vouch_at_all(invited_by, at=at):
        add_vouch(application, invited_by, at=at)
    return application


@transaction.atomic
def vouch(application: Application, *, by: Person, at: datetime) -> Application:
    """Vouch for somebody. The second vouch opens the time for objections. Doing it again changes nothing."""
    membership = membership_of(by, application.body)
    lock_all(Membership, [membership.pk] if membership else [])  # the limit of open vouches is counted one by one
    lock(application.body)
    application = lock(application)
    if membership is not None and application.vouches.filter(membership=membership).exists():
        return application
    may.can_vouch(by, application, at=at).or_deny()
    if membership is not None:
        add_vouch(application, membership, at=at)
    return application


def add_vouch(application: Application, membership: Membership, *, at: datetime) -> None:
    """Write a vouch on a locked application."""
    Vouch.objects.create(application=application, membership=membership, at=at)
    enough = application.vouches.filter(membership__ended_at__isnull=True).count() >= VOUCHES_NEEDED
    until = at + timedelta(hours=OBJECTION_HOURS)
    record(
        "application.vouched",
        application.body,
        by=membership,
        at=at,
        application=application.pk,
        until=in_utc(until) if enough else None,
    )
    if not enough:
        return
    application.stage = Application.Stage.OBJECTIONS
    application.objections_until = until
    application.save(update_fields=["stage", "objections_until"])
    key = str(application.pk)
    tell(Cause.What.OBJECTIONS_OPEN, application.body, key=key, at=at, application=application)


@transaction.atomic
def object(application: Application, reason: str, *, by: Person) -> Proposal:  # noqa: A001  (the verb)
    """Object to an admission and say why: the body decides by simple majority. Reads the clock after its lock."""
    body = lock(application.body)
    application = lock(application)
    at = folkmoot_now()
    may.can_object(by, application, at=at).or_deny()
    membership = membership_of(by, body)
    if membership is None:
        raise Denied(NOT_A_MEMBER)
    reason = reason.strip()
    if not reason:
        raise Invalid(_("An objection needs its reason."))
    if len(reason) > REASON_MAX:
        raise Invalid(_("This is too long: a reason has at most 2,000 characters."))
    Objection.objects.create(application=application, membership=membership, reason=reason, at=at)
    record("application.objected", body, by=by, at=at, texts={"reason": reason}, application=application.pk)
    return put_to_vote(application, body, by=None, at=at, reason=reason)


@transaction.atomic
def propose(application: Application, *, by: Person, at: datetime) -> Proposal:
    """Propose an admission, where the charter admits by proposal; the clock opens its vote."""
    body = lock(application.body)
    application = lock(application)
    may.can_propose_admission(by, application, get_charter(body)).or_deny()
    return put_to_vote(application, body, by=by, at=at)


def put_to_vote(application: Application, body: Body, *, by: Person | None, at: datetime, reason: str = "") -> Proposal:
    """Ask the body about a locked application."""
    application.stage = Application.Stage.DECIDING
    application.save(update_fields=["stage"])
    name = {"person": application.person.display_name}
    said = [application.words, _("Objection: %(reason)s") % {"reason": reason} if reason else ""]
    return start_by_clock(
        body,
        at=at,
        kind="admission",
        by=by,
        title=_("Admit %(person)s") % name,
        text="\n\n".join(part for part in said if part) or _("%(person)s asks to join.") % name,
        application=application,
    )


@transaction.atomic
def withdraw(application: Application, *, by: Person, at: datetime) -> Application:
    """Take one's application back, until the body is deciding on it."""
    application = lock(application)
    if application.person_id != by.pk:
        raise Denied(_("Only who asked can take it back."))
    if application.stage not in WITHDRAWABLE:
        raise WrongStep(_("This is not possible at its present stage."))
    return end(application, Application.Stage.WITHDRAWN, at=at)


def withdraw_all(person: Person, *, at: datetime) -> None:
    """Take back what a person who leaves the house still asks for, in the caller's transaction."""
    asked = Application.objects.filter(person=person, stage__in=WITHDRAWABLE).values_list("pk", flat=True)
    for application in lock_all(Application, asked):
        if application.stage in WITHDRAWABLE:
            end(application, Application.Stage.WITHDRAWN, at=at)


def end(application: Application, stage: Application.Stage, *, at: datetime) -> Application:
    """Close a locked application."""
    application.stage = stage
    application.closed_at = at
    application.save(update_fields=["stage", "closed_at"])
    record(f"application.{stage.value}", application.body, by=None, at=at, application=application.pk)
    return application


def admit_if_unopposed(application_id: int) -> bool:
    """Admit somebody nobody objected to in time. Idempotent; called by settle()."""
    with transaction.atomic():
        application = Application.objects.select_related("body").get(pk=application_id)
        lock(application.body)
        application, at = lock(application), folkmoot_now()
        until = application.objections_until
        if application.stage != Application.Stage.OBJECTIONS or until is None or until > at:
            return False
        take_in(application, at=at)
        return True


def take_in(application: Application, *, at: datetime) -> None:
    """Make the applicant of a locked application, in a locked body, a member."""
    vouches = application.vouches.select_related("membership").order_by("at", "pk")
    inviter = application.invited_by
    if not application.person.is_active:
        raise Impossible(_("The person it names has left."))
    end(application, Application.Stage.ADMITTED, at=at)
    admit(
        application.body,
        application.person,
        at=at,
        invited_by=inviter,
        application=application.pk,
        vouched_by=[label(each.membership) for each in vouches],
    )


def admit_decided(application: Application, *, at: datetime) -> None:
    """The body has adopted the admission. Called in the closing transaction."""
    application = lock(application)  # held already by the closer
    if application.stage != Application.Stage.DECIDING:
        raise Impossible(_("The application was closed meanwhile."))
    take_in(application, at=at)


def refuse_decided(application: Application, *, at: datetime) -> None:
    """The body has not adopted the admission. Called in the closing transaction."""
    application = lock(application)  # held already by the closer
    if application.stage != Application.Stage.DECIDING:
        return
    end(application, Application.Stage.REFUSED, at=at)
    tell(
        Cause.What.APPLICATION_REFUSED,
        application.body,
        key=str(application.pk),
        at=at,
        application=application,
        person=application.person,
    )
