"""The signer does its work for secret votes as its own database role, which sees no position, name or text."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from core.actions.settling import settle
from core.models import VoteKey
from core.signer import votes
from core.signer.folder import SignerFolder
from tests import village
from tests.core.secret.scene import Court


def tend_as_signer() -> int:
    """One pass, with the rights of the signer's role."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_SIGNER_ROLE}")
        done = votes.tend()
        cursor.execute("RESET ROLE")
    return done


def test_the_signer_stocks_opens_loses_and_destroys_as_its_own_role(court: Court, signer_folder: SignerFolder) -> None:
    assert tend_as_signer() == votes.STOCK
    vote = village.open_recall(court.mandate, court.ana)
    village.cast_secretly(vote, court.eva, "yes")
    village.move_clock(timedelta(days=4))
    assert tend_as_signer() == 2  # opened, and one more for the stock
    settle()
    assert tend_as_signer() == 1
    assert VoteKey.objects.get(vote=vote).destroyed_at is not None

    lost = VoteKey.objects.in_stock().first()
    assert lost is not None
    (signer_folder.votes / f"{lost.key_id}.key").unlink()
    assert tend_as_signer() == 1
    assert VoteKey.objects.get(pk=lost.pk).lost_at is not None
