"""Mail goes to an address only once somebody has shown that it is theirs (docs/adr/0018)."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef

CONFIRMED = Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True, email__iexact=OuterRef("email")))
"""For people in a query."""

REACHABLE = """EXISTS (
    SELECT 1 FROM account_emailaddress e WHERE e.user_id = p.id AND e.verified AND lower(e.email) = lower(p.email)
)"""
"""The same in the statement of a fan-out, for a person called `p`."""
