"""Fan-out: one statement writes the notices of a cause, once, whoever calls it and however often (invariant 22)."""

from django.db import connection, transaction

from core.models import Cause, Notice, Proposal, Stage
from core.timekeeping import folkmoot_now

from .addresses import REACHABLE
from .audiences import NOT_TOLD, TOLD_BY_ITS_EFFECT, select_for

# `moment` is when it was written, so that a digest never skips what was written late.
WRITE_NOTICES = """
    INSERT INTO core_notice (cause_id, person_id, at, mail)
    SELECT c.id, p.id, %(moment)s,
        CASE WHEN p.mail = 'none' OR NOT {reachable} THEN '' WHEN p.mail = 'each' THEN 'due' ELSE 'digest' END
    FROM core_cause c JOIN LATERAL ({audience}) told (person_id) ON true
    JOIN core_person p ON p.id = told.person_id
    WHERE c.id = %(cause)s AND p.is_active AND {not_told}
    ON CONFLICT (cause_id, person_id) DO NOTHING
"""


def fan_out(cause_id: int) -> list[int]:
    """Write the notices of one cause; the keys of those to be mailed. What another call works on is left to it."""
    with transaction.atomic():
        waiting = Cause.objects.select_for_update(skip_locked=True, no_key=True).filter(fanned_at__isnull=True)
        cause = waiting.filter(pk=cause_id).first()
        if cause is None:
            return []
        moment = folkmoot_now()
        if not told_by_its_effect(cause):
            with connection.cursor() as cursor:
                cursor.execute(statement_for(cause.what), {"cause": cause.pk, "moment": moment})
        cause.fanned_at = moment
        cause.save(update_fields=["fanned_at"])
    return list(Notice.objects.filter(cause=cause_id, mail=Notice.Mail.DUE).values_list("pk", flat=True))


def statement_for(what: str) -> str:
    """The one statement for a kind of news."""
    return WRITE_NOTICES.format(audience=select_for(what), not_told=NOT_TOLD, reachable=REACHABLE)


def told_by_its_effect(cause: Cause) -> bool:
    """Whether this end of a proposal is told already by the mandate, the recall or the membership it changed."""
    proposal = cause.proposal
    if cause.what != Cause.What.PROPOSAL_CLOSED or proposal is None or proposal.kind not in TOLD_BY_ITS_EFFECT:
        return False
    overtaken = proposal.kind == "recall" and proposal.stage == Stage.OVERTAKEN
    return overtaken or (proposal.stage == Stage.ADOPTED and proposal.effect == Proposal.Effect.DONE)
