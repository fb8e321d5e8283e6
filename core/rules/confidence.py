"""Standing confidence (DESIGN 3.3)."""


def is_lost(members: int, withdrawn: int) -> bool:
    """Whether more than half of the members with a voice have withdrawn it."""
    return 2 * withdrawn > members > 0
