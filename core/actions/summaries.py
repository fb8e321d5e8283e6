"""Summaries: where the talk stands, and what a long text says in plain words. Versioned, by whom and as of when."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.locks import lock
from core.models import SUMMARY_MAX, Person, Proposal, Summary
from core.permissions import talk as may
from core.record import record
from core.refusals import Invalid, Stale


@transaction.atomic
def write(proposal: Proposal, of: str, text: str, *, by: Person, at: datetime, seen: int) -> Summary:
    """Write the next version. `seen` is the number of the one it was written from, 0 if there was none."""
    proposal = lock(proposal)
    if of not in Summary.Of.values:
        raise Invalid(_("Say what is summed up: the talk, or the text."))
    may.can_sum_up(by, proposal, of, at=at).or_deny()
    text = text.strip()
    if not text:
        raise Invalid(_("Write a few words first."))
    if len(text) > SUMMARY_MAX:
        raise Invalid(_("This is too long: at most 4,000 characters."))
    last = proposal.summaries.filter(of=of).order_by("-number").first()
    if (last.number if last else 0) != seen:
        raise Stale(_("Another summary was written meanwhile. Read it, then write yours anew."))
    if last is not None and last.text == text:
        return last
    summary = Summary.objects.create(proposal=proposal, of=of, number=seen + 1, text=text, author=by, at=at)
    record(
        "summary.written",
        proposal.body,
        by=by,
        at=at,
        texts={"text": text},
        proposal=proposal.pk,
        of=of,
        number=summary.number,
    )
    return summary
