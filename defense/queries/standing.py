"""Who is in good standing: it follows from the codes in force and from what was accepted, at every moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import DateField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from core.models import Body, Membership, Person
from defense.models import Acceptance, Code, Retraining, Trained
from defense.rules.codes import SCOPES, in_good_standing


@dataclass(frozen=True, slots=True)
class Codes:
    """The versions of one code that were adopted, newest first; which is in force, and which is to come."""

    scope: str
    adopted: list[Code]
    in_force: Code | None

    @property
    def newest(self) -> Code | None:
        """The one that members accept."""
        return self.adopted[0] if self.adopted else None

    @property
    def coming(self) -> Code | None:
        """A version that was adopted and is not in force yet."""
        return self.newest if self.newest is not None and self.newest != self.in_force else None

    @property
    def before(self) -> Code | None:
        """The version before the newest."""
        return self.adopted[1] if len(self.adopted) > 1 else None


def get_codes(body: Body, *, at: datetime) -> dict[str, Codes]:
    """Both codes of a defence body, by scope. One statement."""
    rows = list(Code.objects.of(body).adopted().select_related("proposal").order_by("-number"))
    found = {}
    for scope in SCOPES:
        adopted = [code for code in rows if code.scope == scope]
        begun = (code for code in adopted if code.in_force_at is not None and code.in_force_at <= at)
        found[scope] = Codes(scope, adopted, next(begun, None))
    return found


def accepted_by(memberships: Iterable[Membership], codes: dict[str, Codes]) -> dict[int, dict[str, int]]:
    """The number of the newest version that each has accepted, by membership and scope. One statement."""
    known = {code.pk: code for each in codes.values() for code in each.adopted}
    accepted: dict[int, dict[str, int]] = {membership.pk: {} for membership in memberships}
    for row in Acceptance.objects.filter(membership__in=accepted, code__in=known):
        code, mine = known[row.code_id], accepted[row.membership_id]
        mine[code.scope] = max(mine.get(code.scope, 0), code.number or 0)
    return accepted


def numbers_in_force(codes: dict[str, Codes]) -> dict[str, int]:
    """The number of the version in force of each code that has one."""
    return {
        scope: each.in_force.number
        for scope, each in codes.items()
        if each.in_force is not None and each.in_force.number is not None
    }


def is_in_good_standing(person: Person, body: Body, *, at: datetime) -> bool:
    """Whether a person is a member of a defence body and has accepted both codes that are in force."""
    membership = Membership.objects.open().filter(person=person, body=body).first()
    if membership is None:
        return False
    codes = get_codes(body, at=at)
    return in_good_standing(numbers_in_force(codes), accepted_by([membership], codes)[membership.pk])


def trains_first(body: Body) -> QuerySet[Retraining]:
    """What panels have ordered of members of a body who have not come to a training since."""
    came = Trained.objects.filter(membership=OuterRef("membership"), at__gt=OuterRef("at"))
    asked = Retraining.objects.filter(membership__body=body, membership__ended_at__isnull=True)
    return asked.exclude(Exists(came.filter(day__on__gte=Cast(OuterRef("at"), DateField()))))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one member stands: whether in good standing, and which codes wait to be accepted, each by its scope."""

    good: bool
    waiting: list[Code]
    accepted: dict[str, int]


def own_standing(membership: Membership, codes: dict[str, Codes]) -> Standing:
    """A member's standing by these codes. One statement."""
    accepted = accepted_by([membership], codes)[membership.pk]
    newest = (each.newest for each in codes.values())
    waiting = [code for code in newest if code is not None and accepted.get(code.scope, 0) < (code.number or 0)]
    return Standing(in_good_standing(numbers_in_force(codes), accepted), waiting, accepted)


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """One member in the list: pending or not, and since when each code is accepted."""

    membership: Membership
    good: bool
    days: dict[str, datetime]


def get_standings(body: Body, codes: dict[str, Codes], *, at: datetime) -> list[MemberStanding]:
    """All members of a defence body. Three statements."""
    members = list(body.memberships.filter(ended_at__isnull=True).select_related("person").order_by("joined_at", "pk"))
    accepted, in_force = accepted_by(members, codes), numbers_in_force(codes)
    days: dict[int, dict[str, datetime]] = {member.pk: {} for member in members}
    for row in Acceptance.objects.filter(membership__in=members).select_related("code").order_by("code__number"):
        days[row.membership_id][row.code.scope] = row.at
    return [MemberStanding(each, in_good_standing(in_force, accepted[each.pk]), days[each.pk]) for each in members]
