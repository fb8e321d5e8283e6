"""Who may do what in a case. Seeing one is a matter of `Case.objects.visible_to`: all others get 404."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.models import Body, Case, CaseFinding, CaseSeat, Membership, Person, Reading, ReadingKey
from core.permissions.members import NOT_A_MEMBER, membership_of
from core.queries.remembering import remembered
from core.refusals import ALLOWED, Verdict, denied
from core.rules.cases import PANEL, both_heard

NO_KEY = _("Choose a reading passphrase first: what is said in a case is sealed to it.")
NOT_ON_PANEL = _("Only the panel can do this.")
NOT_OF_THIS_BODY = _("Choose a member of this body.")
NOT_NOW = _("This is not possible at its present stage.")


def bench_of(body: Body) -> Body:
    """Whose members judge: those of the host; of a council, and where there is no host that decides, its own."""
    return body.host if body.host is not None and body.host.decides else body


def can_open(person: Person, body: Body, subject: Person | None = None) -> Verdict:
    """Members of the body or of its host, about somebody of the body; never about oneself."""
    if body.ended_at is not None or not bench_of(body).lives:
        return denied(_("This body decides once its founding members have adopted its charter."))
    if membership_of(person, body) is None and membership_of(person, bench_of(body)) is None:
        return denied(NOT_A_MEMBER)
    if not has_key(person):
        return denied(NO_KEY)
    return ALLOWED if subject is None else can_be_about(subject, person, body)


def can_be_about(subject: Person, person: Person, body: Body) -> Verdict:
    """Another member of the body, about whom this person has no open case."""
    if subject.pk == person.pk:
        return denied(_("A case is about somebody else."))
    if not Membership.objects.open().filter(body=body, person=subject).exists():
        return denied(NOT_OF_THIS_BODY)
    if Case.objects.filter(body=body, complainant=person, subject=subject, closed_at=None).exists():
        return denied(_("You have a case about this open already. Say there what is new."))
    return ALLOWED


def has_key(person: Person) -> bool:
    """Whether files can be sealed to somebody."""
    standing = ReadingKey.objects.standing().filter(person=person)
    return remembered(("reading key", person.pk), standing.exists)


def seat_of(person: Person, case: Case) -> CaseSeat | None:
    """The seat of somebody who is still a member, asked or taken."""
    mine = CaseSeat.objects.standing().filter(case=case, membership__person=person, membership__ended_at__isnull=True)
    return remembered(("seat", person.pk, case.pk), mine.first)


def can_take_seat(person: Person, case: Case) -> Verdict:
    """Whoever was drawn, once."""
    seat = seat_of(person, case)
    if seat is None:
        return denied(_("You were not drawn for this panel."))
    if case.stage not in (Case.Stage.DRAWN, Case.Stage.SITTING) or seat.taken_at is not None:
        return denied(NOT_NOW)
    return ALLOWED if has_key(person) else denied(NO_KEY)


def can_recuse(person: Person, case: Case) -> Verdict:
    """Whoever was drawn, until the panel has decided."""
    if seat_of(person, case) is None:
        return denied(_("You were not drawn for this panel."))
    return ALLOWED if case.stage in (Case.Stage.DRAWN, Case.Stage.SITTING) else denied(NOT_NOW)


def is_on_panel(person: Person, case: Case) -> Verdict:
    """Whoever has taken the seat."""
    seat = seat_of(person, case)
    return ALLOWED if seat is not None and seat.taken_at is not None else denied(NOT_ON_PANEL)


def can_say(person: Person, case: Case) -> Verdict:
    """Both sides and the panel, until there is an outcome."""
    if not case.is_heard:
        return denied(_("The panel has decided: nothing more is added."))
    if person.pk not in (case.complainant_id, case.subject_id) and not is_on_panel(person, case):
        return denied(_("Both sides and the panel can say something here."))
    return ALLOWED if has_key(person) else denied(NO_KEY)


def can_sit(person: Person, case: Case) -> Verdict:
    """Anyone of the panel, once all three have taken their seats."""
    verdict = is_on_panel(person, case)
    if not verdict:
        return verdict
    if case.stage != Case.Stage.DRAWN:
        return denied(NOT_NOW)
    taken = CaseSeat.objects.standing().filter(case=case, taken_at__isnull=False).count()
    return ALLOWED if taken == PANEL else denied(_("The panel is not complete yet."))


def can_find(person: Person, case: Case, *, at: datetime) -> Verdict:
    """Anyone of the panel, after the first sitting, when both sides were heard."""
    verdict = is_on_panel(person, case)
    if not verdict:
        return verdict
    if case.stage != Case.Stage.SITTING or case.sat_at is None:
        return denied(NOT_NOW)
    said = case.papers.filter(author=case.subject_id)
    spoken = remembered(("spoken", case.pk), said.exists)
    if not both_heard(spoken=spoken, sat_at=case.sat_at, at=at):
        return denied(_("Hear the other side first. If they say nothing, you can go on 72 hours after the sitting."))
    return ALLOWED


def can_assent(person: Person, finding: CaseFinding, *, at: datetime) -> Verdict:
    """The others of the panel, who have read the reasons."""
    verdict = can_find(person, finding.case, at=at)
    if not verdict:
        return verdict
    if not Reading.objects.filter(file=finding.paper.file_id, person=person).exists():
        return denied(_("Read the reasons first."))
    return ALLOWED


def can_appeal(person: Person, case: Case, *, at: datetime) -> Verdict:
    """Both sides, within seven days."""
    if person.pk not in (case.complainant_id, case.subject_id):
        return denied(_("Only the two sides can appeal."))
    if case.stage != Case.Stage.DECIDED or case.appeal_by is None:
        return denied(NOT_NOW)
    if at >= case.appeal_by:
        return denied(_("The time to appeal has passed: it was seven days."))
    return ALLOWED
