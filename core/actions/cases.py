"""Cases from the complaint to the last word of both sides (DESIGN 6, docs/cases.md). The panel: core.actions.panels."""

import json
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import sealed_files
from core.actions.telling import tell
from core.locks import lock
from core.models import Body, Case, CaseNamed, CasePaper, CaseSeat, Membership, Person
from core.models.bodies import MembershipQuerySet
from core.permissions import cases as may
from core.queries.charters import get_charter
from core.record import in_utc, record
from core.refusals import Invalid
from core.rules import cases as rules
from core.rules.chain import commitment
from core.rules.lots import SEED_BYTES, sealed

WHILE_OPEN: Final = timedelta(days=730)
"""Until when the files of a case are kept that nobody ends; its end sets their day."""
NEWS: Final = "case.news"


@transaction.atomic
def open_case(
    body: Body, subject: Person, words: str, *, by: Person, at: datetime, named: Iterable[Person] = ()
) -> Case:
    """Complain about somebody's conduct. `named` have to do with it: they are not on the panel.

    The hashes of seed and secret are in the record from here on; the list is fixed when the clock draws.
    """
    bench = lock(may.bench_of(body))
    may.can_open(by, body, subject).or_deny()
    with_stake = {by.pk, subject.pk, *(person.pk for person in named)}
    if without_stake(bench, with_stake, at=at).count() < rules.PANEL:
        raise Invalid(_("There are fewer than three members without a stake. Nobody could hear it."))
    seed, secret = secrets.token_bytes(SEED_BYTES), secrets.token_bytes(rules.SECRET_BYTES)
    case = Case.objects.create(
        body=body,
        bench=bench,
        complainant=by,
        subject=subject,
        opened_at=at,
        sit_by=rules.sit_by(at, ZoneInfo(get_charter(bench).time_zone)),
        seed=seed.hex(),
        seed_hash=sealed(seed),
        list_secret=secret.hex(),
        list_hash=sealed(secret),
    )
    CaseNamed.objects.bulk_create(CaseNamed(case=case, person_id=pk) for pk in sorted(with_stake - {by.pk, subject.pk}))
    paper = seal(case, CasePaper.Kind.COMPLAINT, words, case.sides, by=by, at=at)
    record(
        "case.opened",
        bench,
        by=None,
        at=at,
        case=case.pk,
        seed=case.seed_hash,
        list=case.list_hash,
        complaint=paper.commitment,
        sit_by=in_utc(case.sit_by),
    )
    tell_one(case, "case.opened", subject, key="opened", at=at)
    return case


@transaction.atomic
def say(case: Case, words: str, *, by: Person, at: datetime) -> CasePaper:
    """Add a statement, for both sides and the panel."""
    case = lock(case)
    may.can_say(by, case).or_deny()
    paper = seal(case, CasePaper.Kind.STATEMENT, words, readers_of(case), by=by, at=at)
    record("case.said", case.bench, by=None, at=at, case=case.pk, statement=paper.commitment)
    for person in readers_of(case):
        if person.pk != by.pk:
            tell_one(case, NEWS, person, key=f"paper:{paper.pk}", at=at)
    return paper


def seal(
    case: Case, kind: CasePaper.Kind, words: str, readers: Iterable[Person], *, by: Person, at: datetime
) -> CasePaper:
    """Seal one paper of a case. The record commits to its words; the nonce lies with them."""
    words = words.strip()
    if not words:
        raise Invalid(_("Write a sentence or two first."))
    if len(words) > rules.WORDS_MAX:
        raise Invalid(_("This is too long: at most %(most)s signs.") % {"most": rules.WORDS_MAX})
    nonce = secrets.token_bytes(32)
    content = json.dumps({"nonce": nonce.hex(), "words": words}, ensure_ascii=False)
    file = sealed_files.write(case.bench, content, readers, by=by, at=at, until=at + WHILE_OPEN)
    return CasePaper.objects.create(
        case=case, file=file, kind=kind, author=by, commitment=commitment(nonce, words), at=at
    )


def words_in(content: str) -> str:
    """The words of a paper that was read."""
    return str(json.loads(content)["words"])


def without_stake(bench: Body, with_stake: Iterable[int], *, at: datetime) -> MembershipQuerySet:
    """Who can be drawn: members of the bench with a voice who have nothing to do with the case."""
    return Membership.objects.with_voice(at).filter(body=bench).exclude(person__in=list(with_stake))


def stakes_in(case: Case) -> set[int]:
    """Everybody who has to do with a case, by key."""
    named = case.named.values_list("person_id", flat=True)
    return {case.complainant_id, case.subject_id, *named}


def readers_of(case: Case) -> list[Person]:
    """Both sides, and who has taken a seat."""
    taken = CaseSeat.objects.standing().filter(case=case, taken_at__isnull=False).select_related("membership__person")
    return [*case.sides, *(seat.membership.person for seat in taken)]


def end_seat(seat: CaseSeat, ending: CaseSeat.Ending, *, at: datetime) -> None:
    """Nobody sits here any more, and nobody reads."""
    seat.ended_at, seat.ending = at, ending
    seat.save(update_fields=["ended_at", "ending"])
    for paper in seat.case.papers.select_related("file").order_by("file"):
        sealed_files.end_reader(paper.file, seat.membership.person, at=at)


def tell_one(case: Case, what: str, person: Person, *, key: str, at: datetime) -> None:
    """News for one person. It names the bench and nobody else: mails lie about."""
    tell(
        what,
        case.bench,
        key=f"{case.pk}:{key}:{person.pk}",
        at=at,
        person=person,
        title=case.bench.name,
        path=case.get_absolute_url(),
    )
