"""The free library: putting things in, lending them, taking them back, reminding of them.

Nothing of it enters the record: what somebody reads or borrows is no act of government (docs/adr/0042).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions.telling import tell
from core.locks import lock
from core.models import Body, Cause, Membership, Person
from core.queries.charters import get_charter
from core.refusals import Invalid
from core.rules.lines import one_line
from core.timekeeping import folkmoot_now
from councils.models import Item, Loan
from councils.permissions import library as may

LENT_AT_MOST = timedelta(days=366)
REMIND_BEFORE = timedelta(days=1)


@transaction.atomic
def add(body: Body, *, by: Person, at: datetime, name: str, about: str = "") -> Item:
    """Put something into the library; who does keeps it."""
    may.can_add(by, body).or_deny()
    name = one_line(name)
    if not name:
        raise Invalid(_("Say what it is."))
    return Item.objects.create(body=body, keeper=by, name=name, about=about.strip(), added_at=at)


@transaction.atomic
def keep(item: Item, *, by: Person) -> Item:
    """Keep something whose keeper has left."""
    item = lock(item)
    may.can_keep(by, item).or_deny()
    item.keeper = by
    item.save(update_fields=["keeper"])
    return item


@transaction.atomic
def lend(item: Item, borrower: Person, due_on: date, *, by: Person, at: datetime) -> Loan:
    """Lend something to a member until a day."""
    item = lock(item)
    may.can_lend(by, item, open_loan(item)).or_deny()
    if not Membership.objects.open().filter(body=item.body, person=borrower).exists():
        raise Invalid(_("Choose a member of this body."))
    today = today_in(item.body, at)
    if not today <= due_on <= today + LENT_AT_MOST:
        raise Invalid(_("The day to bring it back lies between today and a year from now."))
    return Loan.objects.create(item=item, borrower=borrower, lent_at=at, due_on=due_on)


@transaction.atomic
def take_back(item: Item, *, by: Person, at: datetime) -> Loan | None:
    """It is back."""
    item = lock(item)
    loan = open_loan(item)
    may.can_take_back(by, item, loan).or_deny()
    if loan is not None:
        loan.back_at = at
        loan.save(update_fields=["back_at"])
    return loan


@transaction.atomic
def take_out(item: Item, *, by: Person, at: datetime) -> Item:
    """It is no longer to be had: broken, given away, wanted by its keeper."""
    item = lock(item)
    may.can_lend(by, item, open_loan(item)).or_deny()
    item.gone_at = at
    item.save(update_fields=["gone_at"])
    return item


def open_loan(item: Item) -> Loan | None:
    """Who has a locked item now."""
    return Loan.objects.filter(item=item, back_at__isnull=True).first()


def today_in(body: Body, at: datetime) -> date:
    """The day by the body's own clock."""
    return at.astimezone(ZoneInfo(get_charter(body).time_zone)).date()


def to_remind(at: datetime) -> Iterable[int]:
    """Loans that are due tomorrow or before, by any clock, and that nobody was reminded of."""
    soon = (at + REMIND_BEFORE + timedelta(hours=14)).date()
    rows = Loan.objects.filter(back_at__isnull=True, reminded_at__isnull=True, due_on__lte=soon)
    return rows.values_list("pk", flat=True)


@transaction.atomic
def remind(loan_id: int) -> bool:
    """Remind the borrower on the day before, once; False if it is back, too early, or was done."""
    loan = lock(Loan.objects.get(pk=loan_id))
    at, body = folkmoot_now(), loan.item.body
    if loan.back_at is not None or loan.reminded_at is not None:
        return False
    if loan.due_on > today_in(body, at) + REMIND_BEFORE:
        return False
    loan.reminded_at = at
    loan.save(update_fields=["reminded_at"])
    tell(Cause.What.LOAN_DUE, body, key=str(loan.pk), at=at, person=loan.borrower)
    return True
