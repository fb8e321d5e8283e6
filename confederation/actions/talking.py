"""The talk on a question where all who are asked read it: in the confederation itself (DESIGN 6).

Core's talk is for members of the body that decides; a confederation has none, so whoever is below speaks there.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from confederation.models import Referral
from confederation.queries.reach import may_read
from core.actions.comments import checked
from core.locks import lock
from core.models import Comment, Person, Stage
from core.record import record
from core.refusals import Denied, WrongStep
from core.timekeeping import folkmoot_now


@transaction.atomic
def say(referral: Referral, text: str, *, by: Person) -> Comment:
    """Say something that the members of all bodies below read, while it is open. Reads the clock after its lock."""
    proposal, at = lock(referral.proposal), folkmoot_now()
    if not may_read(by, proposal.body):
        raise Denied(_("Only members of the bodies below it can do this."))
    if proposal.stage not in (Stage.DISCUSSION, Stage.VOTING):
        raise WrongStep(_("The talk on this is over."))
    comment = Comment.objects.create(proposal=proposal, author=by, text=checked(text), at=at)
    texts = {"text": comment.text}
    record("referral.spoken", proposal.body, by=None, at=at, texts=texts, proposal=proposal.pk, comment=comment.pk)
    return comment
