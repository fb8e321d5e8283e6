"""How a proposal feels while it is talked over: one answer a member, which can be changed. No record keeps it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.locks import lock
from core.models import Person, Proposal, Temperature
from core.permissions import talk as may
from core.refusals import Invalid


@transaction.atomic
def feel(proposal: Proposal, feels: str, *, by: Person, at: datetime) -> Temperature:
    """Say how it feels now, in place of what one said before. It binds nobody."""
    proposal = lock(proposal)
    may.can_feel(by, proposal).or_deny()
    if feels not in Temperature.Feels.values:
        raise Invalid(_("Choose one of the three answers."))
    own = Temperature.objects.filter(proposal=proposal, person=by).first()
    answer = own or Temperature(proposal=proposal, person=by)
    answer.feels, answer.at = feels, at
    answer.save()
    return answer
