"""Lines of the minutes that the meeting writes itself, in the transaction of what happened."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from core.models import Membership
from councils.models import AgendaItem, Assembly, MinuteLine

NO_NUMBERS: Mapping[str, int | str] = MappingProxyType({})


def write(
    assembly: Assembly,
    kind: MinuteLine.Kind,
    *,
    at: datetime,
    item: AgendaItem | None = None,
    membership: Membership | None = None,
    text: str = "",
    numbers: Mapping[str, int | str] = NO_NUMBERS,
) -> MinuteLine:
    """One line. The caller holds the lock of the assembly."""
    return MinuteLine.objects.create(
        assembly=assembly, kind=kind, at=at, item=item, membership=membership, text=text, numbers=dict(numbers)
    )


def running_item(assembly: Assembly) -> AgendaItem | None:
    """The item that is being talked over now."""
    return assembly.items.filter(begun_at__isnull=False, ended_at__isnull=True).first()
