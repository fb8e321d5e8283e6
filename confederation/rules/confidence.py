"""When a mandate of a confederation has lost the confidence of those it is for (DESIGN 6, Confederation)."""


def is_lost(bodies_withdrawn: int, bodies: int, people_withdrawn: int, people: int) -> bool:
    """Whether more than half of the member bodies, or of the distinct base members, have withdrawn it."""
    return 2 * bodies_withdrawn > bodies or 2 * people_withdrawn > people > 0
