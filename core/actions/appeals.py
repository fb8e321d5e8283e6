"""Appeals: who was removed can ask once, within 14 days, that the body decides again (DESIGN section 3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions.proposals import start_by_clock
from core.locks import lock
from core.models import Person, Proposal
from core.permissions import proposals as may


@transaction.atomic
def appeal(removal: Proposal, text: str, *, by: Person, at: datetime) -> Proposal:
    """Put an appeal before the body. It is talked over like any proposal, then the clock opens its vote."""
    removal = lock(removal)
    may.can_appeal(by, removal, at=at).or_deny()
    return start_by_clock(
        removal.body,
        at=at,
        kind="appeal",
        title=_("Appeal: %(removal)s") % {"removal": removal.title},
        text=text.strip(),
        by=by,
        appeals=removal,
    )
