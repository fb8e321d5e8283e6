"""Other words for a passage as their page shows them: what would change, and what the person can do."""

from dataclasses import dataclass

from core.models import Amendment, Person
from core.permissions import talk as may
from core.permissions.plain_words import newest_text
from core.queries.talk import TONES
from core.refusals import Verdict
from core.rules.passages import replaced, stands


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    """The colour of its state, the text before and after, whether the passage still stands and anything can be done;
    and verdicts by act, None where the act has no place on the page.
    """

    tone: str
    before: str
    after: str
    still_stands: bool
    is_live: bool
    accept: Verdict | None
    decline: Verdict | None
    withdraw: Verdict | None
    let_stand: Verdict | None


def get_amendment_page(amendment: Amendment, person: Person) -> AmendmentPage:
    """What it would change in the text it was written for, and what can be done with it now."""
    before = amendment.version.text
    newest = newest_text(amendment.proposal).text
    is_author = amendment.proposal.author_id == person.pk
    is_proposer = amendment.author_id == person.pk
    live = amendment.proposal.stage in may.TALKED_OVER and amendment.state in LIVE
    return AmendmentPage(
        tone=TONES[amendment.state],
        before=before,
        after=replaced(before, amendment.passage, amendment.words),
        still_stands=stands(newest, amendment.passage),
        is_live=live,
        accept=may.can_accept(person, amendment) if live and is_author else None,
        decline=may.can_decline(person, amendment) if live and is_author and amendment.is_open else None,
        withdraw=may.can_withdraw(person, amendment) if live and is_proposer else None,
        let_stand=may.can_let_stand(person, amendment) if live and is_proposer and not amendment.stands else None,
    )


LIVE = (Amendment.State.OPEN, Amendment.State.DECLINED)
