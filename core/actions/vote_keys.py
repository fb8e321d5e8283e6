"""The keys of secret votes as opening takes them: public halves from the stock that the signer keeps (DESIGN 7)."""

from django.utils.translation import gettext_lazy as _

from core.models import Vote, VoteKey
from core.refusals import Refusal

EMPTY = _(
    "No key for a secret vote is ready, so this vote cannot open now. Try again in a minute. If it stays so, tell "
    "whoever runs the server."
)


class NoKey(Refusal):
    """The stock of keys is empty: the signer has not run for long. What needs a key is tried again by the clock."""

    status = 503


def take_key(vote: Vote) -> VoteKey:
    """Give a new vote its key, in the caller's transaction. Two openings at once take two keys and do not wait."""
    stock = VoteKey.objects.in_stock().order_by("made_at", "key_id")
    key = stock.select_for_update(skip_locked=True, no_key=True).first()
    if key is None:
        raise NoKey(EMPTY)
    key.vote = vote
    key.save(update_fields=["vote"])
    return key
